"""Test sets as they are found in the wild: read, or refused in one line that says what to do."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from evals.__main__ import cli
from evals.beir import TestSet, read_beir
from tutor.errors import InputError

DOCUMENTS = [{"_id": "d1", "title": "Kettle", "text": "forecasts demand"}, {"_id": "d2", "text": "finds drift"}]
QUESTIONS = [{"_id": "q1", "text": "Which one forecasts?"}, {"_id": "q2", "text": "And drift?"}]
JUDGED = "q1\td1\t1\nq2\td2\t1\n"


def lines(entries: Sequence[Any]) -> str:
    return "".join(json.dumps(entry) + "\n" for entry in entries)


def folder_with(home: Path, **changed: str | None) -> Path:
    """A good folder but for what is `changed`: contents by name, None for a file that is not there."""
    files: dict[str, str | None] = {
        "corpus.jsonl": lines(DOCUMENTS),
        "queries.jsonl": lines(QUESTIONS),
        "qrels.tsv": JUDGED,
        **changed,
    }
    for name, content in files.items():
        if content is not None:
            path = home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="")
    return home


def is_whole(test_set: TestSet) -> bool:
    return (
        [passage.id for passage in test_set.passages] == ["d1", "d2"]
        and test_set.questions == {"q1": "Which one forecasts?", "q2": "And drift?"}
        and test_set.grades == {"q1": {"d1": 1}, "q2": {"d2": 1}}
    )


@pytest.mark.parametrize(
    "judged",
    [
        JUDGED,
        "query-id\tcorpus-id\tscore\n" + JUDGED,
        "\n\nquery-id\tcorpus-id\tscore\r\n" + JUDGED.replace("\n", "\r\n"),
        "\ufeff" + JUDGED,
        JUDGED.replace("\t", " "),
        JUDGED.replace("\t1", "\t1.0"),
        "q1\t0\td1\t1\nq2\tQ0\td2\t1\n",
        "q1 0 d1 1\nq2 0 d2 1",
    ],
    ids=["plain", "heading", "windows", "byte-order mark", "blanks", "1.0", "trec", "trec with blanks"],
)
def test_judgements_may_be_written_in_many_ways(tmp_path: Path, judged: str) -> None:
    assert is_whole(read_beir(folder_with(tmp_path, **{"qrels.tsv": judged})))


@pytest.mark.parametrize(
    "name", ["qrels/test.tsv", "qrels/dev.tsv", "qrels/train.tsv", "qrels/any.tsv", "test.tsv", "dev.tsv"]
)
def test_judgements_may_lie_in_several_places(tmp_path: Path, name: str) -> None:
    assert is_whole(read_beir(folder_with(tmp_path, **{"qrels.tsv": None, name: JUDGED})))


def test_of_several_judgements_the_ones_for_tests_are_taken(tmp_path: Path) -> None:
    others = {"qrels.tsv": None, "qrels/dev.tsv": "q1\td2\t1\n", "qrels/train.tsv": "q1\td2\t1\n"}
    assert is_whole(read_beir(folder_with(tmp_path, **others, **{"qrels/test.tsv": JUDGED})))


def test_titles_numbers_as_ids_and_odd_characters_are_no_obstacle(tmp_path: Path) -> None:
    documents = [
        {"_id": 1, "title": None, "text": "one \ud800 half", "metadata": {"url": "x"}},
        {"_id": "a b#2", "text": ""},
    ]
    odd = folder_with(tmp_path, **{"corpus.jsonl": lines(documents), "qrels.tsv": "q1\t1\t2\nq2\ta b#2\t-1\n"})
    test_set = read_beir(odd)
    assert [(passage.id, passage.title) for passage in test_set.passages] == [("1", ""), ("a b#2", "")]
    assert test_set.passages[0].text.encode()
    assert test_set.questions.keys() == {"q1"}, "a question without a relevant document is not asked"
    assert test_set.grades == {"q1": {"1": 2}, "q2": {"a b#2": 0}}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"corpus.jsonl": None}, r"corpus\.jsonl cannot be read .*No such file"),
        ({"queries.jsonl": None}, r"queries\.jsonl cannot be read"),
        ({"qrels.tsv": None}, r"has no qrels\.tsv"),
        ({"corpus.jsonl": lines(DOCUMENTS) + "{"}, r"corpus\.jsonl, line 3: not JSON"),
        ({"corpus.jsonl": "[1]\n"}, r"line 1: there is no _id"),
        ({"corpus.jsonl": lines([{"id": "d1", "text": "x"}])}, r"line 1: there is no _id"),
        ({"corpus.jsonl": lines([{"_id": "d1", "contents": "x"}])}, r"line 1: there is no text"),
        ({"corpus.jsonl": lines([*DOCUMENTS, DOCUMENTS[0]])}, r"1 documents have an _id that was there before"),
        ({"corpus.jsonl": ""}, r"no question has a relevant document"),
        ({"queries.jsonl": lines([{"_id": "q1", "text": 3}])}, r"queries\.jsonl, line 1: there is no text"),
        ({"qrels.tsv": ""}, r"no question has a relevant document"),
        ({"qrels.tsv": "q1\tunknown\t1\n"}, r"no question has a relevant document"),
        ({"qrels.tsv": JUDGED + "q1 d2\n"}, r"qrels\.tsv, line 3: not query, document and grade"),
        ({"qrels.tsv": JUDGED + "q1\td2\tnan\n"}, r"qrels\.tsv, line 3: not query"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(tmp_path: Path, changed: dict[str, str | None], says: str) -> None:
    with pytest.raises(InputError, match=says) as told:
        read_beir(folder_with(tmp_path, **changed))
    assert "\n" not in str(told.value)


def test_other_encodings_and_places_are_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder"):
        read_beir(tmp_path / "nowhere")
    folder = folder_with(tmp_path)
    (folder / "corpus.jsonl").write_bytes("é".encode("latin-1"))
    with pytest.raises(InputError, match=r"corpus\.jsonl is not UTF-8"):
        read_beir(folder)


@pytest.mark.slow
def test_the_command_prints_json_alone(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["search", "--beir", str(folder_with(tmp_path)), "--json"])
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["ndcg@10"] == told["mrr"] == 1.0
    assert told["systems"].keys() == {"ours", "Porter BM25", "MiniLM dense", "Porter BM25 + MiniLM by RRF"}
    assert 0 < told["build_share_of_encoder_rate"] < 1
