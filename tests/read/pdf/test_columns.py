from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.read.pdf.columns import flows
from tutor.read.pdf.lines import lines_of
from tutor.read.pdf.pen import Word

LEFT = ["the", "left", "column", "has", "lines", "that", "go", "on"]
RIGHT = ["and", "the", "right", "one", "has", "them", "as", "well"]


def words(texts, left, top, *, step=12.0, size=10.0):
    return [
        Word(word, left + 24 * place, left + 24 * place + 20, top - step * number, size)
        for number, text in enumerate(texts)
        for place, word in enumerate(text)
    ]


def columns(*, top=700.0):
    return words([LEFT] * 8, 72, top) + words([RIGHT] * 8, 330, top)


def texts(found):
    return [[line.text for line in flow] for flow in found]


def test_columns_are_read_one_after_the_other():
    assert texts(flows(lines_of(columns()))) == [[" ".join(LEFT)] * 8, [" ".join(RIGHT)] * 8]


def test_a_line_over_both_is_read_before_them():
    spanning = words([["A"] * 20], 72, 730)
    assert texts(flows(lines_of(columns() + spanning)))[0] == [" ".join("A" * 20)]


def test_rows_of_a_table_are_no_columns():
    cells = [
        word
        for row in range(6)
        for left, text in ((72, ["a", "cell", "of", "some", "length"]), (330, ["another", "such", "cell"]))
        for word in words([text], left, 700 - 30 * row)
    ]
    assert len(list(flows(lines_of(cells)))) == 1


def test_short_cells_are_no_columns():
    cells = words([["Domain"]] * 8, 72, 700) + words([["30%"]] * 8, 330, 700)
    assert len(list(flows(lines_of(cells)))) == 1


@settings(max_examples=30, deadline=None)
@given(st.randoms())
def test_the_order_in_which_words_are_drawn_does_not_matter(chance):
    drawn = columns() + words([["A"] * 20], 72, 730)
    expected = texts(flows(lines_of(drawn)))
    chance.shuffle(drawn)
    assert texts(flows(lines_of(drawn))) == expected
