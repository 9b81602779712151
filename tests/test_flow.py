from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree

from tests.conftest import NOON, SMALL_CORPUS
from tutor.flow import Tutor
from tutor.settings import load_settings


def own_tutor(folder: Path) -> Tutor:
    """A tutor over a copy of the small corpus, for tests that change it."""
    copytree(SMALL_CORPUS, folder / "corpus")
    settings = load_settings({"TUTOR_HOME": str(folder / "home"), "TUTOR_CORPUS": str(folder / "corpus")})
    return Tutor(settings, clock=lambda: NOON)


def test_questions_and_answers_are_kept_in_their_conversation(tutor: Tutor) -> None:
    first = tutor.ask("What is Kettle?")
    second = tutor.ask("And what does Samovar cost?", first.conversation)
    assert second.conversation == first.conversation
    kept = tutor.conversations.turns(first.conversation)
    assert [turn.question for turn in kept] == ["What is Kettle?", "And what does Samovar cost?"]
    assert kept[0].answer["citations"][0]["doc"] == "kettle-forecasting"
    assert first.conversation in [conversation.id for conversation in tutor.conversations.all()]
    tutor.conversations.delete(first.conversation)
    assert tutor.conversations.turns(first.conversation) == []


def test_a_changed_page_changes_the_answer(tmp_path: Path) -> None:
    tutor = own_tutor(tmp_path)
    question = "How many series does Kettle accept at most?"
    assert "5,000" in tutor.ask(question).answer.text
    page = tmp_path / "corpus" / "docs" / "kettle-forecasting.md"
    page.write_text(page.read_text(encoding="utf-8").replace("5,000", "8,000"), encoding="utf-8")
    assert tutor.index_state() == "outdated"
    tutor.index()
    assert tutor.index_state() == "current"
    assert "8,000" in tutor.ask(question).answer.text
    tutor.close()


def test_a_question_asked_of_a_page_is_searched_by_as_soon_as_it_is_written(tmp_path: Path) -> None:
    tutor = own_tutor(tmp_path)
    tutor.search("Kettle")
    tutor.close()
    asked = tmp_path / "corpus" / "asked"
    asked.mkdir()
    (asked / "kettle-forecasting.yaml").write_text('what-it-is:\n  - "my gazebo wobbles"\n', encoding="utf-8")
    again = Tutor(tutor.settings, clock=lambda: NOON)
    found = {hit.passage.id: hit.passage.asked for hit in again.search("Kettle, my gazebo wobbles", 20)}
    assert found["kettle-forecasting#what-it-is"] == ("my gazebo wobbles",)
    again.close()


def test_rebuilding_keeps_answering(tmp_path: Path) -> None:
    tutor = own_tutor(tmp_path)
    assert tutor.index_state() == "missing"
    before = tutor.index()
    assert tutor.index(rebuild=True) == before
    assert not tutor.ask("What is Kettle?").answer.refused
    tutor.close()


def test_vectors_computed_ahead_spare_the_encoder(tmp_path: Path) -> None:
    tutor = own_tutor(tmp_path)
    assert tutor.compute_vectors_ahead() == tutor.index().passages
    tutor.close()
    told: list[int] = []
    settings = load_settings({"TUTOR_HOME": str(tmp_path / "new"), "TUTOR_CORPUS": str(tmp_path / "corpus")})
    fresh = Tutor(settings, progress=lambda done, total: told.append(done))
    assert not fresh.ask("What is Kettle?").answer.refused
    assert told == []
    fresh.close()


def test_threads_may_share_a_tutor(tutor: Tutor) -> None:
    questions = ["What is Kettle?", "What is Samovar?", "What is drift?", "What is Gatekeeper?"] * 5
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda question: tutor.ask(question).answer.text, questions))
    assert answers[:4] == answers[4:8] == answers[-4:]
    assert len(set(answers)) == 4
