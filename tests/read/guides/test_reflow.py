import textwrap

from hypothesis import given
from hypothesis import strategies as st

from tutor.read.guides.reflow import reflow, wrap_width

LONG = (
    "- Choose the kind of compute for a task, so that neither time nor money is wasted (e.g., serverless, job "
    "clusters, all-purpose clusters) and so that others can run it again"
)


def joined(text):
    return [logical.text for logical in reflow(text.split("\n"))]


@given(st.integers(40, 100))
def test_wrapping_at_any_width_is_undone(width):
    wrapped = textwrap.fill(LONG, width, subsequent_indent="  ", break_on_hyphens=False)
    assert joined(f"{wrapped}\n{wrapped}\n- short") == [LONG, LONG, "- short"]


def test_an_open_bracket_goes_on_over_a_blank_line():
    assert joined("- Models (e.g., ARIMA,\n\nDNN) by need\n- Cost") == ["- Models (e.g., ARIMA, DNN) by need", "- Cost"]


def test_a_bracket_that_is_never_closed_does_not_swallow_the_rest():
    assert joined("- Models (e.g., ARIMA\n- Cost\n# Next") == ["- Models (e.g., ARIMA", "- Cost", "# Next"]


def test_capitals_go_on_only_where_the_line_was_full():
    prose = (
        "Write efficient code to apply transformations, including window functions and joins, and to analyze tables. "
    )
    text = (
        textwrap.fill(f"- {prose * 3}", 80)
        + "\nIt ends with the name that Another Vendor gave to the thing it once sold"
        + "\nVendors forget.\nShort Title\nOther Title"
    )
    assert wrap_width(text.split("\n")) is not None
    assert joined(text)[-2:] == ["Short Title", "Other Title"]
    assert joined(text)[-3].endswith("it once sold Vendors forget.")


def test_text_with_long_lines_is_not_hard_wrapped():
    assert wrap_width(["word " * 40, "short"]) is None


def test_a_hyphen_at_the_end_joins_without_a_blank():
    assert joined("- Design cost-\noptimized systems") == ["- Design cost-optimized systems"]


def test_a_label_ends_what_stands_before_it():
    assert joined("Considerations include:\nBuilding models") == ["Considerations include:", "Building models"]


def test_gaps_are_remembered():
    assert [logical.gap for logical in reflow(["a", "", "B", "C"])] == [False, True, False]
