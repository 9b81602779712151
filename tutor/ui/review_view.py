"""A case on one screen as HTML: what was flagged, its checks, passages, history, and items that may share the fault.

Everything shown is text: markup in what learners, models or pages wrote is shown, not run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

from tutor.flow.review import Notice
from tutor.read.document import Passage
from tutor.review.case import Case
from tutor.review.similar import Similar
from tutor.ui.passage import block, markdown, passage_html

EMPTY = (
    '<div class="case empty"><h3>Nothing waits for a ruling.</h3><p>Flags from learners, failed checks and odd '
    "statistics gather here, the most harmful first.</p></div>"
)
Version = Mapping[str, Any]
FLAGS_SHOWN = 4
LONGEST_ABOUT = 60


def case_html(
    case: Case, passages: Mapping[str, Passage], alike: Sequence[Similar] = (), versions: Sequence[Version] = ()
) -> str:
    """Everything that a reviewer needs to rule on a case."""
    met = f"{case.learners_met} learner{'s' if case.learners_met != 1 else ''} met it"
    if case.target != "item":
        met = f"{case.target} {case.target_id}"
    held = f" · {escape(case.reserved.by)} is at it" if case.reserved else ""
    shown = _item(case.shown) if "options" in case.shown else _told(case.shown)
    return (
        f'<div class="case"><p class="state"><b>{escape(case.cause)}</b> · {escape(case.state)} · {met}{held}</p>'
        f"{_flags(case)}{_rulings(case)}{shown}{_passages(case.shown, passages)}"
        f"{_versions(versions)}{_similar(alike)}</div>"
    )


def about(case: Case) -> str:
    """What a case is about, in a few words that tell it from its neighbours in the queue."""
    shown = case.shown
    named = str(shown.get("model") or "").replace("-", " ")
    told = " ".join(str(shown.get("question") or named or shown.get("stem") or case.target_id).split())
    return told if len(told) <= LONGEST_ABOUT else f"{told[:LONGEST_ABOUT].rstrip()} …"


def _flags(case: Case) -> str:
    """Who holds what against it; where many do, the rest is folded, so that what they flagged stays in sight."""
    told = [f"<b>{escape(one.by)}</b>, {one.at:%d %B %Y}: {escape(one.words) or '(no words)'}" for one in case.flags]
    rest = told[FLAGS_SHOWN:]
    folded = f"<details><summary>{len(rest)} more</summary>{_list(rest)}</details>" if rest else ""
    return f"{_listed(f'Flags ({len(told)})', told[:FLAGS_SHOWN])}{folded}"


def _rulings(case: Case) -> str:
    """What each reviewer decided, side by side: where they differ, this is the disagreement."""
    told = [
        f"<b>{escape(one.by)}</b>, {one.at:%d %B %Y}: {escape(one.verdict)}"
        f"{f', {escape(one.remedy)}' if one.remedy != 'none' else ''}. {escape(one.words)}"
        for one in case.rulings
    ]
    head = "Rulings, which disagree" if case.state == "disagreed" else "Rulings"
    return _listed(head, told) if told else ""


def _item(item: Mapping[str, Any]) -> str:
    options = "".join(_option(item, letter) for letter in item["options"])
    stem = block(item["stem"])
    return f"<h4>Item</h4>{stem}<ol class='options'>{options}</ol>{_checks(item)}"


def _option(item: Mapping[str, Any], letter: str) -> str:
    said, key = ("right", " <em>(key)</em>") if letter in item["key"] else ("wrong", "")
    return (
        f'<li class="{said}"><b>{letter}.</b> {_inline(item["options"][letter])}{key}'
        f"<br><small>{_inline(item['explanations'][letter])}</small></li>"
    )


def _checks(item: Mapping[str, Any]) -> str:
    """What each check established, and what brought the item about."""
    checks = item.get("checks", {})
    told = [
        f"the model, asked again, {'leaves just the key' if checks.get('proved_by_model') else 'proves nothing'}",
        f"independent solver: {checks.get('solver', 'not asked')}",
        f"nearest item {checks.get('nearest', 0):.2f}",
        f"{item['model'] or 'written from passages'}, seed {item['seed']}",
    ]
    if item.get("circumstances"):
        told.append(f"decided by {', '.join(item['circumstances'])}")
    faults = [escape(": ".join(filter(None, (one["name"], one["words"])))) for one in checks.get("faults", ())]
    return f'<p class="checked">{escape(" · ".join(told))}</p>{_listed("Failed checks", faults) if faults else ""}'


def _told(shown: Mapping[str, Any]) -> str:
    """What stood in an answer; what it cites stands below, as passages."""
    rows = "".join(
        f"<p><b>{escape(str(name))}</b>: {_lines(value)}</p>"
        for name, value in shown.items()
        if name not in ("answer", "citations")
    )
    if answer := str(shown.get("answer", "")).strip():
        rows += f"<h4>Answer</h4>{markdown().render(answer)}"
    return rows or "<p>Nothing was kept of what was shown.</p>"


def _lines(value: object) -> str:
    return escape(str(value).strip()).replace("\n", "<br>")


def _passages(shown: Mapping[str, Any], passages: Mapping[str, Passage]) -> str:
    """The cited passages with the quotes marked, each with its official page."""
    cited = [one for one in shown.get("citations", ()) if isinstance(one, Mapping) and "passage" in one]
    groups = groupby(sorted(cited, key=_place), key=_place)
    told = "".join(_passage(place, [str(one.get("quote", "")) for one in some], passages) for place, some in groups)
    return f"<h4>Passages</h4>{told}" if told else ""


def _passage(place: str, quotes: Sequence[str], passages: Mapping[str, Passage]) -> str:
    passage = passages.get(place)
    if passage is None:
        return f"<details><summary>{escape(place)} (not there any more)</summary>{escape(' … '.join(quotes))}</details>"
    found = ((passage.text.find(quote), len(quote)) for quote in quotes if quote)
    marked = passage_html(passage.text, [(start, start + length) for start, length in found if start >= 0])
    source = passage.source
    official = (
        f'<p class="source"><a href="{escape(source.url)}" target="_blank" rel="noopener noreferrer">'
        f"{escape(source.title)}</a>{f', checked {source.checked:%d %B %Y}' if source.checked else ''}</p>"
        if source
        else ""
    )
    head = f"{escape(passage.title)} › {escape(passage.heading)}"
    return f'<details><summary>{head}</summary><div class="passage">{marked}</div>{official}</details>'


def _place(citation: Mapping[str, Any]) -> str:
    return str(citation["passage"])


def _versions(versions: Sequence[Version]) -> str:
    told = [f"version {one['version']} until {one['at']:%d %B %Y}: {escape(one['why'])}" for one in versions]
    return _listed("Earlier versions", told) if told else ""


def _similar(alike: Sequence[Similar]) -> str:
    """Items that may share the fault."""
    told = [
        f"<details><summary>{escape(one.id)}: {escape(one.why)}</summary><p>{escape(str(one.item['stem']))}</p><p>"
        f"Key: {escape('; '.join(one.item['options'][letter] for letter in one.item['key']))}</p></details>"
        for one in alike
    ]
    return _listed(f"Similar items ({len(told)})", told) if told else ""


def _listed(head: str, entries: Sequence[str]) -> str:
    return f"<h4>{escape(head)}</h4>{_list(entries)}"


def _list(entries: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{entry}</li>' for entry in entries)}</ul>"


def _inline(text: str) -> str:
    rendered: str = markdown().renderInline(text)
    return rendered


def notices_html(notices: Sequence[Notice]) -> str:
    """What learners are told of items that they answered and that were ruled to be wrong."""
    told = "".join(_notice(one) for one in notices)
    return f'<div class="notices" role="status">{told}</div>' if told else ""


def _notice(one: Notice) -> str:
    counts = " Your answer no longer counts." if one.counts_no_longer else ""
    shown = one.case.shown
    said, told = f"found fault with a question that you answered on {one.answered_at:%d %B %Y}", shown.get("stem", "")
    if one.case.target != "item":
        said = f"upheld what you flagged in an answer on {one.answered_at:%d %B %Y}"
        told = shown.get("text") or shown.get("answer", "")
    return (
        f"<details><summary>A reviewer {said}: {escape(one.case.cause)}.{counts}</summary><p>{_lines(told)}</p>"
        f"<p><b>What the reviewer says.</b> {escape(one.ruling.words)}</p></details>"
    )
