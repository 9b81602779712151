"""Damaged input: an extract or an `InputError` comes of it, in bounded time."""

from __future__ import annotations

import os
import time
from contextlib import suppress

import pytest

from tests.read.fuzz import fuzz
from tutor.errors import InputError
from tutor.read.extract import extract

PATTERNS = [
    "<div>", "<ul><li>", "<table><tr><td>", "<p hidden>", "<button aria-controls=a>x",
    "<div role=tab aria-controls=a id=a>x</div>", "<style>a{", "<!--", "<a href=x>", "<dl><dt>a<dd>b",
    "<details><summary>a", "&amp;", "<", "[", "](", "[a][b]", "![a](b)", "[a]: http://x\n", "http://a[", "<<a,",
    "` ", "`a``b", "*a ", "**a", "_a ", "# a", "#", "|a", "|a|b\n|-|-|\n", " |", "- a\n", "  - a\n    - b\n",
    "= ", "== a\n", "=", ":a: {a}{a}\n", "a:: b\n", ". a\n", "    ", "a\tb\n", "● ", "●\n", "word\n", "> ",
    "â€™", "Ã", "\u00ad", "e\u0301", "```\n", "'''\n", "1. a\n", "{", "\\", "a b c d\n", "- a\n  b\n b",
    "<script></script>a", "<button>x</button>y", "<b hidden>x</b>y", "|a\nb\n", "<div class=menu>x</div>",
    "<main>a", "a -\nb",
]  # fmt: skip


def test_damaged_files_raise_nothing_of_their_own():
    result = fuzz(int(os.environ.get("FUZZ_COUNT", "400")))
    assert result.failures == []
    assert sum(tally.read for tally in result.tallies.values()) > 150, "most files were damaged beyond reading"
    assert sum(tally.refused for tally in result.tallies.values()) > 50, "most files were hardly damaged"


@pytest.mark.slow
@pytest.mark.timeout(1800)  # three minutes of the processor, more on a machine with other work
def test_ten_thousand_damaged_files_raise_nothing_of_their_own():
    assert fuzz(10_000, seed=1).failures == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["x.md", "x.adoc", "x.html", "x.txt", "x.py"])
def test_long_repetitions_take_no_more_than_linear_time(name):
    """Anything quadratic takes minutes at this size."""
    for pattern in PATTERNS:
        text = ("<html><body>" if name == "x.html" else "") + pattern * (400_000 // len(pattern))
        begun = time.process_time()
        with suppress(InputError):
            extract(text.encode(), name=name)
        assert time.process_time() - begun < 10, f"{pattern!r} as {name}"
