"""What lies just beside the subject is mostly refused, and what lies inside it in everyday words is answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tutor.flow import Tutor
from tutor.settings import load_settings

QUESTIONS = yaml.safe_load(Path(__file__).with_name("beside_the_subject.yaml").read_text(encoding="utf-8"))
MOST_ANSWERED, MOST_REFUSED = 0.2, 0.05
"""Shares; .16 and .02 when they were written."""


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tutor]:
    made = Tutor(load_settings({"TUTOR_HOME": str(tmp_path_factory.mktemp("home"))}))
    yield made
    made.close()


@pytest.mark.slow
def test_the_bar_of_refusing_stands_where_it_should(shipped: Tutor) -> None:
    refused = {
        side: [question for question in questions if shipped.answer(question).refused]
        for side, questions in QUESTIONS.items()
    }
    answered = [question for question in QUESTIONS["outside"] if question not in refused["outside"]]
    assert len(answered) <= MOST_ANSWERED * len(QUESTIONS["outside"]), answered
    assert len(refused["inside"]) <= MOST_REFUSED * len(QUESTIONS["inside"]), refused["inside"]
