"""Situations, decision models and rephrasings that language models draft: read, checked, mended, or given up."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from tests.author.checks.test_checks import Letters
from tests.author.situations import told_model, two_turns
from tests.author.test_soundness import fields
from tests.engines.scripted import ScriptedModel, engine_of
from tests.engines.servers import Saying, serving
from tutor.author.checks.novelty import Memory
from tutor.author.decision import draft
from tutor.author.drafting import MOST_REPAIRS
from tutor.author.explain import granted
from tutor.author.item import DraftItem
from tutor.author.model_draft import as_file, draft_model
from tutor.author.rephrased import exact_in, rephrase
from tutor.author.situation_draft import as_entry, draft_situation, material_of
from tutor.author.wanted import Wanted
from tutor.cli import cli
from tutor.engines.item_author import LanguageModelAuthor, author_of
from tutor.engines.tasks import MODEL, REPHRASING, SITUATION, Task
from tutor.errors import InputError
from tutor.flow import Tutor
from tutor.read.document import Passage
from tutor.read.item_models.decision import read_model
from tutor.settings import PROJECT, ModelSetting, load_settings

TREATS = ["2026-06/4.2.1"]
BECAUSE = "A plain reason why a vessel boils water."
PLACE = Passage("doc#place", "doc", "Doc", ("Place",), BECAUSE, 0, len(BECAUSE))


def writer(task: Task, *script: Any) -> tuple[LanguageModelAuthor, ScriptedModel]:
    model = ScriptedModel(*script)
    return LanguageModelAuthor(engine_of(model), task), model


def as_written(**changes: Any) -> str:
    """A situation in the form that models must return."""
    told = two_turns(**changes)
    for turn in told["turns"]:
        why = told["why"] | turn["why"]
        turn |= {"prefers": "", "why": [{"option": option, **entry} for option, entry in why.items()]}
    return json.dumps({name: told[name] for name in ("id", "text", "states", "offers", "turns")})


# Situations


def test_a_sound_situation_comes_as_an_entry_that_the_models_file_can_take() -> None:
    writes, model = writer(SITUATION, "<think>tea</think>```json\n" + as_written(id="wedding") + "\n```")
    drafted = draft_situation(told_model(), writes, granted)
    assert (drafted.drafts, drafted.faults) == (1, ())
    assert drafted.made is not None
    (entry,) = yaml.safe_load(as_entry(drafted.made))
    again = read_model(yaml.safe_dump(fields() | {"situations": [entry]}), name="boiling")
    assert again.situations[0].id == "wedding"
    shown = model.heard[0][1][1]
    assert "festival" not in shown.split("told cases")[0]
    assert "A tea house serves" in shown, "the cases that are told already are in hand"


def test_faults_of_a_situation_go_back_until_they_are_mended() -> None:
    twice = as_written()
    two_keys = as_written(id="wedding", states=[])
    writes, model = writer(SITUATION, "No.", twice, two_keys, as_written(id="wedding"))
    drafted = draft_situation(told_model(), writes, granted)
    assert drafted.is_sound
    assert drafted.drafts == 4
    asked = [messages[-1][1] for messages in model.heard]
    assert "could not be read" in asked[1]
    assert "a case with the id festival already" in asked[2]
    assert "exactly one offer must be left" in asked[3]


@pytest.mark.parametrize("text", ["{", '{"turns": 3}', '{"turns": []}', json.dumps({"turns": [{"id": "A B"}]})])
def test_what_is_no_situation_is_given_up_with_the_reason(text: str) -> None:
    writes, model = writer(SITUATION, text)
    drafted = draft_situation(told_model(), writes, granted)
    assert not drafted.is_sound
    assert len(model.heard) == 1 + MOST_REPAIRS
    assert "could not be read" in drafted.faults[0]


def test_the_material_names_what_may_be_used() -> None:
    known = yaml.safe_load(material_of(told_model()))
    assert set(known) == {"decision", "options", "facts", "rulings", "preferences", "told cases"}
    assert set(known["options"]) == {"kettle", "pot", "urn", "samovar", "flask"}


# Decision models


def a_model(**changes: Any) -> str:
    told = fields() | {"preferences": []}
    told["scenes"] = [scene["text"] for scene in told["scenes"]]
    for fact in told["facts"]:
        fact |= {"name": f"the fact {fact['id']}", "excludes": []}
    for ruling in told["rulings"]:
        ruling["because"] = BECAUSE
    return json.dumps(told | changes)


def test_a_sound_model_comes_as_a_file_that_can_be_read() -> None:
    writes, heard = writer(MODEL, a_model())
    drafted = draft_model([PLACE], TREATS, writes)
    assert drafted.is_sound, drafted.faults
    assert drafted.made is not None
    again = read_model(as_file(drafted.made), name="boiling")
    assert again == drafted.made
    assert list(again.treats) == TREATS
    assert 'place="doc#place"' in heard.heard[0][1][1], "a model cites by places, so it must be told them"


def test_what_the_check_of_models_finds_goes_back() -> None:
    dead = json.loads(a_model())
    dead["rulings"][0]["passage"] = "doc#elsewhere"
    untold = json.loads(a_model())
    untold["rulings"][0]["because"] = "Nobody has ever seen anything like this before."
    writes, model = writer(MODEL, json.dumps(dead), json.dumps(untold), a_model())
    assert draft_model([PLACE], TREATS, writes).drafts == 3
    asked = [messages[-1][1] for messages in model.heard]
    assert "dead citation: doc#elsewhere" in asked[1]
    assert "untold reason" in asked[2]


# Other words

STEM = "A shop runs 40 kettles on Cloud Run with `min_instances` at 2, and its 12 clerks know SQL."


@pytest.fixture
def item() -> DraftItem:
    made = draft(told_model(), "a", Wanted())
    assert made is not None
    return made


def in_other_words(stem: str, ask: str = "What should they boil it in?") -> str:
    return json.dumps({"stem": stem, "ask": ask})


def rephrased(item: DraftItem, *script: str) -> Any:
    writes, _ = writer(REPHRASING, *script)
    return rephrase(item, writes, Memory(Letters()), lambda made: [])


def test_an_item_is_told_in_other_words_with_options_key_and_reasons_as_they_were(item: DraftItem) -> None:
    told = "".join(f"At present {part.strip().lower()}. " for part in item.stem.split(".") if part.strip()).strip()
    drafted = rephrased(item, in_other_words(told, item.ask))
    assert drafted.is_sound, drafted.faults
    assert drafted.made.stem == told
    assert (drafted.made.options, drafted.made.key) == (item.options, item.key)


@pytest.mark.parametrize(
    ("stem", "fault"),
    [
        (STEM, "told in the same words"),
        (STEM.replace("40", "50"), "40 is missing"),
        (STEM.replace("40", "50"), "50 is not in the question"),
        (STEM.replace("`min_instances`", "the minimum"), "min_instances is missing"),
        (STEM.replace("Cloud Run", "Cloud Storage"), "Storage is not in the question"),
        ("zzz qqq zzz qqq zzz qqq xxx xxx xxx kkk", "it says something else"),
    ],
)
def test_what_got_lost_or_came_in_is_named(item: DraftItem, stem: str, fault: str) -> None:
    assert fault in "\n".join(rephrased(replace(item, stem=STEM), in_other_words(stem, item.ask)).faults)


def test_numbers_identifiers_and_names_have_to_stay() -> None:
    assert exact_in(STEM) == {"40", "2", "12", "min_instances", "SQL", "Cloud", "Run"}


# Through the desk and the commands


@pytest.fixture
def desk(tmp_path) -> Iterator[Tutor]:
    tutor = Tutor(load_settings({"TUTOR_HOME": str(tmp_path)}))
    yield tutor
    tutor.close()


def test_a_rephrased_item_waits_for_a_reviewer(desk: Tutor, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = desk.items.fresh(Wanted(kind="decision"))
    old = kept.item["stem"].removesuffix(kept.item["ask"]).strip()
    told_anew = re.sub(r"(^|\n|(?<=[.!?:]) )(?=[A-Z])", r"\1At present: ", old)
    writes, _ = writer(REPHRASING, in_other_words(told_anew, kept.item["ask"]))
    monkeypatch.setattr("tutor.flow.drafting.open_author", lambda ground, name, task: writes)
    told, drafted = desk.drafting.rephrasing(kept.id, "scripted:model")
    assert told is not None, drafted.faults
    assert (told.state, told.engine, told.prompt_hash) == ("in review", writes.name, REPHRASING.prompt_hash)
    assert told.checks["proved_by_model"], "the circumstances are those of the item, and its model proves its key"
    assert told.item["key"] == kept.item["key"]


def test_a_server_is_asked_for_a_situation_and_the_command_prints_it(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the real client, against a server on loopback."""
    monkeypatch.delenv("OLLAMA_HOST", raising=False)
    file = tmp_path / "boiling.yaml"
    model = fields() | {"preferences": []}
    for ruling in model["rulings"]:
        ruling |= {"because": "Batch inference writes its results to files.", "passage": "doc#place"}
    file.write_text(yaml.safe_dump(model))
    with serving("ollama", Saying(as_written())) as server:
        engine = engine_of(None, name="ollama:gemma3")
        writes = author_of(engine, ModelSetting("ollama:gemma3", url=server.url), load_settings({}), SITUATION)
        monkeypatch.setattr("tutor.flow.drafting.open_author", lambda ground, name, task: writes)
        monkeypatch.setattr("tutor.flow.drafting.carrier", lambda passages: granted)
        run = CliRunner().invoke(cli, ["models", "tell", str(file), "--engine", "ollama:gemma3"])
        asked = server.asked[-1].body
    assert run.exit_code == 0, run.output
    assert run.output.startswith("# Drafted by ollama:gemma3 (prompt ")
    (entry,) = yaml.safe_load(run.output)
    assert entry["id"] == "festival"
    assert "offers" in json.dumps(asked["format"])


def test_what_is_given_up_is_said_and_ends_with_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    writes, _ = writer(MODEL, "No.")
    monkeypatch.setattr("tutor.flow.drafting.open_author", lambda ground, name, task: writes)
    args = ["models", "draft", "batch inference", "--consideration", "4.1.1", "--engine", "scripted:model"]
    run = CliRunner().invoke(cli, args)
    assert run.exit_code == 1
    assert "Given up after 4 drafts: It could not be read" in run.output


def test_only_decision_models_get_situations_from_language_models(desk: Tutor) -> None:
    other = next((PROJECT / "corpus" / "item-models" / "diagnosis").glob("*.yaml"))
    with pytest.raises(InputError, match="holds no decision model"):
        desk.drafting.situation(other, "scripted:model")
