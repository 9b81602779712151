"""What the tutor's verb `solve` stands on: the ground in, a solver over its corpus out, made once."""

from __future__ import annotations

from tutor.flow.ground import Ground
from tutor.read.item_models.decision import read_models
from tutor.read.passages import cut_all
from tutor.solve.precedents import from_models, from_pages
from tutor.solve.solver import Solver


def open_solver(ground: Ground) -> Solver:
    """A solver that knows the shipped pages and decision models."""
    passages = {passage.id: passage for passage in cut_all(ground.pages())}
    models = read_models(ground.settings.corpus / "decisions")
    return Solver([*from_models(models), *from_pages(passages.values())], passages, ground.encoder)
