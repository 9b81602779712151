"""Amounts as guides write them: "two hours", "$200", "50–60 questions", "3+ years". No amount, no value: None."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.read.guides.blueprint import Fee

_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS: dict[str, float] = {word: at + 1 for at, word in enumerate(_SMALL)}
_WORDS |= {"half": 0.5, "a": 1, "an": 1, "thirty": 30, "forty-five": 45, "sixty": 60, "ninety": 90}
_COUNT = rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}})?|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_HOURS = re.compile(
    rf"\b({_COUNT})(?:\s?\(\d+\))?[\s-]*(?:h|hrs?|hours?)\b\.?(?:\s*(?:and\s)?(\d{{1,2}})\s?(?:min|minutes?)\b)?", re.I
)
_MINUTES = re.compile(rf"\b({_COUNT})(?:\s?\(\d+\))?[\s-]*(?:min|mins|minutes?)\b", re.I)
_CURRENCIES = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "A$": "AUD", "C$": "CAD"}
_CODES = "USD|EUR|GBP|JPY|INR|AUD|CAD|CHF|SGD|BRL|CNY"
_MONEY = re.compile(
    rf"(?P<sign>US\$|A\$|C\$|[$€£¥₹])\s?(?P<a>\d[\d,]*(?:\.\d{{1,2}})?)(?:\s?(?P<code_a>{_CODES})\b)?"
    rf"|\b(?P<code_b>{_CODES})\s?[$€£¥₹]?\s?(?P<b>\d[\d,]*(?:\.\d{{1,2}})?)"
    rf"|\b(?P<c>\d[\d,]*(?:\.\d{{1,2}})?)\s?(?P<code_c>{_CODES}|US dollars?|dollars?|euros?)\b",
    re.I,
)
_TAX = re.compile(
    r"(?:\(\s*)?((?:plus|excluding|including|incl\.|excl\.|\+)\s[^().;\n]{0,60}\b(?:tax|taxes|VAT|GST)\b[^().;\n]{0,60})",
    re.I,
)
_RANGE = re.compile(r"\b(\d{1,4})\s?(?:-|–|—|to)\s?(\d{1,4})\b")
_ONE = re.compile(r"\b(\d{1,4})\b(?!\s?(?:%|min|hour|point))", re.I)
_SPAN = re.compile(
    rf"\b({_COUNT})\s?\+?\s?(?:\(\d+\)\s?)?(?:or more|to \d+|[-–]\s?\d+)?[\s-]*(years?|yrs?|months?)\b", re.I
)
_YEARLY = re.compile(r"\b(?:annually|every year|yearly|one-year)\b", re.I)
_DAYS_BEFORE = re.compile(rf"\b({_COUNT})[\s-]days?\b[^.;\n]{{0,40}}\b(?:prior|before|ahead)\b", re.I)


def minutes_in(text: str) -> int | None:
    """A length of time, in minutes."""
    if hours := _HOURS.search(text):
        return round(60 * _number(hours[1])) + int(hours[2] or 0)
    found = _MINUTES.search(text)
    return round(_number(found[1])) if found else None


def fee_in(text: str) -> Fee | None:
    """A sum of money with its currency, and what is said about taxes."""
    found = _MONEY.search(text)
    if not found:
        return None
    amount = float((found["a"] or found["b"] or found["c"]).replace(",", ""))
    code = (found["code_a"] or found["code_b"] or found["code_c"] or "").upper()
    if code not in _CODES.split("|"):
        code = _CURRENCIES.get((found["sign"] or "").upper()) or ("EUR" if code.startswith("EURO") else "USD")
    tax = _TAX.search(text)
    return Fee(amount, code, tax[1].strip() if tax else None)


def count_in(text: str) -> tuple[int, int] | None:
    """A count or a range of counts, as its two ends."""
    if both := _RANGE.search(text):
        low, high = int(both[1]), int(both[2])
        return (low, high) if low <= high else None
    one = _ONE.search(text)
    return (int(one[1]), int(one[1])) if one else None


def years_in(text: str) -> float | None:
    """The first span of years, months as parts of one."""
    span = next(spans_in(text), None)
    if span:
        return span[0]
    return 1.0 if _YEARLY.search(text) else None


def spans_in(text: str) -> Iterator[tuple[float, str]]:
    """Spans of years with the words behind each, up to the next."""
    found = list(_SPAN.finditer(text))
    for span, after in zip(found, [*found[1:], None], strict=False):
        number = _number(span[1])
        years = number if span[2].lower().startswith("y") else number / 12
        yield round(years, 2), text[span.end() : after.start() if after else len(text)]


def days_before_in(text: str) -> int | None:
    """How many days before something."""
    found = _DAYS_BEFORE.search(text)
    return round(_number(found[1])) if found else None


def _number(text: str) -> float:
    return _WORDS.get(text.lower()) or float(text.replace(",", "."))
