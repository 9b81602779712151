"""A real cross-encoder of two tiny layers, made here with random weights, puts the first hits in its own order."""

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.conftest import SMALL_CORPUS
from tutor.doctor import examine
from tutor.errors import ModelError
from tutor.flow import Tutor
from tutor.index.rerank import RERANKED, Reranker
from tutor.index.search import Hit
from tutor.index.vectors import embedded_text
from tutor.read.document import Passage
from tutor.settings import load_settings

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "what",
    "is",
    "kettle",
    "forecast",
    "weekly",
    "demand",
    "in",
    "sql",
    "a",
    "series",
    "drift",
    "cost",
]
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


def make_model(folder: Path, labels: int = 1) -> Path:
    """A CrossEncoder with random weights: its order means nothing, and is the same each time."""
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    torch.manual_seed(7)
    shape = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    config = BertConfig(vocab_size=len(WORDS), num_labels=labels, initializer_range=0.9, **shape)
    BertForSequenceClassification(config).save_pretrained(folder / "bert")
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt"), model_max_length=128).save_pretrained(folder / "bert")
    CrossEncoder(str(folder / "bert")).save_pretrained(str(folder / "model"))
    return folder / "model"


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("reranker") / "made")


def hits(count: int) -> list[Hit]:
    texts = (" ".join(WORDS[5 + n % 7 :: 1 + n % 4]) for n in range(count))
    return [
        Hit(Passage(f"d{n}#h", f"d{n}", "", (), text, 0, len(text)), 1.0 - n / 100, n / 50, n + 1)
        for n, text in enumerate(texts)
    ]


def tutor_with(reranker: str, home: Path) -> Tutor:
    environment = {"TUTOR_HOME": str(home), "TUTOR_CORPUS": str(SMALL_CORPUS), "TUTOR_RERANKER": reranker}
    return Tutor(load_settings(environment))


def test_the_first_hits_come_in_the_order_of_the_model(model: Path) -> None:
    from sentence_transformers import CrossEncoder

    given = hits(RERANKED + 5)
    reranked = Reranker(str(model)).rerank("what is drift", given)
    pairs = [("what is drift", embedded_text(hit.passage)) for hit in given[:RERANKED]]
    said = CrossEncoder(str(model)).predict(pairs, show_progress_bar=False)
    wanted = [given[row].passage for row in np.argsort(-said, kind="stable")]
    assert [hit.passage for hit in reranked[:RERANKED]] == wanted
    assert wanted != [hit.passage for hit in given[:RERANKED]]
    assert reranked[RERANKED:] == given[RERANKED:]


def test_scores_and_ranks_stay_in_their_places_and_similarities_with_their_passages(model: Path) -> None:
    given = hits(12)
    reranked = Reranker(str(model)).rerank("what is drift", given)
    assert [(hit.rank, hit.score) for hit in reranked] == [(hit.rank, hit.score) for hit in given]
    similar = {hit.passage.id: hit.similarity for hit in given}
    assert {hit.passage.id: hit.similarity for hit in reranked} == similar


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_is_loaded_where_there_is_nothing_to_order(count: int) -> None:
    assert Reranker("/nowhere").rerank("what", hits(count)) == hits(count)


@pytest.mark.parametrize("name", ["/nowhere", "nobody/no-such-model"])
def test_a_model_that_cannot_be_loaded_is_said_once_and_search_goes_on(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    reranker = Reranker(name)
    with caplog.at_level(logging.WARNING, "tutor.index.rerank"):
        assert reranker.rerank("what", hits(5)) == hits(5)
        assert reranker.rerank("what", hits(6)) == hits(6)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    said = caplog.messages[0]
    assert said.startswith(f"TUTOR_RERANKER={name} cannot be used: ")
    assert said.endswith("Search goes on without it.")
    assert "\n" not in said


def test_a_model_with_several_scores_a_pair_is_no_reranker(tmp_path: Path) -> None:
    three = make_model(tmp_path / "three", labels=3)
    with pytest.raises(ModelError, match="3 scores a pair"):
        Reranker(str(three)).scores("what", ["drift", "cost"])


def test_scores_that_are_no_numbers_are_not_followed(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reranker = Reranker(str(model))
    reranker.load()

    def broken(pairs: Sequence[Any], **_: Any) -> Any:
        return np.full(len(pairs), np.nan)

    monkeypatch.setattr(reranker._loaded, "predict", broken)
    assert reranker.rerank("what", hits(5)) == hits(5)


def test_a_tutor_finds_with_it_and_loads_it_only_then(model: Path, tmp_path: Path) -> None:
    plain, with_model = tutor_with("", tmp_path / "a"), tutor_with(str(model), tmp_path / "b")
    question = "What is drift, and which tool forecasts weekly demand in SQL?"
    assert with_model._ground.reranker is not None
    assert with_model._ground.reranker._loaded is None
    before, after = plain.search(question, 50), with_model.search(question, 50)
    assert {hit.passage.id for hit in before} == {hit.passage.id for hit in after}
    assert [hit.passage.id for hit in before] != [hit.passage.id for hit in after]
    assert [hit.passage.id for hit in with_model.search(question, 3)] == [hit.passage.id for hit in after[:3]]
    assert not with_model.ask("What is Kettle?").answer.refused
    plain.close()
    with_model.close()


def test_without_it_a_tutor_answers_the_same(tmp_path: Path) -> None:
    plain, broken = tutor_with("", tmp_path / "a"), tutor_with("/nowhere", tmp_path / "b")
    assert broken.ask("What is Kettle?").answer == plain.ask("What is Kettle?").answer
    plain.close()
    broken.close()


def test_the_doctor_tries_it(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> dict[str, str]:
        found = next(finding for finding in examine() if finding.what == "Reranker")
        return json.loads(json.dumps(found.as_json()))

    assert told()["state"] == "fine"
    monkeypatch.setenv("TUTOR_RERANKER", str(model))
    assert told()["state"] == "fine"
    assert "first 20 hits in" in told()["state_of_things"]
    monkeypatch.setenv("TUTOR_RERANKER", "/nowhere")
    assert told()["state"] == "broken"
    assert "no such folder" in told()["state_of_things"]
