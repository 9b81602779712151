"""The lines of a guide outside its outline in, the facts about sitting the exam out.

A fact is stated as "Length: Two hours", as a table row, as a heading with its value below, or in a sentence. Stated
facts come before sentences. A label counts only if its value can be read: "Language: English" is a fact, "Language
models" none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tutor.read.guides.amounts import days_before_in, fee_in, minutes_in, spans_in, years_in
from tutor.read.guides.blueprint import Delivery, Facts, Resource
from tutor.read.guides.exam_terms import (
    code_in,
    delivery_kind,
    experience_in,
    formats_in,
    languages_in,
    passing_score_in,
    prerequisites_in,
    questions_in,
    unscored_in,
)
from tutor.read.guides.lines import Line

LONGEST_LABEL = 60
LONGEST_LIST = 8
LONGEST_SENTENCE = 600
"""A fact stands near the beginning of its sentence, or in no sentence at all."""

_EXAM = r"(?:(?:exam(?:ination)?|test|total|certification|assessment|scored|official|registration)\s)*"
_SPACED_LABEL = re.compile(
    r"^(length of (?:exam|test)|duration|number of (?:questions|items)|types of questions|passing (?:score|grade)|price"
    r"|language|assessment type|format|expiration|recommended experience|required exam|exam language availability"
    r"|time limit)\s+(?=[A-Z0-9$])(.+)$",
    re.I,
)
"""Labels that tables leave behind without a colon when their cells are run together."""
_DELIVERY_LABEL = re.compile(
    rf"{_EXAM}(?:delivery(?: methods?| options?| format)?|format)|test(?:ing)?(?: cent(?:er|re)s?| methods?)?", re.I
)
_SENTENCE_ON_DELIVERY = re.compile(r"take the (?:online|on-?site|remote)|.{0,40}\bdelivered (?:online|onsite)", re.I)
_SENTENCE_BREAK = re.compile(r"(?<=[a-z0-9)][.!?])\s+(?=[A-Z])")
_EXCEPTIONAL = re.compile(r"\b(?:additional|extra|retake|resched\w+|cancel\w*|late|arrive|discount|voucher)\b", re.I)
"""Sentences about exceptions: "you can request an additional 30 minutes"."""


@dataclass(frozen=True)
class _Fact:
    """How a guide says one fact."""

    name: str
    read: Callable[[str], Any]
    labels: re.Pattern[str]
    sentence: re.Pattern[str] | None = None
    """What a sentence must look like to be read for the fact; a group in it is what is read."""


def _fact(name: str, read: Callable[[str], Any], labels: str, sentence: str | None = None) -> _Fact:
    return _Fact(name, read, re.compile(labels, re.I), re.compile(sentence, re.I) if sentence else None)


_FACTS = (
    _fact("exam_code", code_in, rf"{_EXAM}(?:code|number|id|version)|required exam"),
    _fact(
        "length_minutes",
        minutes_in,
        rf"{_EXAM}(?:length|duration|time(?: limit| allowed| allotted.*)?)(?: of (?:the )?(?:exam|test))?",
        r"(?=.*\b(?:minutes?|mins?|hours?|hrs)\b)"
        r".*\b(?:exam|test|assessment|candidates|time limit|questions|you (?:will )?have)\b",
    ),
    _fact(
        "fee",
        fee_in,
        rf"{_EXAM}(?:fee|cost|price|pricing)s?",
        r"(?=.*\b(?:fee|costs?|price)\b).*(?:[$€£¥₹]|USD|EUR|GBP)|\s*(?:US)?[$€£]\s?\d+(?:\.\d\d)?\s*$",
    ),
    _fact(
        "questions",
        questions_in,
        rf"{_EXAM}(?:number of |no\. of |# of )?(?:scored )?(?:questions|items)|{_EXAM}(?:content|format)"
        r"|number of .{0,20}(?:questions|items)|questions? format",
        r"(?!.*\bsample\b)(?=.*\d).*\b(?:questions?|items|tasks)\b",
    ),
    _fact(
        "formats",
        formats_in,
        rf"{_EXAM}(?:(?:question|item)s? )?(?:formats?|types?)(?: of (?:questions|items))?|types? of questions|content"
        r"|assessment type",
    ),
    _fact(
        "languages",
        languages_in,
        rf"{_EXAM}(?:available )?languages?(?: availability| offered| available)?|available in|{_EXAM}availability",
        r"(?=.*\b(?:available|offered) in\b|.*\blanguages?\b).*\b(?:English|Japanese)\b",
    ),
    _fact(
        "prerequisites",
        prerequisites_in,
        r"pre-?requisites?(?: for .{0,40})?|required (?:pre-?requisites?|certifications?)",
        r".{0,200}?(\bno (?:formal )?prerequisites?\b)",
    ),
    _fact(
        "experience",
        experience_in,
        r"(?:recommended |required |suggested |work |hands-on )*experience(?: level)?|recommendations?",
        r"(?=.*\bexperience\b).*\b(?:years?|months?)\b",
    ),
    _fact(
        "passing_score",
        passing_score_in,
        rf"{_EXAM}(?:minimum )?(?:passing|pass|cut)[ -]?(?:score|grade|mark|rate)?(?: required)?|score to pass",
        r".{0,300}?(?:passing score (?:for .{0,40} )?is (\d[\d,]*(?: (?:out )?of \d[\d,]*|%)?)"
        r"|score of (\d[\d,]*) or (?:greater|higher|more)|(\d{2}% (?:cut |passing )?score)"
        r"|(\d{2}%) (?:score )?to pass)",
    ),
    _fact(
        "validity_years",
        years_in,
        rf"{_EXAM}(?:validity|expiration|expiry)(?: period)?|(?:credential |certification )?valid (?:for|period)",
        r".{0,300}?(\bvalid for (?:a period of )?[\w-]+ (?:\(\d\) )?(?:years?|months?)"
        r"|\bexpires? (?:annually|after [\w-]+ (?:years?|months?)))",
    ),
    _fact(
        "renewal_days_before_expiry",
        days_before_in,
        r".{0,40}(?:renewal|recertification).{0,30}",
        r".*(?:recertif|renew|expir)",
    ),
)


@dataclass(frozen=True)
class _Stated:
    """A label with its value, and the list below."""

    label: str
    value: str
    below: tuple[Line, ...]
    links: tuple[Resource, ...]


def read_facts(lines: Sequence[Line], title: str | None = None) -> Facts:
    """Read the facts; what is not stated stays empty."""
    stated = list(_stated(lines))
    sentences = [each[:LONGEST_SENTENCE] for line in lines for each in _SENTENCE_BREAK.split(line.full)]
    found = {fact.name: _find(fact, stated, sentences) for fact in _FACTS}
    experience = found["experience"] or ""
    return Facts(
        **{
            **found,
            "exam_code": found["exam_code"] or code_in(title or ""),
            "formats": found["formats"] or _all_formats(sentences),
            "languages": found["languages"] or (),
        },
        delivery=tuple(_deliveries(stated, lines)),
        questions_unscored=_first(unscored_in, sentences),
        experience_years=years_in(experience),
        experience_google_cloud_years=next(
            (years for years, words in spans_in(experience) if "google cloud" in words.lower()), None
        ),
    )


def _find(fact: _Fact, stated: Sequence[_Stated], sentences: Sequence[str]) -> Any:
    value = _first(fact.read, (each.value for each in stated if fact.labels.fullmatch(each.label)))
    if value is None and fact.sentence:
        matches = (fact.sentence.match(text) for text in sentences if not _EXCEPTIONAL.search(text))
        value = _first(fact.read, (_said(match) for match in matches if match))
    return value


def _said(match: re.Match[str]) -> str:
    """The group that matched, or else the whole sentence."""
    return match[match.lastindex] if match.lastindex else match.string


def _stated(lines: Sequence[Line]) -> Iterator[_Stated]:
    """Every label with a value, in whatever way it is written."""
    for place, line in enumerate(lines):
        more = tuple(_below(lines, place)), line.links
        label, colon, value = line.full.partition(":")
        if line.kind == "row" and len(line.cells) > 1:
            yield _Stated(line.cells[0].rstrip(" :"), " ".join(line.cells[1:]).strip(), *more)
        elif colon and len(label) <= LONGEST_LABEL and value.strip():
            yield _Stated(label.strip(), value.strip(), *more)
        elif spaced := _SPACED_LABEL.match(line.full):
            yield _Stated(spaced[1], spaced[2], *more)
        elif len(line.full) <= LONGEST_LABEL:
            after = lines[place + 1].full if place + 1 < len(lines) else ""
            yield _Stated(line.full.rstrip(" :"), "; ".join(each.full for each in more[0]) or after, *more)


def _below(lines: Sequence[Line], place: int) -> Iterator[Line]:
    """The list right below a line."""
    head = lines[place]
    for line in lines[place + 1 : place + 1 + LONGEST_LIST]:
        if line.kind != "bullet" or (head.kind == "bullet" and line.level <= head.level):
            return
        yield line


def _first(read: Callable[[str], Any], texts: Iterable[str]) -> Any:
    return next((value for text in texts if (value := read(text)) not in (None, ())), None)


def _all_formats(sentences: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for sentence in sentences for name in formats_in(sentence)))


def _deliveries(stated: Sequence[_Stated], lines: Sequence[Line]) -> Iterator[Delivery]:
    """Ways to take the exam: the list below the label, or what its value names, or sentences that say how."""
    for each in stated:
        if not _DELIVERY_LABEL.fullmatch(each.label):
            continue
        if listed := [line for line in each.below if delivery_kind(line.full)]:
            yield from map(_delivery, listed)
            return
        if delivery_kind(each.value):
            yield from _ways(each.value, each.links)
            return
    for line in lines:
        if _SENTENCE_ON_DELIVERY.match(line.full) and delivery_kind(line.full):
            yield from _ways(line.full, line.links)


def _ways(text: str, links: Sequence[Resource]) -> Iterator[Delivery]:
    """The ways to take the exam that one text names, each with the link in its words."""
    for way in re.split(r"\s*(?:;|\bor\b)\s*", text):
        if kind := delivery_kind(way):
            url = next((link.url for link in links if link.title in way), None)
            yield Delivery(way.strip(" .,"), url, kind)


def _delivery(line: Line) -> Delivery:
    return Delivery(line.full.rstrip("."), line.links[-1].url if line.links else None, delivery_kind(line.full))
