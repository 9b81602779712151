"""The Review tab: the queue on the left, one case on the right, a ruling by keyboard.

Keys, when no text is being written: J and K go through the queue, U upholds, D dismisses, C asks for changes, Z undoes.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, get_args

import gradio as gr

from tutor.errors import TutorError
from tutor.flow import Tutor
from tutor.review.case import Case
from tutor.review.ruling import Remedy, Verdict

Queue = list[tuple[str, str]]
"""What the reader sees of each case, and its id."""
EMPTY = (
    '<div class="case empty"><h3>Nothing waits for a ruling.</h3><p>Flags from learners and odd statistics gather '
    "here, the most harmful first.</p></div>"
)


def review_tab(tutor: Tutor, tab: gr.Tab) -> None:
    """Lay out the tab inside the page that is being built; it is filled when it is opened."""
    undone = gr.State("")
    with gr.Row(elem_id="reviewing"):
        with gr.Column(scale=2, min_width=240):
            reviewer = gr.Textbox(label="You are", value="reviewer", max_length=80, elem_id="reviewer")
            settled = gr.Checkbox(label="Also settled ones", value=False)
            queue = gr.Radio(choices=[], label="Cases", elem_id="cases", show_label=True)
        with gr.Column(scale=5):
            shown = gr.HTML(EMPTY, elem_id="case")
            words = gr.Textbox(
                label="Why (needed to uphold or to ask for changes)", lines=2, max_length=4_000, elem_id="ruling-words"
            )
            with gr.Accordion("What must never come again", open=False):
                struck = gr.Textbox(
                    label="Struck rulings of the model, one FACT|OPTION a line", lines=2, max_length=2_000
                )
                banned = gr.Textbox(label="Words that no item or answer may say", max_length=400)
            remedy = gr.Radio(
                [one for one in get_args(Remedy) if one != "none"], value="retire", label="Remedy, where upheld"
            )
            with gr.Row():
                uphold = gr.Button("Uphold (U)", variant="primary", elem_id="uphold")
                dismiss = gr.Button("Dismiss (D)", elem_id="dismiss")
                changes = gr.Button("Request changes (C)", elem_id="changes")
                undo = gr.Button("Undo (Z)", elem_id="undo")
            told = gr.HTML("", elem_id="ruled")

    def refresh(also_settled: bool, chosen: str | None = None) -> tuple[Any, str]:
        tutor.review.suspect()
        cases = tutor.review.cases(also_settled=also_settled)
        ids = [case.id for case in cases]
        now = chosen if chosen in ids else (ids[0] if ids else None)
        listed: Queue = [(_line(case), case.id) for case in cases]
        return gr.Radio(choices=listed, value=now), _case_html(tutor, now)

    def choose(case_id: str | None) -> str:
        return _case_html(tutor, case_id)

    def rule(
        verdict: Verdict,
        case_id: str | None,
        by: str,
        how: Remedy,
        why: str,
        lines: str | None,
        phrase: str | None,
        also: bool,
    ) -> tuple[Any, ...]:
        if not case_id:
            return gr.skip(), gr.skip(), _said("There is no case to rule on."), gr.skip(), gr.skip()
        try:
            done = tutor.review.rule(
                case_id,
                verdict,
                by.strip() or "reviewer",
                remedy=how if verdict == "uphold" else "none",
                words=why,
                struck=[line.strip() for line in (lines or "").splitlines() if line.strip()],
                banned=phrase or "",
            )
        except TutorError as error:
            return gr.skip(), gr.skip(), _said(str(error)), gr.skip(), gr.skip()
        bound = f" {len(done.bonds)} things will never come again." if done.bonds else ""
        return *refresh(also), _said(f"{done.case.id}: {done.case.state}.{bound}"), done.ruling.id, ""

    def take_back(ruling: str, by: str, also: bool) -> tuple[Any, ...]:
        if not ruling:
            return gr.skip(), gr.skip(), _said("There is no ruling of yours to undo."), ""
        try:
            found = tutor.review.take_back(ruling, by.strip() or "reviewer")
        except TutorError as error:
            return gr.skip(), gr.skip(), _said(str(error)), ""
        return *refresh(also, found.case), _said(f"The ruling on {found.case} is taken back."), ""

    given = [queue, reviewer, remedy, words, struck, banned, settled]
    for button, verdict in ((uphold, "uphold"), (dismiss, "dismiss"), (changes, "request changes")):
        button.click(
            lambda *fields, verdict=verdict: rule(verdict, *fields),
            given,
            [queue, shown, told, undone, words],
            api_visibility="private",
        )
    undo.click(take_back, [undone, reviewer, settled], [queue, shown, told, undone], api_visibility="private")
    queue.change(choose, queue, shown, api_visibility="private")
    settled.change(refresh, [settled, queue], [queue, shown], api_visibility="private")
    gr.Timer(20).tick(refresh, [settled, queue], [queue, shown], api_visibility="private")
    tab.select(refresh, [settled, queue], [queue, shown], api_visibility="private")


def _line(case: Case) -> str:
    flags = f"{len(case.flags)} flag{'s' if len(case.flags) != 1 else ''}"
    return f"{case.cause} · {case.target} · {flags}, {case.learners_met} met · {case.state}"


def _case_html(tutor: Tutor, case_id: str | None) -> str:
    """One case on one screen: what was shown, its checks, who flagged it, the rulings so far."""
    if not case_id:
        return EMPTY
    case = tutor.review.case(case_id)
    flags = "".join(
        f"<li>{escape(flag.by)}, {flag.at:%d %B %Y}: <b>{escape(flag.cause)}</b> {escape(flag.words)}</li>"
        for flag in case.flags
    )
    rulings = "".join(
        f"<li>{escape(one.by)}, {one.at:%d %B %Y}: <b>{escape(one.verdict)}</b>, "
        f"{escape(one.remedy)}. {escape(one.words)}</li>"
        for one in case.rulings
    )
    held = f'<p class="note">{escape(case.reserved.by)} is at this case.</p>' if case.reserved else ""
    shown = _item_html(case.shown) if "options" in case.shown else _told_html(case.shown)
    history = f"<h4>Rulings</h4><ul>{rulings}</ul>" if rulings else ""
    return (
        f'<div class="case"><p class="state">{escape(case.state)} · {case.learners_met} learners met it</p>{held}'
        f"{shown}<h4>Flags</h4><ul>{flags}</ul>{history}</div>"
    )


def _item_html(item: Mapping[str, Any]) -> str:
    options = "".join(
        f'<li class="{"right" if letter in item["key"] else "wrong"}"><b>{letter}.</b> {escape(text)}'
        f"<br><small>{escape(item['explanations'][letter])}</small></li>"
        for letter, text in item["options"].items()
    )
    checks = item.get("checks", {})
    checked = " · ".join(
        (
            f"model {'agrees' if checks.get('proved_by_model') else 'not asked'}",
            f"independent solver: {escape(str(checks.get('solver', 'not asked')))}",
            f"nearest item {checks.get('nearest', 0):.2f}",
        )
    )
    cited = "".join(
        f"<li>[{one['n']}] {escape(str(one['passage']))}: “{escape(one['quote'])}”</li>"
        for one in item.get("citations", [])
    )
    stem = escape(item["stem"]).replace("\n\n", "</p><p>").replace("\n", "<br>")
    return (
        f"<p>{stem}</p><ol class='options'>{options}</ol><p class='checked'>{checked} · {escape(item['model'])}, "
        f"seed {escape(str(item['seed']))}</p><details><summary>Passages</summary><ul>{cited}</ul></details>"
    )


def _told_html(shown: Mapping[str, Any]) -> str:
    rows = "".join(f"<p><b>{escape(str(name))}</b>: {escape(str(value))}</p>" for name, value in shown.items())
    return rows or "<p>Nothing was kept of what was shown.</p>"


def _said(text: str) -> str:
    return f'<p class="note" role="status">{escape(text)}</p>'
