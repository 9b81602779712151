import pytest

from tutor.answer.renamed import renamed
from tutor.read.names import read_names
from tutor.settings import PROJECT

NAMES = read_names(PROJECT / "corpus" / "names.yaml")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "How do Vertex AI Pipelines cache?",
            "Vertex AI Pipelines is called Agent Platform Pipelines since April 2026.",
        ),
        (
            "vertex ai pipelines, Vertex AI Pipelines",
            "Vertex AI Pipelines is called Agent Platform Pipelines since April 2026.",
        ),
        ("Is AutoML Tables good?", "AutoML Tables (legacy) was retired on 31 March 2024; Agent Platform AutoML"),
    ],
)
def test_an_old_name_is_told_with_the_new_one(question: str, text: str) -> None:
    (note,) = renamed(question, NAMES)
    assert note.text.startswith(text)
    assert note.source.url.startswith("https://")


@pytest.mark.parametrize("question", ["What are Agent Platform Pipelines?", "What is overfitting?", ""])
def test_present_names_need_no_note(question: str) -> None:
    assert renamed(question, NAMES) == ()
