"""What the tutor's verb `solve` stands on: the ground in, a solver over its corpus out, made once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tutor.flow.ground import Ground
from tutor.index.lexical import LexicalIndex
from tutor.index.sketches import Sketches, read_sketches, write_sketches
from tutor.read.document import Passage
from tutor.read.item_models.decision import read_models
from tutor.read.passages import cut_all
from tutor.solve.evidence import Words
from tutor.solve.knowledge import Knowledge, all_wordings
from tutor.solve.page_precedents import from_pages
from tutor.solve.precedents import Precedent, from_models
from tutor.solve.rulings import from_rulings, read_rulings
from tutor.solve.solver import Solver
from tutor.solve.statement_index import open_statement_index


def open_solver(ground: Ground, *, by_hand: bool = True) -> Solver:
    """A solver that knows the shipped pages, the decision models and, unless told otherwise, the rulings by hand."""
    passages = cut_all(ground.pages())
    precedents = read_precedents(ground, passages)
    sketches = _sketches(ground, all_wordings(precedents))
    known = [one for one in precedents if by_hand or one.origin != "by hand"]
    index = ground.index
    words = Words(LexicalIndex(index.folder / "lexical"), open_statement_index(passages, _home(ground)))
    return Solver(Knowledge(known, sketches, ground.encoder, words.passages.rarity), words, index.find)


def read_precedents(ground: Ground, passages: Sequence[Passage]) -> list[Precedent]:
    """Everything that the corpus rules, from its four kinds of places."""
    corpus = ground.settings.corpus
    models = read_models(corpus / "decisions")
    rulings, cases = (read_rulings(corpus / folder) for folder in ("rulings", "cases"))
    return [*from_models(models), *from_pages(passages), *from_rulings(rulings), *from_rulings(cases, "case")]


def sketch_ahead(ground: Ground) -> int:
    """Write the short vectors of all precedents beside the corpus, so that no learner waits; yields how many."""
    wordings = all_wordings(read_precedents(ground, cut_all(ground.pages())))
    sketches = read_sketches(_ahead(ground), ground.encoder).grown(wordings, ground.encoder)
    write_sketches(_ahead(ground), sketches, ground.encoder)
    return len(sketches.known)


def _sketches(ground: Ground, wordings: Sequence[str]) -> Sketches:
    """The sketches of all wordings. What did not ship is encoded once and kept: a changed corpus costs no one twice."""
    shipped, place = read_sketches(_ahead(ground), ground.encoder), _home(ground) / "precedents.npz"
    if shipped.has(wordings):
        return shipped
    kept = read_sketches(place, ground.encoder)
    if not kept.has(wordings):
        kept = Sketches(shipped.axes, kept.known | shipped.known) if shipped.like(kept) else shipped
        kept = kept.grown(wordings, ground.encoder)
        write_sketches(place, kept, ground.encoder)
    return kept


def _ahead(ground: Ground) -> Path:
    return ground.settings.corpus / "precedents.npz"


def _home(ground: Ground) -> Path:
    return ground.settings.home / "solver"
