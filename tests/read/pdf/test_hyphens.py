from __future__ import annotations

import time

import pytest

from tutor.read.pdf.hyphens import Joiner


@pytest.mark.parametrize(
    ("lines", "elsewhere", "whole"),
    [
        (["the respon-", "sibilities of"], "", "the responsibilities of"),
        (["a low-", "code kettle"], "low code", "a low-code kettle"),
        (["a low-", "code kettle"], "lowcode", "a lowcode kettle"),
        (["a pre-", "heated kettle"], "pre-heated", "a pre-heated kettle"),
        (["the for-", "mation of"], "for mation", "the formation of"),
        (["the Vertex-", "AI page"], "", "the Vertex-AI page"),
        (["train/", "serve skew"], "", "train/serve skew"),
        (["hhmm", "- a dash"], "", "hhmm - a dash"),
        (["YYMM-", "hhmm"], "", "YYMM-hhmm"),
        (["one", "two"], "", "one two"),
    ],
)
def test_words_at_the_end_of_a_line_are_made_whole(lines, elsewhere, whole):
    assert Joiner([*lines, elsewhere]).join(lines) == whole


def test_a_document_that_breaks_no_words_ends_lines_with_compounds():
    lines = ["an industry-", "specific kettle", *["and other lines"] * 80]
    assert Joiner(lines).join(lines[:2]) == "an industry-specific kettle"


def test_a_line_of_letters_without_end_takes_no_longer_than_others():
    """Looked through from every letter on, it takes a quarter of a minute."""
    lines = ["a" * 200_000, "b" * 200_000 + "-", "c" * 200_000]
    begun = time.process_time()
    assert len(Joiner(lines).join(lines)) > 600_000
    assert time.process_time() - begun < 1
