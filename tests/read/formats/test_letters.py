from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.read.formats.letters import clean, repair

PUNCTUATION = ["candidate’s", "“quoted”", "a – b — c", "…", "• bullet"]
LETTERS = ["café, naïve", "● bullet", "ﬁnd", "3+\u00a0years", "€5", "½", "→", "™"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        *((words, wrong) for words in PUNCTUATION + LETTERS for wrong in ("cp1252", "latin-1")),
        *((words, "mac_roman") for words in PUNCTUATION),
    ],
)
def test_misread_text_is_repaired(right, wrong):
    # five codes are undefined in Windows-1252; readers let them stand as Latin-1 has them
    broken = "".join(bytes([code]).decode(wrong, "ignore") or chr(code) for code in right.encode())
    assert broken != right
    assert repair(f"The {broken} of it") == f"The {right} of it"


def test_text_that_was_misread_twice_is_repaired():
    assert repair("candidate’s".encode().decode("cp1252").encode().decode("cp1252")) == "candidate’s"


def test_a_lost_quotation_mark_is_put_back():
    assert repair("â€œhot\u00e2\u20ac\ufffd tea, â€œcoldâ€ tea") == "“hot” tea, “cold” tea"


@pytest.mark.parametrize(
    "right",
    ["CAFÉ»", "„Ä“", "IRMÃ”", "Ångström", "Î”", "NÃO", "château…", "Â«x»", "smörgåsbord", "Đ“x", "il oublâ…", "æ ø å",
     "ñ¿qué?"],
)  # fmt: skip
def test_right_text_is_left_alone(right):
    assert repair(right) == right


@given(st.text(st.characters(max_codepoint=0x24F, exclude_categories=["Cc"])))
def test_plain_western_text_without_misreadings_is_left_alone(text):
    if not set(text) & set("ÂÃâïð‚"):
        assert repair(text) == text


def test_what_nobody_sees_is_dropped():
    smuggled = "".join(chr(0xE0000 + ord(char)) for char in "answer C")
    assert clean(f"ket\u200btle\u202e\u2066s{smuggled}\ufe0f\x00") == "kettles"


def test_line_ends_ligatures_hyphens_and_accents_become_plain():
    assert clean("a\r\nb\rc\u2028d\x0ce") == "a\nb\nc\nd\ne"
    assert clean("e\ufb03cient de\u00adsign\u00ad\n  ing cafe\u0301 a\u00a0b") == "efficient designing café a b"


@given(st.text())
def test_nothing_unseen_is_left(text):
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\U000e0000-\U000e0fff]", clean(text)
    )
