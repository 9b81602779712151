"""Vocabularies as people can read them: one pattern a line in, one regular expression out."""

from __future__ import annotations

import re


def any_of(patterns: str) -> str:
    """Join the patterns of a text block, one a line, into alternatives."""
    return "|".join(line.strip() for line in patterns.strip().split("\n"))


def compiled(patterns: str) -> re.Pattern[str]:
    """The same as an expression that ignores case."""
    return re.compile(any_of(patterns), re.I)
