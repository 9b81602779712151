"""A host's robots.txt in, what it lets us fetch out (RFC 9309): the longest rule that fits a path decides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

MOST_RULES = 5000
LONGEST_DELAY = 30.0
"""Seconds; a host that asks for more is waited for no longer."""

_FIELD = re.compile(r"\s*(user-agent|allow|disallow|crawl-delay)\s*:\s*([^#]*)", re.I)


@dataclass(frozen=True)
class Robots:
    """The rules that hold for us."""

    rules: tuple[tuple[str, bool], ...] = ()
    """Path patterns, and whether they allow."""
    delay_seconds: float = 0.0

    def allows(self, path: str) -> bool:
        """Whether a path, with its query, may be fetched."""
        path = _plain(path)
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, path)]
        return max(fitting, default=(0, True))[1]


NOTHING_SAID = Robots()
NOTHING_ALLOWED = Robots((("/", False),))


def parse_robots(text: str, agent: str) -> Robots:
    """Read the group of rules for `agent`, or else the one for all."""
    groups: dict[str, list[tuple[str, str]]] = {}
    current: list[str] = []
    naming = False
    for line in text.splitlines()[:MOST_RULES]:
        match = _FIELD.match(line)
        if not match:
            continue
        field, value = match[1].lower(), match[2].strip()
        if field == "user-agent":
            current = [*current, value.lower()] if naming else [value.lower()]
            groups.setdefault(value.lower(), [])
        else:
            for name in current:
                groups[name].append((field, value))
        naming = field == "user-agent"
    ours = next((rules for name, rules in groups.items() if name and name != "*" and name in agent.lower()), None)
    return _robots(groups.get("*", []) if ours is None else ours)


def _robots(fields: list[tuple[str, str]]) -> Robots:
    rules = tuple((_plain(value), field == "allow") for field, value in fields if field != "crawl-delay" and value)
    delays = [value for field, value in fields if field == "crawl-delay"]
    delay = float(delays[0]) if delays and re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", delays[0]) else 0.0
    return Robots(rules, min(delay, LONGEST_DELAY))


def _plain(path: str) -> str:
    """One spelling for paths that differ only in what they escape."""
    return quote(unquote(path), safe="/*$?=&:;,+@!'()~%")


def _fits(pattern: str, path: str) -> bool:
    """Whether a pattern with `*` for anything and a closing `$` for the end matches the start of a path."""
    ends = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    for number, part in enumerate(rest):
        if ends and number == len(rest) - 1:
            return len(path) - len(part) >= place and path.endswith(part)
        found = path.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return place == len(path) if ends else True
