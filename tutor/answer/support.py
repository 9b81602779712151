"""Evidence and a statement in; what is wrong with the statement by that evidence out, or None where it is carried.

Words decide, not meaning. A statement is taken apart into clauses, the evidence into units: sentences, halves of
sentences, rows of tables. Each clause must be carried by one unit. There its numbers, identifiers and most of its words
must stand, and never several strange ones in a row; a word that stands in another unit is in the wrong place. The
clause must not deny what the unit affirms, nor the reverse, say the opposite, say more (`all`, `must`, `best`), nor
leave out the condition under which the unit holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Literal

from tutor.answer.claims import Denial, denials, overstates
from tutor.answer.clauses import AND, SENTENCE_END, Unit, clauses, exact_tokens, names, stems_of, units_of, words_in
from tutor.answer.order import counts_otherwise, is_turned_round, says_opposite
from tutor.index.terms import terms

Flaw = Literal[
    "says nothing",
    "another number or identifier",
    "a name from elsewhere",
    "strange words",
    "words in the wrong place",
    "denied",
    "the opposite",
    "more than is said",
    "a condition left out",
    "another subject",
]

WORDS_COVERED = 0.6
"""The share of a clause's words that its evidence must have."""
STRANGE_IN_A_ROW = 3
"""So many words in a row that the evidence does not have are something else than another wording."""
_LABELS = frozenset(
    terms("option choice service product when use best for what why how much difference feature limit cost note")
)
"""Words that head the columns of tables."""
_CONDITION = re.compile(
    r"(?:^(?:when|if|unless|where|until|once|for|in|with|under|during)\b([^,;.|]*),)"
    r"|(?<=.)\b(?:when|whenever|if|unless|where|until|once|as long as|only (?:when|if|for|where|with|after|through))\b"
    r"((?:(?!, (?:and|but|so|because|which)\b)[^;.|])*)",
    re.IGNORECASE,
)
_RESTRICTED = re.compile(
    r"^(?:an?|the|every|each|one|any)\s+(?:[\w-]+\s+){1,3}(?:that|who|which)\s+([^,;.|]*)", re.IGNORECASE
)
_TWICE = re.compile(r"(?<![\w.])(\d[\d.,]*)\s+(?:or|and|to)\s+\1(?![\w.])")
"""A number beside itself, as where one of two was falsified: "403 or 403"."""
_EITHER = re.compile(r",\s*(?:or\s+)?|\s+or\s+")
_ADJECTIVE = re.compile(r"(?:al|ous|ic|ive|ble|ed|ary|custom|new|own|single|several)$")
_DEFINITE = re.compile(r"\W*(?:the|this|that|these|those|it|they|its|their)\b", re.IGNORECASE)
_ARTICLES = frozenset(["a", "an", "the"])


def flaw(evidence: str, statement: str, about: str = "") -> Flaw | None:
    """What is wrong with a statement by `evidence`, which stands in passages `about` something."""
    pieces = [piece for piece in SENTENCE_END.split(statement) if re.search(r"\w", piece)]
    if not pieces:
        return "says nothing"
    found = (_flaw_of_piece(evidence, piece, f"{about} {evidence}") for piece in pieces)
    return next((one for one in found if one), None)


def _flaw_of_piece(evidence: str, piece: str, about: str) -> Flaw | None:
    if not exact_tokens(piece) <= exact_tokens(evidence) or (_TWICE.search(piece) and not _TWICE.search(evidence)):
        return "another number or identifier"
    if not names(piece) <= stems_of(about):
        return "a name from elsewhere"
    if piece.lstrip().startswith("|"):
        return _flaw_of_row(evidence, piece, about)
    units = units_of(evidence, about)
    found = (_flaw_of_clause(clause, piece, units) for clause in clauses(piece))
    return next((one for one in found if one), None)


def _flaw_of_row(evidence: str, row: str, about: str) -> Flaw | None:
    """A row of a table may gather what stands in several units; its labels are the table's own."""
    said = [word for word in terms(row) if word not in _LABELS]
    if not said:
        return None
    if _is_strange([word in words_in(evidence) for word in said]):
        return "strange words"
    nearest = _nearest(frozenset(said), units_of(evidence, about))
    return None if any(_agree(row, row, unit) for unit in nearest) else "denied"


def _flaw_of_clause(clause: str, piece: str, units: Sequence[Unit]) -> Flaw | None:
    """What is wrong with a clause by the unit that is nearest to it; of several, by the one that carries it."""
    said = tuple(terms(clause))
    if not said:
        return "says nothing"
    everywhere = frozenset[str]().union(*(unit.known for unit in units))
    if _is_strange([word in everywhere for word in said]) or _adds_a_half(clause, everywhere):
        return "strange words"
    flaws = [_flaw_by(clause, said, piece, unit, everywhere) for unit in _nearest(frozenset(said), units)]
    return None if None in flaws else flaws[0]


def _flaw_by(clause: str, said: tuple[str, ...], piece: str, unit: Unit, everywhere: frozenset[str]) -> Flaw | None:
    misplaced = any(word in everywhere and word not in unit.known for word in said)
    misplaced = misplaced or unit.mixes_columns(frozenset(said)) or counts_otherwise(clause, unit.text)
    if misplaced or is_turned_round(said, unit.words, clause, unit.text):
        return "words in the wrong place"
    if not _agree(clause, piece, unit):
        return "denied"
    if says_opposite(said, unit.words):
        return "the opposite"
    if overstates(clause, unit.text):
        return "more than is said"
    if unit.is_row:
        return None
    if _leaves_out_condition(piece, unit.text):
        return "a condition left out"
    if _DEFINITE.match(clause):
        return None
    return "another subject" if _has_other_subject(said, unit.text, frozenset(terms(piece))) else None


def _is_strange(known: Sequence[bool]) -> bool:
    longest = max((len(list(run)) for is_known, run in groupby(known) if not is_known), default=0)
    return sum(known) / len(known) < WORDS_COVERED or longest >= STRANGE_IN_A_ROW


def _adds_a_half(clause: str, everywhere: frozenset[str]) -> bool:
    """Whether what follows an "and" has no word of the evidence."""
    halves = [tuple(terms(half)) for half in AND.split(clause)[1:]]
    return any(len(half) > 1 and not everywhere & set(half) for half in halves)


def _nearest(said: frozenset[str], units: Sequence[Unit]) -> list[Unit]:
    shared = [len(said & unit.known) for unit in units]
    return [unit for unit, count in zip(units, shared, strict=True) if count == max(shared)]


def _agree(clause: str, piece: str, unit: Unit) -> bool:
    """Whether neither of the two denies what the other says."""
    mine, theirs = denials(clause), denials(unit.text)
    if not _each_has_its_own(mine, theirs):
        return False
    said = frozenset(terms(clause))
    others = [frozenset(terms(other)) for other in clauses(piece)]
    return all(
        any(one.is_like(denied) for one in mine)
        or any(len(other & denied.clause) > len(said & denied.clause) for other in others)
        for denied in theirs
        if denied.is_about(said)
    )


def _each_has_its_own(mine: Sequence[Denial], theirs: Sequence[Denial]) -> bool:
    """Whether each denial stands for another one of the evidence: a second "not" takes back the first."""
    left = sorted(theirs, key=lambda one: len(one.reach))
    for one in mine:
        found = [other for other in left if one.reach & other.reach] or [other for other in left if one.is_like(other)]
        if not found:
            return False
        left.remove(found[0])
    return True


def _leaves_out_condition(piece: str, unit: str) -> bool:
    """Whether the unit holds under conditions of which the statement has none."""
    said = frozenset(terms(piece))
    conditions = [" ".join(filter(None, match)) for match in _CONDITION.findall(unit)]
    parts = [part for condition in conditions for part in _EITHER.split(condition)]
    if match := _RESTRICTED.match(unit):
        restrictions = _EITHER.split(match[1])
        parts += restrictions[:-1] or restrictions  # what follows the last comma is the main clause
    wanted = [frozenset(terms(part)) for part in parts]
    wanted = [words for words in wanted if words]
    return bool(wanted) and not any(len(words & said) * 2 >= len(words) for words in wanted)


def _has_other_subject(said: tuple[str, ...], unit: str, piece: frozenset[str]) -> bool:
    """Whether the statement is about all of something of which the unit takes a kind, or one side."""
    words = re.findall(r"[\w./'’-]+", unit)
    if words and words[0].lower() in _ARTICLES:
        words = words[1:]
    stems = [frozenset(terms(word)) for word in words]
    place = next((at for at, parts in enumerate(stems) if said[0] in parts), None)
    if not place or piece & frozenset[str]().union(*stems[:place]):
        return False
    kind = words[place - 1]
    if place <= 2 and ("-" in kind or _ADJECTIVE.search(kind)) and words[place][0].islower():
        return True
    behind = [word.lower() for word in words[:place] if word.lower() not in _ARTICLES]
    return behind[-1:] == ["of"]
