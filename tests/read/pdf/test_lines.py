from __future__ import annotations

import pytest

from tutor.read.pdf.lines import lines_of
from tutor.read.pdf.pen import Word


def line(*words: Word):
    (only,) = lines_of(words)
    return only


def word(text, left, right, base=700.0, size=10.0, **style):
    return Word(text, left, right, base, size, **style)


@pytest.mark.parametrize(
    ("raised", "text"),
    [("6", "10^6"), ("BETA", "10BETA"), ("nd", "10nd")],
)
def test_raised_words_join_the_number_before_them(raised, text):
    assert line(word("10", 72, 84), word(raised, 84.5, 90, 704, 6)).text == text


def test_raised_words_are_parted_from_the_word_before_them():
    assert line(word("Engineer", 72, 110), word("BETA", 110.5, 120, 704, 6)).text == "Engineer BETA"
    assert line(word("H", 72, 79), word("2", 79.2, 82, 697, 6), word("O", 82.2, 89)).text == "H2O"


def test_pieces_of_a_word_are_joined_and_doubles_count_once():
    assert line(word("ket", 72, 86), word("tle", 86.2, 98)).text == "kettle"
    assert line(word("kettle", 72, 98), word("kettle", 72.3, 98.3), word("lid", 101, 110)).text == "kettle lid"


def test_wide_gaps_part_lines_but_not_a_bullet_from_its_text():
    assert [one.text for one in lines_of([word("left", 72, 90), word("right", 130, 150)])] == ["left", "right"]
    entry = line(word("●", 72, 78), word("text", 100, 118))
    assert (entry.marker, entry.text, entry.text_left) == ("●", "text", 100)
    assert line(word("1.", 72, 80), word("text", 100, 118)).text == "1. text"


@pytest.mark.parametrize(
    ("first", "marker"),
    [
        (word("\uf0b7", 72, 76), "\uf0b7"),
        (word("§", 72, 76, symbol=True), "§"),
        (word("o", 72, 78, mono=True), "o"),
        (word("–", 72, 78), "–"),
        (word("A", 72, 78), ""),
        (word("-5", 72, 82), ""),
    ],
)
def test_bullets_of_all_makes_are_told(first, marker):
    assert line(first, word("text", first.right + 10, 130)).marker == marker


def test_links_stand_around_the_words_that_share_them():
    linked = {"link": "https://example.org/"}
    text = line(
        word("see", 72, 84), word("the", 87, 97, **linked), word("page", 100, 118, **linked), word(".", 118, 120)
    ).text
    assert text == "see [the page](https://example.org/)."


def test_a_line_of_one_bold_word_is_not_bold():
    assert not line(word("Note:", 72, 90, bold=True), word("text", 93, 110)).bold
    assert line(word("●", 72, 78), word("text", 100, 118, bold=True)).bold
