"""Any guide in any shape: guides are made up, written in every style we know, read, and must come back as they were."""

from __future__ import annotations

import textwrap
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tutor.errors import InputError
from tutor.read.extract import Extract, extract
from tutor.read.guides.guide import read_guide
from tutor.read.guides.mending import mend

FIXTURES = Path(__file__).parents[1] / "fixtures"
GUIDES = [path for path in sorted((FIXTURES / "guides").iterdir()) if path.suffix != ".yaml"]

VERBS = ("choose", "build", "tune", "measure", "deploy", "watch", "explain", "compare", "secure", "design")
NOUNS = ("models", "features", "pipelines", "metrics", "endpoints", "datasets", "budgets", "notebooks", "clusters")
WAYS = ("at scale", "for a team", "with care", "in production", "under load", "before launch", "across projects")
EXAMPLES = ("BigQuery", "Cloud Storage", "TensorFlow Extended [TFX]", "PyTorch", "Vertex AI", "CI/CD")
SECTIONS = (
    "Section {n}: {t}",
    "Domain {n}: {t}",
    "## Domain {n} – {t}",
    "# Section {n}. {t}",
    "**Domain {n}: {t}**",
    "{n}. {t}",
    "{n}.0 {t}",
    "## {n}. {t}",
    "Content Domain {n}: {t}",
)
OBJECTIVES = (
    "{n}.{m} {t}",
    "{n}.{m} {t}. Considerations include:",
    "Task Statement {n}.{m}: {t}.",
    "### {n}.{m} {t}",
    "{n}.{m}. {t}:",
    "#### Task {n}.{m}: {t}",
    "{n}.{m} - {t}",
)


@dataclass(frozen=True)
class Style:
    """How a guide is written."""

    section: str
    objective: str
    weight: str
    bullet: str
    blank: bool
    width: int | None
    overview: bool
    contents: bool


styles = st.builds(
    Style,
    section=st.sampled_from(SECTIONS),
    objective=st.sampled_from(OBJECTIVES),
    weight=st.sampled_from(["", " ({w}% of the exam)", " (~{w}%)", " ({w}–{v}%)", " - {w}%", " [{w}%]"]),
    bullet=st.sampled_from(["- ", "• ", "* ", "● ", "   - ", "◦ "]),
    blank=st.booleans(),
    width=st.sampled_from([None, None, 72, 90]),
    overview=st.booleans(),
    contents=st.booleans(),
)
phrases = st.builds("{} {} {}".format, st.sampled_from(VERBS), st.sampled_from(NOUNS), st.sampled_from(WAYS)).map(
    str.capitalize
)
topics = st.builds(
    lambda phrase, examples: f"{phrase} (e.g., {', '.join(examples)})" if examples else phrase,
    phrases,
    st.lists(st.sampled_from(EXAMPLES), max_size=3, unique=True),
)
outlines = st.lists(
    st.tuples(
        phrases,
        st.lists(st.tuples(phrases, st.lists(topics, min_size=1, max_size=4)), min_size=1, max_size=3),
    ),
    min_size=2,
    max_size=5,
    unique_by=lambda section: section[0],
)


def weights(count: int) -> list[int]:
    """Whole weights that add up to 100."""
    return [100 // count + (number < 100 % count) for number in range(count)]


def written(outline, style: Style) -> str:
    """Write a guide in a style."""
    shares = weights(len(outline))
    lines = ["Certified Test Engineer Exam Guide", "", "The exam validates that a candidate can test engines.", ""]
    heads = [style.section.format(n=n, t=title) for n, (title, _) in enumerate(outline, start=1)]
    if style.contents:
        lines += [f"{head.strip('#* ')} {'.' * 30} {page}" for page, head in enumerate(heads, start=2)] + [""]
    if style.overview:
        lines += ["| Domain | Weight |", "| --- | --- |"]
        lines += [f"| {title} | {share}% |" for (title, _), share in zip(outline, shares, strict=True)]
        lines += ["", "Exam outline", ""]
    for n, ((title, objectives), share) in enumerate(zip(outline, shares, strict=True), start=1):
        weight = style.weight.format(w=share, v=share + 5)
        head = style.section.format(n=n, t=title)
        lines += wrapped(head[:-2] + weight + "**" if head.endswith("**") else head + weight, style, "")
        for m, (name, entries) in enumerate(objectives, start=1):
            lines += [""] * style.blank + wrapped(style.objective.format(n=n, m=m, t=name), style, "")
            lines += [""] * style.blank
            for entry in entries:
                lines += wrapped(style.bullet + entry, style, " " * len(style.bullet))
        lines.append("")
    return "\n".join(lines)


def wrapped(line: str, style: Style, indent: str) -> list[str]:
    if style.width is None or line.startswith("#"):
        return [line]
    return textwrap.wrap(line, style.width, subsequent_indent=indent, break_on_hyphens=False)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(outlines, styles)
def test_a_guide_comes_back_as_it_was_written(outline, style):
    text = written(outline, style)
    blueprint = read_guide(extract(text.encode(), name="guide.md" if "#" in text else "guide.txt"))
    assert [section.title for section in blueprint.sections] == [title for title, _ in outline]
    for section, (_, objectives) in zip(blueprint.sections, outline, strict=True):
        assert [objective.title for objective in section.objectives] == [name for name, _ in objectives]
        for objective, (_, entries) in zip(section.objectives, objectives, strict=True):
            assert [each.text for each in objective.considerations] == entries
    if style.weight or style.overview:
        lows = [w[0] if isinstance(w := section.weight_percent, tuple) else w for section in blueprint.sections]
        assert lows == weights(len(outline))
    else:
        assert "The guide states no weights." in blueprint.warnings


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(GUIDES), st.data())
def test_a_blank_line_inside_a_list_changes_nothing(path, data):
    """Pages break lists anywhere."""
    if path.name == "ranges-paste.txt":
        return  # its blank lines are all that tells titles from entries
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    entries = ("- ", "* ", "• ")
    pairs = enumerate(pairwise(lines))
    inside = [at for at, pair in pairs if all(line.lstrip().startswith(entries) for line in pair)]
    assume(inside)
    at = data.draw(st.sampled_from(inside))
    broken = "\n".join([*lines[: at + 1], "", *lines[at + 1 :]])
    before, after = (read_guide(extract(each.encode(), name=path.name)) for each in (text, broken))
    assert after == before


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(GUIDES), st.data())
def test_damage_is_survived_or_refused(path, data):
    """Whatever is cut, doubled or scrambled, reading ends with a blueprint or an `InputError`."""
    text = path.read_text(encoding="utf-8")
    cut = data.draw(st.integers(0, len(text)))
    noise = data.draw(st.text(max_size=40))
    repeat = data.draw(
        st.sampled_from(["", text[:cut], noise * 20, "(" * 50, "%", "\t|\t" * 9, "1.1 " * 30, "# " * 20])
    )
    damaged = data.draw(st.sampled_from([text[:cut] + repeat + text[cut:], text[cut:] + repeat, repeat + text[:cut]]))
    with suppress(InputError):
        read_guide(Extract(damaged, "text", "damaged.txt")).as_json()


@given(st.text(alphabet=st.sampled_from("ab1.2 \n-•|%()#*:…_[]\t"), max_size=300))
def test_mending_twice_is_mending_once(text):
    assert mend(mend(text)) == mend(text)


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_mending_keeps_every_word_of_the_outline(path):
    text = path.read_text(encoding="utf-8")
    blueprint = read_guide(extract(text.encode(), name=path.name))
    flat = "".join(text.split())
    for consideration in blueprint.considerations:
        for word in consideration.text.split():
            assert word in text or word in flat


@pytest.mark.slow
def test_long_documents_take_time_in_proportion():
    """A hundred guides in one file must not take a hundred squared; nor may noise take for ever."""
    text = (FIXTURES / "guides" / "tasks.md").read_text()
    noise = [text * 100, "1" * 10**6, "(e.g., a, " * 10**5, "a: b\n" * 19_000, "  " * 10**5 + "- x", "[a](" * 10**5]
    for document in noise:
        begun = perf_counter()
        with suppress(InputError):
            read_guide(Extract(document, "text", "long.txt"))
        assert perf_counter() - begun < 30


def test_a_book_is_refused_at_once():
    with pytest.raises(InputError, match="more than 20,000 lines"):
        read_guide(Extract("Domain 1: Exams\n" * 30_000, "text", "book.txt"))
