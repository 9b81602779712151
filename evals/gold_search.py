"""The gold set's questions and the shipped corpus, as a test set for search."""

from __future__ import annotations

from collections.abc import Mapping

from evals.beir import TestSet
from evals.gold_set import Split, read_questions
from tutor.flow.ground import Ground
from tutor.index.ahead import read_ahead_vectors
from tutor.index.encoder import Vectors, load_encoder
from tutor.read.names import read_names
from tutor.read.passages import cut_all
from tutor.settings import SHIPPED_MODEL, Settings


def read_gold_search(settings: Settings, split: Split | None = None) -> TestSet:
    """Questions with the passages that answer them, among all passages of the documentation."""
    cases = [case for case in read_questions() if split in (None, case.split)]
    names = read_names(settings.corpus / "names.yaml")
    return TestSet(
        f"gold, {split or 'all'}",
        tuple(cut_all(Ground(settings).pages())),
        {case.id: case.question for case in cases},
        {case.id: case.grades for case in cases},
        names.others,
    )


def vectors_ahead(settings: Settings) -> Mapping[str, Vectors]:
    """The vectors that the corpus comes with."""
    return read_ahead_vectors(settings.corpus / "vectors.npz", load_encoder(SHIPPED_MODEL).name)
