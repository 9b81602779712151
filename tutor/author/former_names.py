"""A text with former names of products in; the same text with as many of them as help a reader out.

Models and pages name a product's former name in brackets wherever it helps there. An item needs it once at most, and
hardly where the platform's name alone has changed: whoever knows one name knows the other.
"""

from __future__ import annotations

import random
import re

PLATFORM_SHARE = 0.1
"""How often a stem says what the platform itself was called."""

_FORMER = re.compile(r" \(formerly ([^()]*)\)")
_PLATFORM = re.compile(r"(?:a )?Vertex AI\b")


def without_former_names(text: str) -> str:
    """The text without any."""
    return _FORMER.sub("", text)


def without_platform_names(text: str) -> str:
    """The text without those in which the platform's name alone has changed."""
    return _FORMER.sub(lambda found: "" if _PLATFORM.match(found[1]) else found[0], text)


def with_one_former_name(text: str, chance: random.Random) -> str:
    """The text with the first that helps; one of the platform now and then."""
    names_platform = chance.random() < PLATFORM_SHARE
    found = [one for one in _FORMER.finditer(text) if names_platform or not _PLATFORM.match(one[1])]
    if not found:
        return without_former_names(text)
    kept = found[0]
    before, behind = without_former_names(text[: kept.start()]), without_former_names(text[kept.end() :])
    return f"{before}{kept[0]}{behind}"
