"""Questions and what answers them in, the matrix that turns a question's vector out (`tutor/index/encoder.py`).

Every question that is kept for a passage, and every answered question, should be more like its passages and its
statements than like any others: the matrix makes their share of a softmax over all of them large, and stays near to
leaving everything as it is. Fitted by Adam in batches; nothing of the gold set takes part.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from tutor.flow.ground import Ground
from tutor.index.ahead import read_ahead_vectors
from tutor.index.build import embed
from tutor.index.encoder import Turn, Vectors, write_turn
from tutor.index.meaning import wordings
from tutor.index.sketches import read_sketches
from tutor.read.answered import opened_by, told_by
from tutor.read.passages import cut_all

SHARP = 20.0
"""What likenesses are multiplied by before the softmax."""
STAY = 3e-3
"""What each squared number costs by which the matrix differs from leaving everything as it is."""
RATE, EPOCHS, BATCH = 3e-4, 10, 256
LATER = 0.2
"""How fast what should be said later counts less: 1 / (1 + this × place)."""
LEFT_OUT = 5
"""Each page of so many is left out to see what the turn does for pages that it never saw."""

Answers = Sequence[Sequence[int]]
"""For each question, the rows that answer it, the most important first."""


@dataclass(frozen=True)
class Asked:
    """Questions, and among what their answers are to be found."""

    questions: Vectors
    passages: Vectors
    statements: Vectors
    axes: Vectors
    """On which the statements are sketched."""
    in_passages: Answers
    in_statements: Answers
    pages: Sequence[str]
    """The page of each passage."""
    pages_said: Sequence[str]
    """The page of each statement."""

    def without(self, pages: Set[str]) -> Asked:
        """Without these pages, and without the questions that they have a say in."""
        passages = [row for row, page in enumerate(self.pages) if page not in pages]
        statements = [row for row, page in enumerate(self.pages_said) if page not in pages]
        asked = [row for row, places in enumerate(self.in_passages) if not any(self.pages[p] in pages for p in places)]
        passage, statement = ({old: new for new, old in enumerate(kept)} for kept in (passages, statements))
        return Asked(
            self.questions[asked],
            self.passages[passages],
            self.statements[statements],
            self.axes,
            [[passage[old] for old in self.in_passages[row]] for row in asked],
            [[statement[old] for old in self.in_statements[row]] for row in asked],
            [self.pages[row] for row in passages],
            [self.pages_said[row] for row in statements],
        )


def fit_turn(ground: Ground) -> dict[str, float]:
    """Fit the turn on all questions and write it where search reads it; what it does for pages that it never saw."""
    asked = gather(ground)
    figures = on_pages_left_out(asked)
    write_turn(ground.settings.corpus / "turn.npz", Turn(fit(asked)), ground.encoder)
    return figures


def gather(ground: Ground) -> Asked:
    """All questions of the shipped corpus."""
    passages = cut_all(ground.pages())
    corpus, encoder = ground.settings.corpus, ground.encoder
    ahead = read_ahead_vectors(corpus / "vectors.npz", encoder.name)
    sketches = read_sketches(corpus / "statements.npz", encoder)
    flat = [text for passage in passages for text in wordings(passage)]
    sketches = sketches.grown([text for text in flat if text], encoder)
    axes = np.eye(0, dtype=np.float32) if sketches.axes is None else sketches.axes
    none = np.zeros(axes.shape[1], np.float32)
    statements = [sketches.known[key] if text else none for text, key in zip(flat, sketches.keys(flat), strict=True)]

    told = {passage.id: told_by(passage.text) for passage in passages}
    row_of = {passage.id: row for row, passage in enumerate(passages)}
    begins = dict(zip(told, accumulate(map(len, told.values()), initial=0), strict=False))
    by_ask: dict[str, tuple[list[int], list[int]]] = {}
    for one in ground.answered:
        numbers = [opened_by(said.words, told[said.passage]) for said in one.says]
        says = [begins[s.passage] + n for s, n in zip(one.says, numbers, strict=True) if n is not None]
        places = list(dict.fromkeys(row_of[said.passage] for said in one.says))
        by_ask |= dict.fromkeys(one.asks, (places, says))
    for row, passage in enumerate(passages):
        for ask in passage.asked:
            by_ask.setdefault(ask, ([row], []))
    return Asked(
        encoder.encode_passages(list(by_ask)),
        embed(passages, encoder, ahead),
        np.stack(statements),
        axes,
        [places for places, _ in by_ask.values()],
        [says for _, says in by_ask.values()],
        [passage.doc for passage in passages],
        [passage.doc for passage in passages for _ in told[passage.id]],
    )


def fit(asked: Asked, seed: int = 0) -> Vectors:
    """The matrix under which questions are likest to what answers them."""
    random = np.random.default_rng(seed)
    size = asked.questions.shape[1]
    still = np.eye(size, dtype=np.float32)
    matrix: Vectors = still.copy()
    drift, spread = np.zeros((size, size)), np.zeros((size, size))
    step = 0
    for _ in range(EPOCHS):
        order = random.permutation(len(asked.questions))
        for begin in range(0, len(order), BATCH):
            step += 1
            slope = _slope(asked, order[begin : begin + BATCH], matrix) + 2 * STAY * (matrix - still)
            drift = 0.9 * drift + 0.1 * slope
            spread = 0.999 * spread + 0.001 * slope**2
            stride = RATE * (drift / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
            matrix -= stride.astype(np.float32)
    return matrix


def on_pages_left_out(asked: Asked) -> dict[str, float]:
    """The mean reciprocal rank of a question's passages, by likeness alone, on pages that took no part in the fit."""
    left_out = set(sorted(set(asked.pages))[::LEFT_OUT])
    tested = [row for row, places in enumerate(asked.in_passages) if all(asked.pages[p] in left_out for p in places)]
    matrix = fit(asked.without(left_out))
    still = np.eye(matrix.shape[0], dtype=np.float32)
    before, after = (_reciprocal_ranks(asked, tested, one) for one in (still, matrix))
    return {"questions": len(tested), "as it is": float(np.mean(before)), "turned": float(np.mean(after))}


def _reciprocal_ranks(asked: Asked, rows: Sequence[int], matrix: Vectors) -> list[float]:
    alike = _unit(asked.questions[list(rows)] @ matrix) @ asked.passages.T
    best = [likeness[list(asked.in_passages[row])].max() for row, likeness in zip(rows, alike, strict=True)]
    return [1 / int((likeness >= most).sum()) for likeness, most in zip(alike, best, strict=True)]


def _slope(asked: Asked, rows: NDArray[np.int64], matrix: Vectors) -> Vectors:
    """How the loss of a batch changes with the matrix."""
    questions = asked.questions[rows]
    turned = questions @ matrix
    unit = _unit(turned)
    drawn = unit @ asked.axes
    to_passages = _pull(unit, asked.passages, [asked.in_passages[row] for row in rows])
    to_statements = _pull(_unit(drawn), asked.statements, [asked.in_statements[row] for row in rows])
    pulled: Vectors = to_passages + _through(to_statements, drawn) @ asked.axes.T
    slope: Vectors = (questions.T @ _through(pulled, turned) / len(rows)).astype(np.float32)
    return slope


def _pull(found: Vectors, among: Vectors, answers: Answers) -> Vectors:
    """How the loss changes with vectors that are to be like their answers among all; nothing where there are none."""
    scores = SHARP * (found @ among.T)
    chances: Vectors = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances = chances / chances.sum(axis=1, keepdims=True)
    for row, places in enumerate(answers):
        if not places:
            chances[row] = 0.0
            continue
        shares = 1 / (1 + LATER * np.arange(len(places)))
        np.subtract.at(chances[row], list(places), (shares / shares.sum()).astype(np.float32))
    pull: Vectors = SHARP * (chances @ among)
    return pull


def _through(slope: Vectors, vectors: Vectors) -> Vectors:
    """A slope by unit vectors as one by the vectors that they were made from."""
    unit = _unit(vectors)
    length = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    passed: Vectors = (slope - unit * (slope * unit).sum(axis=1, keepdims=True)) / length
    return passed


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit
