"""Evidence in, reasons in words out: for every option the precedents that pulled most on it, each with a quote.

A precedent is a reason for an option only where its choice is that option rather than another, its circumstance is
near, and it had a share in the result. Where there is none, that is said and nothing is cited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from tutor.engines.engine import Quote
from tutor.index.terms import STOP_WORDS, terms
from tutor.read.document import Passage
from tutor.read.statements import statements
from tutor.solve.evidence import Evidence
from tutor.solve.knowledge import Knowledge
from tutor.solve.precedents import Precedent
from tutor.solve.solution import NOTHING_FOUND, Reason, Verdict

Find = Callable[[str], Passage | None]

MOST = 2
"""Reasons given for an option."""
NEAR, FITS = 0.4, 0.4
"""How near a circumstance and a choice must be for a reader to see the likeness."""
SHARE = 0.04
"""The least share in all that was pulled on an option."""
ENOUGH = 0.3
"""The share of a ruling's words that a statement must have to be quoted for it."""
LONGEST = 420
"""Characters; a longer statement is a table, and no reason that one reads in passing."""


def tell(evidence: Evidence, knowledge: Knowledge, find: Find) -> tuple[tuple[Reason, ...], ...]:
    """The reasons for every option, the strongest first; at least one."""
    best = evidence.fit.argmax(axis=1)
    return tuple(
        tuple(_first(_reasons(place, best == place, evidence, knowledge, find))) or (Reason(NOTHING_FOUND),)
        for place in range(evidence.fit.shape[1])
    )


def _reasons(
    place: int, own: NDArray[np.bool_], evidence: Evidence, knowledge: Knowledge, find: Find
) -> Iterator[Reason]:
    shares = np.abs(evidence.pull.shares[:, place])
    telling = own & (evidence.near >= NEAR) & (evidence.fit[:, place] >= FITS)
    order = np.flatnonzero(telling & (shares > 0) & (shares >= SHARE * shares.sum()))
    for row in order[np.argsort(-shares[order], kind="stable")].tolist():
        precedent = knowledge.precedents[row]
        passage = find(precedent.passage)
        if passage:
            yield _reason(precedent, passage)


def _reason(precedent: Precedent, passage: Passage) -> Reason:
    says: Verdict = "for" if precedent.sign > 0 else "against"
    words = _plain(precedent.statement) or _in_words(precedent)
    if precedent.statement and precedent.statement in passage.text and len(precedent.statement) <= LONGEST:
        return Reason(words, says, Quote(passage.id, precedent.statement))
    quoted = nearest_statement(words, passage)
    return Reason(words if len(words) <= LONGEST else _in_words(precedent), says, quoted)


def nearest_statement(words: str, passage: Passage) -> Quote | None:
    """The statement of a passage that shares most with some words; None where none shares enough of them."""
    wanted = _content(words)
    found = [one.text for one in statements(passage.text) if one.form != "code" and len(one.text) <= LONGEST]
    best = max(found, key=lambda text: len(wanted & _content(text)), default="")
    return Quote(passage.id, best) if len(wanted & _content(best)) >= max(2, ENOUGH * len(wanted)) else None


def _first(reasons: Iterator[Reason]) -> list[Reason]:
    """The first few that differ."""
    kept: dict[str, Reason] = {}
    for reason in reasons:
        kept.setdefault(reason.quote.text if reason.quote else reason.text, reason)
        if len(kept) == MOST:
            break
    return list(kept.values())


def _in_words(precedent: Precedent) -> str:
    verdict = "fits" if precedent.sign > 0 else "does not fit"
    decisive = min(precedent.circumstances, key=len)
    return f"{_opened(precedent.choices[0])} {verdict} where: {decisive.rstrip('.')}."


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")


def _plain(text: str) -> str:
    return " ".join(text.split())


def _content(text: str) -> frozenset[str]:
    return frozenset(term for term in terms(text) if term not in STOP_WORDS)
