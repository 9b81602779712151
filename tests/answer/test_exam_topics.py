"""Questions about sitting the exam are told from questions that only look like them."""

import pytest

from tutor.answer.exam_guide import exam_topics


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("what is in section 4", ("section 4",)),
        ("what is in 4.2", ("section 4.2",)),
        ("how long is the exam?", ("length",)),
        ("Our answers have a BLEU of 0.2 although people find them good. What should we measure?", ()),
        ("Our ratio of latencies is 1.2 since the last release of the model, what do we do about it?", ()),
    ],
)
def test_a_bare_number_is_a_section_in_a_short_question_alone(question: str, topics: tuple[str, ...]) -> None:
    assert exam_topics(question) == topics
