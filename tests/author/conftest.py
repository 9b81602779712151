"""The shipped decision models and passages, read once."""

from collections.abc import Mapping

import pytest

from tutor.read.document import Passage
from tutor.read.item_models.decision import DecisionModel, read_models
from tutor.read.pages import read_pages
from tutor.read.passages import cut_all
from tutor.settings import PROJECT


@pytest.fixture(scope="session")
def decision_models() -> list[DecisionModel]:
    return list(read_models(PROJECT / "corpus" / "decisions"))


@pytest.fixture(scope="session")
def shipped_passages() -> Mapping[str, Passage]:
    return {passage.id: passage for passage in cut_all(read_pages(PROJECT / "corpus" / "docs"))}


@pytest.fixture(scope="session")
def composing_models(decision_models: list[DecisionModel]) -> list[DecisionModel]:
    """The shipped models without their situations, so that every case is composed."""
    return [model.model_copy(update={"situations": ()}) for model in decision_models]
