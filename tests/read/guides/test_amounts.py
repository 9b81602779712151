import pytest

from tutor.read.guides.amounts import count_in, days_before_in, fee_in, minutes_in, spans_in, years_in
from tutor.read.guides.blueprint import Fee


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("Two hours", 120),
        ("2 hours", 120),
        ("1 hour 45 minutes", 105),
        ("1.5 hours", 90),
        ("120 mins", 120),
        ("90-minute", 90),
        ("approximately two (2) hours", 120),
        ("3 hrs", 180),
        ("one-hour time limit", 60),
        ("no time", None),
    ],
)
def test_lengths(text, minutes):
    assert minutes_in(text) == minutes


@pytest.mark.parametrize(
    ("text", "fee"),
    [
        ("$200 (plus tax where applicable)", Fee(200, "USD", "plus tax where applicable")),
        (
            "$70.50 USD, plus locally applicable taxes and fees",
            Fee(70.5, "USD", "plus locally applicable taxes and fees"),
        ),
        ("USD 1,200", Fee(1200, "USD")),
        ("US$ 245", Fee(245, "USD")),
        ("€165", Fee(165, "EUR")),
        ("150 euros", Fee(150, "EUR")),
        ("GBP 201.69", Fee(201.69, "GBP")),
        ("free", None),
    ],
)
def test_fees(text, fee):
    assert fee_in(text) == fee


@pytest.mark.parametrize(
    ("text", "count"),
    [("50-60", (50, 60)), ("100 – 150", (100, 150)), ("65", (65, 65)), ("Maximum of 90", (90, 90)), ("60-50", None)],
)
def test_counts(text, count):
    assert count_in(text) == count


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("two years", 2),
        ("18 months", 1.5),
        ("6+ months", 0.5),
        ("3+ years", 3),
        ("five years", 5),
        ("annually", 1),
        ("once", None),
    ],
)
def test_years(text, years):
    assert years_in(text) == years


def test_spans_come_with_the_words_behind_them():
    spans = list(spans_in("3+ years of work including 1 or more years with Google Cloud"))
    assert spans == [(3, " of work including "), (1, " with Google Cloud")]


def test_days_before_something():
    assert days_before_in("starting 60 days prior to your expiration") == 60
    assert days_before_in("within 30 days after the exam") is None
