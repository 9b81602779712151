"""A clause in; what it denies, and what it claims beyond the plain fact (`all`, `must`, `best`), out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from tutor.index.terms import stem, terms

DENIAL_REACH = 3
"""How many words behind a "not" it may be about."""

_DENIAL = re.compile(
    r"\b(?:(?P<verb>(?:do|does|did|is|are|was|were|be|been|has|have|had|can|could|will|would|should|must|may|might|need)"
    r"(?:\s+not|\s+never|n['’]t)|can['’]t|won['’]t|cannot|never|(?:is|are|be)\s+no)"
    r"|(?P<behind>mislead\w*|useless|invalid|unsuitable|wrong|nothing|nobody|nowhere)"
    r"|(?P<side>(?:speak|decid|advis|argu|count)\w*\s+against|not|no|none|neither|nor|without"
    r"|instead\s+of|rather\s+than|avoid\w*))\b",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(r"\b(?:not only|no (?:more|later|less|fewer) than|whether or not|not just)\b", re.IGNORECASE)
_NOT_ALONE = re.compile(r"\bnot only\b", re.IGNORECASE)
_BOUND = re.compile(r"[,;:.|]|\b(?:and|but|because|so|while)\b", re.IGNORECASE)

_ADMITTED_BY = {
    "all": r"all|every|each|any|whatever|whichever|whoever|everything|entire|whole|always",
    "only": r"only|alone|solely|exclusively|just",
    "must": r"must|needs?|needed|requir\w*|ha(?:s|ve) to|necessary|mandatory|obligatory|depends on",
    "most": r"at most|up to|maxim\w*|largest|longest|highest|limit\w*|no more than|ceiling|below|under|or smaller",
    "least": r"at least|minim\w*|smallest|lowest|shortest|as few as|no (?:less|fewer) than|or larger|from \d",
    "default": r"default\w*|unless|unset",
    "best": r"best|first|better|recommended|prefer\w*",
    "worst": r"worst|worse",
    "cheap": r"cheap\w*|discount\w*|less expensive|low(?:er)? price|saves?|inexpensive|costs? (?:less|nothing)|free",
    "fast": r"fast\w*|quick\w*|low latency|lower latency|speed\w*",
    "slow": r"slow\w*",
    "last": r"last|latest|newest|final",
    "first": r"first|earliest|oldest|begin\w*|start\w*",
    "large": r"larger|bigger|more|higher|longer|above|exceeds?|beyond|over|greater",
    "small": r"smaller|fewer|less|lower|shorter|below|under",
}
"""For each claim, the words of evidence that allow it."""
_MADE_BY = {
    "all": r"(?:all|every|each|any|everything|always)"
    r"(?! (?:second|minute|hour|day|night|week|month|year|time))",
    "only": r"only|alone|solely|exclusively",
    "must": r"must|mandatory|obligatory",
    "most": r"at most|maxim\w*|largest|longest|highest",
    "least": r"at least|minim\w*|smallest|lowest|as few as",
    "default": r"default",
    "best": r"best|better|preferred",
    "worst": r"worst|worse",
    "cheap": r"cheap\w*",
    "fast": r"faster|fastest",
    "slow": r"slower|slowest",
    "last": r"last",
    "first": r"first",
    "large": r"larger|bigger|higher|longer|greater|older",
    "small": r"smaller|fewer|shorter",
}
"""For each claim, the words of a statement that make it."""


def _words(either: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-]| other\b)", re.IGNORECASE)


_ADMITTED = {name: _words(either) for name, either in _ADMITTED_BY.items()}
_MADE = {name: _words(either) for name, either in _MADE_BY.items()}
_ALL = _words(_MADE_BY["all"])
_THAN = _words("than")

_PAIRS = """raise/lower rise/fall increase/decrease increase/lower raise/decrease grow/shrink large/small larger/smaller
more/less more/fewer many/few high/low higher/lower upper/lower long/short longer/shorter fast/slow faster/slower
first/last before/after above/below on/off true/false fixed/changed fixed/change delete/keep remove/keep drop/keep
remain/disappear enable/disable enabled/disabled include/exclude allow/prevent allow/forbid let/prevent local/global
public/private online/batch static/dynamic internal/external explicit/implicit synchronous/asynchronous cheap/expensive
overfitting/underfitting cheaper/dearer maximum/minimum reversible/irreversible managed/self-managed start/stop
start/end open/closed supported/unsupported active/inactive better/worse best/worst same/different always/sometimes
automatic/manual automatically/manually inside/outside early/late new/old newest/oldest begin/end"""


def _both_ways(pairs: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for one, other in (map(stem, pair.split("/")) for pair in pairs.split()):
        found[one] = found.get(one, frozenset()) | {other}
        found[other] = found.get(other, frozenset()) | {one}
    return found


OPPOSITES = _both_ways(_PAIRS)
"""For each word, as a search term, those that say the opposite."""


@dataclass(frozen=True)
class Denial:
    """A "not" and what it may be about."""

    reach: frozenset[str]
    """The next words behind it, up to where the clause ends; where it judges, as `misleads` does, all of the clause."""
    first: str
    clause: frozenset[str]
    """All words of its clause."""
    is_whole: bool
    """Whether it denies the clause, rather than one thing in it."""

    def is_about(self, said: frozenset[str]) -> bool:
        """Whether what it denies is spoken of by these words."""
        shared = len(self.reach & said)
        enough = shared * 2 > len(self.reach) if self.reach == self.clause else shared * 2 >= len(self.reach) > 0
        return enough and (self.first in said or (self.is_whole and shared > 1))

    def is_like(self, other: Denial) -> bool:
        """Whether both may deny the same."""
        if self.reach & other.reach:
            return True
        shorter = min(len(self.clause), len(other.clause))
        return (self.is_whole or other.is_whole) and len(self.clause & other.clause) * 2 >= shorter > 0


def denials(text: str) -> list[Denial]:
    """What a text denies, one record for each "not"."""
    return list(_denials(_NO_DENIAL.sub(" ", text)))


def _denials(text: str) -> Iterator[Denial]:
    for match in _DENIAL.finditer(text):
        begin = max((bound.end() for bound in _BOUND.finditer(text, 0, match.start())), default=0)
        bound = _BOUND.search(text, match.end())
        end = bound.start() if bound else len(text)
        before, after = tuple(terms(text[begin : match.start()])), tuple(terms(text[match.end() : end]))
        reach = before + after if match["behind"] else after[:DENIAL_REACH]
        first = reach[0] if reach else ""
        yield Denial(frozenset(reach), first, frozenset(before + after), match["side"] is None)


def overstates(clause: str, evidence: str) -> bool:
    """Whether a clause claims what the evidence does not: that it holds for all, must be so, is better than others …"""
    clause, evidence = _NOT_ALONE.sub(" ", clause), _NOT_ALONE.sub(" ", evidence)
    made = {name for name, words in _MADE.items() if words.search(clause)}
    admitted = {name for name, words in _ADMITTED.items() if words.search(evidence)}
    if evidence.lstrip().startswith("|"):
        admitted.add("default")  # which stands in the table's head
    return not made <= admitted or any(_speaks_of_others(words, clause, evidence) for words in (_ALL, _THAN))


def _speaks_of_others(words: re.Pattern[str], clause: str, evidence: str) -> bool:
    """Whether "all" or "than" stands before something else than in the evidence."""
    if re.search(r"\balways\b", evidence):
        return False
    there = [_following(evidence, match.end()) for match in words.finditer(evidence)]
    here = [_following(clause, match.end()) for match in words.finditer(clause)]
    return any(not any(one & other for other in there) for one in here if one)


def _following(text: str, place: int) -> frozenset[str]:
    return frozenset(islice(terms(text[place:]), 2))
