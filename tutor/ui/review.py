"""The Review tab: the queue on the left, one case on the right, a ruling by keyboard, an edit with its checks.

Keys, when no text is being written: J and K go through the queue, R reserves, U upholds, D dismisses, C asks for
changes, E opens the edit, Z undoes.
"""

from __future__ import annotations

from html import escape
from typing import Any, get_args

import gradio as gr

from tutor.errors import TutorError
from tutor.flow import Tutor
from tutor.review.case import Case
from tutor.review.flag import CAUSES
from tutor.review.ruling import Remedy, Verdict
from tutor.ui.review_view import EMPTY, about, case_html

EVERY = "every cause"
Queue = list[tuple[str, str]]
"""What the reader sees of each case, and its id."""


def review_tab(tutor: Tutor, tab: gr.Tab) -> None:
    """Lay out the tab inside the page that is being built; it is filled when it is opened."""
    desk = _Reviewing(tutor)
    undone = gr.State("")
    with gr.Row(elem_id="reviewing"):
        with gr.Column(scale=2, min_width=240):
            reviewer = gr.Textbox(label="You are", value="reviewer", max_length=80, elem_id="reviewer")
            cause = gr.Dropdown([EVERY, *CAUSES], value=EVERY, label="Held against them", elem_id="cause")
            settled = gr.Checkbox(label="Also settled ones", value=False)
            queue = gr.Radio(choices=[], label="Cases", elem_id="cases", show_label=True)
            agreed = gr.HTML("", elem_id="agreed")
        with gr.Column(scale=5):
            shown = gr.HTML(EMPTY, elem_id="case")
            words = gr.Textbox(
                label="Why (needed to uphold or to ask for changes)", lines=2, max_length=4_000, elem_id="ruling-words"
            )
            remedy = gr.Radio(
                [one for one in get_args(Remedy) if one != "none"], value="retire", label="Remedy, where upheld"
            )
            with gr.Row():
                uphold = gr.Button("Uphold (U)", variant="primary", elem_id="uphold", min_width=90, size="sm")
                dismiss = gr.Button("Dismiss (D)", elem_id="dismiss", min_width=90, size="sm")
                changes = gr.Button("Changes (C)", elem_id="changes", min_width=90, size="sm")
                reserve = gr.Button("Reserve (R)", elem_id="reserve", min_width=90, size="sm")
                undo = gr.Button("Undo (Z)", elem_id="undo", min_width=90, size="sm")
            told = gr.HTML("", elem_id="ruled")
            with gr.Accordion("What must never come again", open=False):
                struck = gr.Dropdown(
                    [], multiselect=True, allow_custom_value=True, label="Struck rulings of the model, as FACT|OPTION"
                )
                banned = gr.Textbox(label="Words that no item or answer may say", max_length=400)
            with gr.Accordion("Edit the item (E)", open=False, elem_id="editing"):
                text = gr.Textbox(show_label=False, lines=18, max_length=40_000, elem_id="edited", container=False)
                with gr.Row():
                    check = gr.Button("Check", elem_id="check-edit")
                    fix = gr.Button("Uphold with this item", variant="primary", elem_id="fix")
                checked = gr.HTML("", elem_id="edit-checked")

    listed = [queue, shown, agreed]
    chosen = [shown, text, struck, banned, checked]
    private: dict[str, Any] = {"api_visibility": "private"}
    filters = [cause, settled]
    given = [queue, reviewer, words, struck, banned]
    for button, verdict in ((uphold, "uphold"), (dismiss, "dismiss"), (changes, "request changes")):
        button.click(
            lambda *fields, verdict=verdict: desk.rule(verdict, *fields),
            [*filters, remedy, *given],
            [*listed, told, undone, words],
            **private,
        )
    fix.click(desk.fix, [*filters, text, *given], [*listed, told, undone, words], **private)
    check.click(desk.check, [queue, text, struck], checked, **private)
    reserve.click(desk.reserve, [*filters, queue, reviewer], [*listed, told], **private)
    undo.click(desk.take_back, [*filters, undone, reviewer], [*listed, told, undone], **private)
    queue.change(desk.choose, queue, chosen, **private)
    for changed in (cause, settled):
        changed.change(desk.refresh, [*filters, queue], listed, **private)
    gr.Timer(20).tick(desk.glance, [*filters, queue], [queue, agreed], show_progress="hidden", **private)
    tab.select(desk.refresh, [*filters, queue], listed, **private)


class _Reviewing:
    """What the tab's buttons do. Each returns the queue, the case, the agreement, and what there is to say."""

    def __init__(self, tutor: Tutor) -> None:
        self._tutor = tutor

    def refresh(self, cause: str, also_settled: bool, chosen: str | None = None) -> tuple[Any, ...]:
        """The queue as it stands, a case of it, and how far reviewers agree."""
        self._tutor.review.suspect()
        cases = [case for case in self._tutor.review.cases(also_settled=also_settled) if cause in (EVERY, case.cause)]
        ids = [case.id for case in cases]
        now = chosen if chosen in ids else (ids[0] if ids else None)
        listed: Queue = [(_line(case), case.id) for case in cases]
        return gr.Radio(choices=listed, value=now), self._case(now), self._agreed()

    def glance(self, cause: str, also_settled: bool, chosen: str | None = None) -> tuple[Any, Any]:
        """The queue as it stands; the case that is being read stays as it is."""
        queue, _, agreed = self.refresh(cause, also_settled, chosen)
        return queue, agreed

    def choose(self, case_id: str | None) -> tuple[Any, ...]:
        """Another case: its screen, its text, what of its model may be struck; nothing banned, nothing checked."""
        if not case_id:
            return EMPTY, "", _strikable([]), "", ""
        case = self._tutor.review.case(case_id)
        mending = self._tutor.review.mending
        text = mending.text_of(case) if mending.is_here(case) else ""
        return self._case(case_id), text, _strikable(mending.strikable(case)), "", ""

    def rule(
        self, verdict: Verdict, cause: str, also: bool, how: Remedy, case_id: str | None, *given: Any
    ) -> tuple[Any, ...]:
        """Decide the case."""
        by, why, struck, banned = given
        if not case_id:
            return self._only_said("There is no case to rule on.")
        try:
            done = self._tutor.review.rule(
                case_id,
                verdict,
                by.strip() or "reviewer",
                remedy=how if verdict == "uphold" else "none",
                words=why,
                struck=struck or (),
                banned=banned or "",
            )
        except TutorError as error:
            return self._only_said(str(error))
        number = len(done.bonds)
        bound = f" {number} thing{'s' if number != 1 else ''} will never come again." if number else ""
        if verdict == "uphold" and not number:
            bound = " Nothing is forbidden by it: undo it, and name the words that must never come again."
        instead = f" {done.replacement} was drawn instead." if done.replacement else ""
        said = _said(f"{done.case.id}: {done.case.state}.{bound}{instead}")
        return *self.refresh(cause, also), said, done.ruling.id, ""

    def fix(self, cause: str, also: bool, text: str, case_id: str | None, *given: Any) -> tuple[Any, ...]:
        """Uphold the case and put the edited item in the place of the old one."""
        by, why, struck, banned = given
        if not case_id:
            return self._only_said("There is no case to rule on.")
        try:
            done = self._tutor.review.fix(
                case_id, text, by.strip() or "reviewer", why, struck=struck or (), banned=banned or ""
            )
        except TutorError as error:
            return self._only_said(str(error))
        said = _said(f"{done.case.id}: {done.case.state}; the edited item passed its checks and is in the bank.")
        return *self.refresh(cause, also), said, done.ruling.id, ""

    def check(self, case_id: str | None, text: str, struck: list[str] | None) -> str:
        """Run the checks on the edited item."""
        if not case_id:
            return ""
        try:
            edited = self._tutor.review.mending.check(self._tutor.review.case(case_id), text, struck or ())
        except TutorError as error:
            return _said(str(error))
        told = "; ".join(f"{one.check}: {one.text}" for one in edited.faults)
        return _said(f"Fails: {told}." if told else "Passes every check.")

    def reserve(self, cause: str, also: bool, case_id: str | None, by: str) -> tuple[Any, ...]:
        """Keep the case for oneself for a while."""
        if not case_id:
            return self._only_said("There is no case to reserve.")[:4]
        try:
            made = self._tutor.review.reserve(case_id, by.strip() or "reviewer")
        except TutorError as error:
            return self._only_said(str(error))[:4]
        return *self.refresh(cause, also, case_id), _said(f"{made.by} is at this case for half an hour.")

    def take_back(self, cause: str, also: bool, ruling: str, by: str) -> tuple[Any, ...]:
        """Undo the last ruling."""
        if not ruling:
            return *self._only_said("There is no ruling of yours to undo.")[:4], ""
        try:
            found = self._tutor.review.take_back(ruling, by.strip() or "reviewer")
        except TutorError as error:
            return *self._only_said(str(error))[:4], ""
        return *self.refresh(cause, also, found.case), _said(f"The ruling on {found.case} is taken back."), ""

    def _case(self, case_id: str | None) -> str:
        if not case_id:
            return EMPTY
        case = self._tutor.review.case(case_id)
        versions = self._tutor.items.bank.versions(case.target_id) if case.target == "item" else ()
        return case_html(case, self._tutor.items.passages, self._tutor.review.mending.similar(case), versions)

    def _agreed(self) -> str:
        found = self._tutor.review.agreement()
        return "" if found is None else f'<p class="note">Agreement of reviewers: Krippendorff’s alpha {found:.2f}</p>'

    @staticmethod
    def _only_said(text: str) -> tuple[Any, ...]:
        return gr.skip(), gr.skip(), gr.skip(), _said(text), gr.skip(), gr.skip()


def _strikable(rulings: list[str]) -> gr.Dropdown:
    """The choice of what is struck, with nothing chosen."""
    return gr.Dropdown(choices=rulings, value=[], multiselect=True, allow_custom_value=True)


def _line(case: Case) -> str:
    flags = f"{len(case.flags)} flag{'s' if len(case.flags) != 1 else ''}"
    met = f", {case.learners_met} met" if case.target == "item" else ""
    return f"{case.cause} · {case.target}: {about(case)} · {flags}{met} · {case.state}"


def _said(text: str) -> str:
    return f'<p class="note" role="status">{escape(text)}</p>'
