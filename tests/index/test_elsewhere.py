"""The whole tutor with its vectors on a Chroma server or in Vector Search, as settings ask for it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import SMALL_CORPUS
from tests.index.conftest import ChromaProcess
from tests.index.vector_search_server import VectorSearchServer
from tutor.doctor import Finding, examine
from tutor.errors import IndexingError
from tutor.flow import Tutor
from tutor.index.filters import Filter
from tutor.settings import load_settings

Environment = dict[str, str]


@pytest.fixture(params=["chroma server", "vector search"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Environment:
    base = {"TUTOR_HOME": str(tmp_path / "home"), "TUTOR_CORPUS": str(SMALL_CORPUS)}
    if request.param == "chroma server":
        server: ChromaProcess = request.getfixturevalue("chroma_server")
        return {**base, "TUTOR_CHROMA_URL": server.url}
    service: VectorSearchServer = request.getfixturevalue("vector_search")
    service.dimensions = 384
    return {
        **base,
        "TUTOR_VECTOR_SEARCH_PROJECT": "tea-house",
        "TUTOR_VECTOR_SEARCH_REGION": "europe-west4",
        "TUTOR_VECTOR_SEARCH_INDEX": "11",
        "TUTOR_VECTOR_SEARCH_ENDPOINT": "22",
        "TUTOR_VECTOR_SEARCH_DEPLOYED_INDEX": "tea_1",
        "TUTOR_VECTOR_SEARCH_ADDRESS": service.address,
    }


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> Callable[[Environment], dict[str, Finding]]:
    def examined(environment: Environment) -> dict[str, Finding]:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return {finding.what: finding for finding in examine()}

    return examined


def test_answers_are_those_of_a_folder(environment: Environment, tutor: Tutor) -> None:
    elsewhere = Tutor(load_settings(environment))
    for question in ("Which tool forecasts weekly demand in SQL?", "KETTLE_PLUS", "What does Samovar cost?"):
        ours, theirs = elsewhere.search(question, 5), tutor.search(question, 5)
        assert [hit.passage.id for hit in ours] == [hit.passage.id for hit in theirs]
        assert [hit.score for hit in ours] == pytest.approx([hit.score for hit in theirs], abs=1e-3)
        assert elsewhere.ask(question).answer.text == tutor.ask(question).answer.text
    only = elsewhere.search("What does Samovar cost?", 9, Filter(docs=("kettle-forecasting",)))
    assert {hit.passage.doc for hit in only} == {"kettle-forecasting"}
    elsewhere.close()


def test_the_doctor_says_where_vectors_are_and_whether_they_are_all_there(
    environment: Environment, examined: Callable[[Environment], dict[str, Finding]]
) -> None:
    place = environment.get("TUTOR_CHROMA_URL") or "projects/tea-house/locations/europe-west4/indexes/11"
    first = examined(environment)["Vectors"]
    assert (first.state, place in first.state_of_things) == ("fine", True)
    assert "nothing of this home yet" in first.state_of_things
    tutor = Tutor(load_settings(environment))
    passages = tutor.index().passages
    assert f"all {passages} of this home's index" in examined(environment)["Vectors"].state_of_things
    manifest = tutor.index()
    tutor._ground.place.open(Path(), manifest.collection).drop()
    gone = examined(environment)["Vectors"]
    assert (gone.state, gone.remedy) == ("broken", "Run `tutor index`.")
    reader = Tutor(load_settings(environment))
    with pytest.raises(IndexingError, match=r"Run `tutor index`"):
        reader.search("kettle")
    reader.close()
    assert tutor.index() == manifest
    assert tutor.search("kettle")
    tutor.close()


def test_the_doctor_says_when_the_place_is_out_of_reach(
    tmp_path: Path, examined: Callable[[Environment], dict[str, Finding]]
) -> None:
    found = examined(
        {
            "TUTOR_HOME": str(tmp_path / "home"),
            "TUTOR_CORPUS": str(SMALL_CORPUS),
            "TUTOR_CHROMA_URL": "http://127.0.0.1:9",
        }
    )["Vectors"]
    assert found.state == "broken"
    assert "cannot be reached" in found.state_of_things


def test_changing_the_place_makes_the_index_outdated(chroma_server: ChromaProcess, tmp_path: Path) -> None:
    here = load_settings({"TUTOR_HOME": str(tmp_path / "home"), "TUTOR_CORPUS": str(SMALL_CORPUS)})
    tutor = Tutor(here)
    tutor.index()
    assert tutor.index_state() == "current"
    tutor.close()
    server = load_settings({"TUTOR_CHROMA_URL": chroma_server.url, "TUTOR_CORPUS": str(SMALL_CORPUS)})
    told: list[int] = []
    elsewhere = Tutor(replace(here, chroma=server.chroma), progress=lambda done, _: told.append(done))
    assert elsewhere.index_state() == "outdated"
    assert elsewhere.search("kettle")
    assert elsewhere.index_state() == "current"
    assert told == [], "the vectors of the folder are taken along"
    elsewhere.close()
