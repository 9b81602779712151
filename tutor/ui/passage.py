"""Passages and answers as HTML for the browser.

Everything that comes from a page, a learner or a model is text: markup in it is shown, not run, and images, which would
load from foreign hosts, are not rendered.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from itertools import groupby
from typing import Any

from markdown_it import MarkdownIt

from tutor.answer.answer import Answer, Citation
from tutor.answer.layout import LEADING, AnswerStatement, Part, fold, names_of
from tutor.engines.spending import as_words
from tutor.read.document import Passage
from tutor.read.statements import Statement, statements


def answer_html(answer: Answer, turn: str, seconds: float) -> str:
    """An answer with numbered links to its passages, which open below it. `turn` makes the link targets unique."""
    if answer.refused:
        declined = f'<div class="answer refusal">{block(answer.text)}</div>{_note(answer)}{_names(answer)}'
        return _one_line(declined + chips_html(answer))
    said = _table(answer.parts, turn) if answer.form == "table" else _folded(answer, turn)
    cited = "".join(
        _evidence(passage, citations, turn, answer.stale.get(passage.doc, ""))
        for passage, citations in answer.evidence.items()
    )
    count = len(answer.citations)
    checked = f"{count} citation{'s' if count != 1 else ''} checked · {escape(answer.engine)} · {seconds * 1000:.0f} ms"
    if answer.usage:
        checked += f" · {escape(as_words(answer.usage))}"
    told = f'<div class="answer">{said}</div>{_note(answer)}{_names(answer)}'
    return _one_line(f'{told}{chips_html(answer)}<div class="citations">{cited}</div><p class="checked">{checked}</p>')


def chips_html(answer: Answer) -> str:
    """What the learner may say next, and practice on the answer's objectives, each a press away."""
    says = "".join(f'<a class="chip" href="#say">{escape(hint)}</a>' for hint in answer.hints)
    practise = "".join(
        f'<a class="chip practise" href="?tab=practice&amp;objective={escape(number)}">Practise {escape(number)}</a>'
        for number in (answer.objectives if answer.kind in ("answer", "solution", "lesson") else ())
    )
    return f'<p class="chips">{says}{practise}</p>' if says or practise else ""


def _folded(answer: Answer, turn: str) -> str:
    """What is read first; a long rest is folded away under the names of its parts."""
    first, rest = fold(answer.parts) if answer.kind == "answer" else (answer.parts, [])
    is_list = answer.form == "list"
    said = "".join(_part(part, told, turn, as_list=is_list) for part, told in first)
    if not rest:
        return said
    more = "".join(_part(part, told, turn, as_list=is_list) for part, told in rest)
    return f'{said}<details class="more"><summary>More: {escape(names_of(rest))}</summary>{more}</details>'


def _note(answer: Answer) -> str:
    return f'<p class="note">{escape(answer.note)}</p>' if answer.note else ""


def _names(answer: Answer) -> str:
    """What the products of the question are called now."""
    return "".join(
        f'<p class="renamed">{escape(note.text)} '
        f'<a href="{escape(note.source.url)}" target="_blank" rel="noopener noreferrer">Source</a></p>'
        for note in answer.names
    )


def _part(part: str, said: Sequence[AnswerStatement], turn: str, *, as_list: bool) -> str:
    """A part of an answer: what leads as paragraphs, the rest as lists below its name; tables stand alone."""
    if not part and not as_list:
        return "".join(_statement(one, turn) for one in said)
    blocks = [f'<h4 class="part">{escape(part)}</h4>'] if part else []
    for (is_table, is_step), group in groupby(said, key=lambda one: (one.is_table, one.is_step)):
        told = [_statement(one, turn) for one in group]
        tag = "ol" if is_step else "ul"
        blocks += told if is_table else [f"<{tag}>", *(f"<li>{one}</li>" for one in told), f"</{tag}>"]
    return "".join(blocks)


def _table(parts: Sequence[Part], turn: str) -> str:
    """Tables first, as they are; the rest as rows, one for each statement."""
    tables = "".join(_statement(one, turn) for _, said in parts for one in said if one.is_table)
    rows = "".join(
        f"<tr><th>{escape(part or LEADING) if place == 0 else ''}</th><td>{_statement(one, turn)}</td></tr>"
        for part, said in parts
        for place, one in enumerate(one for one in said if not one.is_table)
    )
    return f'{tables}<table class="told"><tbody>{rows}</tbody></table>' if rows else tables


def _statement(statement: AnswerStatement, turn: str) -> str:
    links = "".join(
        f'<a class="cite" href="#cite-{turn}-{number}" title="Open passage {number}">{number}</a>'
        for number in statement.citations
    )
    rendered = block(statement.text)
    if rendered.endswith("</p>"):
        return rendered.removesuffix("</p>") + f" {links}</p>"
    return f'{rendered}<p class="after">{links}</p>'


def _evidence(passage: Passage, citations: Sequence[Citation], turn: str, changed_on: str) -> str:
    """One passage with every quote that the answer takes from it marked."""
    numbers = "".join(
        f'<span class="cite" id="cite-{turn}-{citation.number}">{citation.number}</span>' for citation in citations
    )
    official = ""
    if passage.source:
        day = passage.source.checked
        checked = f", checked {day.day} {day:%B %Y}" if day else ""
        address, title = escape(passage.source.url), escape(passage.source.title)
        link = f'<a href="{address}" target="_blank" rel="noopener noreferrer">{title}</a>'
        official = f'<p class="source">Official source: {link}{checked}</p>'
    if changed_on:
        official += f'<p class="stale">The official page changed on {escape(changed_on)}, after this was checked.</p>'
    quoted = [(citation.span.start, citation.span.end) for citation in citations]
    return (
        f"<details><summary>{numbers} {escape(passage.title)} › {escape(passage.heading)}</summary>"
        f'<div class="passage">{passage_html(passage.text, quoted)}</div>{official}</details>'
    )


def passage_html(text: str, quoted: Sequence[tuple[int, int]]) -> str:
    """A passage with the statements marked that overlap a quoted stretch."""
    return "".join(
        _piece(statement, any(statement.start < end and start < statement.end for start, end in quoted))
        for statement in statements(text)
    )


def _piece(statement: Statement, marked: bool) -> str:
    if statement.form in ("table", "code"):
        return f"<div{' class=marked' if marked else ''}>{block(statement.text)}</div>"
    inner = markdown().renderInline(" ".join(statement.text.split()))
    inner = f"<mark>{inner}</mark>" if marked else inner
    return f'<p class="{statement.form}">{inner}</p>' if statement.form != "sentence" else f"{inner} "


def block(text: str) -> str:
    """Text that may have paragraphs, lists, tables and code, as HTML."""
    rendered: str = markdown().render(text).strip()
    return rendered


def _one_line(html: str) -> str:
    """Without line breaks, so that the chat's Markdown renderer leaves the HTML alone."""
    return html.replace("\n", "&#10;")


@cache
def markdown() -> Any:
    """The renderer of everything that is shown: markup in a text stays text, and no picture is fetched."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
