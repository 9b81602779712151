"""The Practice tab: one fresh question at a time, answered by click or keyboard, explained with its passages.

What the browser keeps (the item shown and the outcomes of the session) survives a reload; attempts are in the store.
An address such as `?tab=practice&objective=4.2` opens the tab with a question on that objective.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, get_args

import gradio as gr

from tutor.author.item import Difficulty, Kind
from tutor.author.wanted import Wanted
from tutor.errors import TutorError
from tutor.flow import Tutor
from tutor.flow.items import LEARNER
from tutor.review.flag import CAUSES, read_cause
from tutor.ui.practice_view import EMPTY, answered_item, open_item, score, trouble
from tutor.ui.review_view import notices_html

ANYTHING, WEAK = "", "weak"
LONGEST_SECONDS = 3600.0
"""More than this for one answer says that the learner was away."""

Session = dict[str, Any]
"""What the browser keeps: item, when it was shown, what was chosen, outcomes so far, the twin."""


def fresh_session() -> Session:
    """A session in which nothing has been asked."""
    return {"item": "", "shown_at": 0.0, "chosen": [], "answered": [], "twin": "", "contrast": ""}


@dataclass(frozen=True)
class Memory:
    """What the browser keeps for the tab."""

    session: gr.BrowserState
    notices_read: gr.BrowserState


def practice_memory() -> Memory:
    """Make it outside of the tabs: what stands in a tab that is not open is read as empty, and then kept so."""
    return Memory(
        gr.BrowserState(fresh_session(), storage_key="pmle-practice", secret="practice"),  # noqa: S106 - not secret
        gr.BrowserState([], storage_key="pmle-notices", secret="notices"),  # noqa: S106 - not secret
    )


def practice_tab(tutor: Tutor, page: gr.Blocks, tab: gr.Tab, memory: Memory) -> None:
    """Lay out the tab inside the page that is being built."""
    desk = _Practice(tutor)
    session, known = memory.session, memory.notices_read
    with gr.Column(elem_id="practising"):
        notices = gr.HTML("", elem_id="practice-notices")
        read = gr.Button("I have read this", size="sm", elem_id="notices-read", visible=False)
        with gr.Row(elem_id="practice-wish"):
            what = gr.Dropdown([("Whole exam", ANYTHING)], value=ANYTHING, label="Practise", scale=4, elem_id="what")
            hard = gr.Dropdown(["any", *get_args(Difficulty)], value="any", label="Difficulty", scale=1, min_width=110)
            kind = gr.Dropdown(["any", *get_args(Kind)], value="any", label="Kind", scale=1, min_width=110)
            keys = gr.Dropdown([("one", 1), ("two", 2), ("three", 3)], value=1, label="Right", scale=1, min_width=90)
        shown = gr.HTML(EMPTY, elem_id="practice-item")
        with gr.Row(elem_id="practice-verbs"):
            answer = gr.Button("Answer", variant="primary", elem_id="answer-item", visible=False)
            # Only once the page is as it was left: what `resume` brings late would wipe out a question asked meanwhile.
            on = gr.Button("Next question", variant="primary", elem_id="next-item", interactive=False)
            twin = gr.Button("Try the twin", elem_id="twin-item", visible=False)
        told = gr.HTML(score([]), elem_id="practice-score")
        with gr.Accordion("Something is wrong with this question", open=False, visible=False) as flagging:
            cause = gr.Dropdown(list(CAUSES), value="wrong key", label="What", elem_id="flag-cause")
            words = gr.Textbox(label="In your words", lines=2, max_length=4_000, elem_id="flag-words")
            report = gr.Button("Send to review", elem_id="flag-item")
            thanks = gr.HTML("", elem_id="flagged")
    chosen = gr.Textbox(visible=False)

    outputs = [session, shown, answer, on, twin, flagging, told]
    wish = [what, hard, kind, keys]
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    page.load(desk.resume, [session], [*outputs, what], **quiet)
    tab.select(desk.warm, None, None, **quiet)
    tab.select(desk.notices, [known], [notices, read], **quiet)
    page.load(desk.notices, [known], [notices, read], **quiet)
    read.click(desk.read, [known], [known, notices, read], **quiet)
    on.click(desk.next, [session, *wish], outputs, api_visibility="private", show_progress="minimal")
    answer.click(
        desk.answer, [session, chosen], outputs, js="(session, _) => [session, window.chosenLetters()]", **quiet
    )
    twin.click(desk.twin, [session], outputs, **quiet)
    report.click(desk.flag, [session, cause, words], [thanks, words], **quiet)


class _Practice:
    """What the tab's buttons do. Each returns the session, the page and which buttons can be pressed."""

    def __init__(self, tutor: Tutor) -> None:
        self._tutor = tutor

    def warm(self) -> None:
        """Load models and passages while the learner still chooses."""
        try:
            self._tutor.items.warm()
        except TutorError:
            return  # the next button says what is wrong

    def resume(self, session: Session | None, request: gr.Request) -> tuple[Any, ...]:
        """The page as it was left, or a question on the objective that the address names."""
        session = {**fresh_session(), **(session or {})}
        wanted = str(request.query_params.get("objective", "")).strip()
        choices = self._choices()
        if wanted and wanted in dict(choices).values():
            return *self.next(session, wanted, "any", "any", 1), gr.Dropdown(choices, value=wanted)
        listed = gr.Dropdown(choices, value=ANYTHING)
        if not session["item"]:
            return *self._page(session, EMPTY), listed
        try:
            return *self._page(session, self._item_html(session)), listed
        except TutorError:  # the store is another one than when the page was left
            return *self._page(fresh_session(), EMPTY), listed

    def next(self, session: Session, what: str, hard: str, kind: str, keys: int) -> tuple[Any, ...]:
        """A fresh question."""
        session = {**fresh_session(), "answered": (session or {}).get("answered", [])}
        try:
            place = self._tutor.items.weakest() if what == WEAK else what
            depth = place.count(".") if place else -1
            wanted = Wanted(
                section=place if depth == 0 else None,
                objective=place if depth == 1 else None,
                difficulty=None if hard == "any" else hard,  # type: ignore[arg-type]
                kind=None if kind == "any" else kind,  # type: ignore[arg-type]
                choose=int(keys),
            )
            kept = self._tutor.items.fresh(wanted)
        except TutorError as error:
            return self._page(session, trouble(str(error)))
        session |= {"item": kept.id, "shown_at": time.time()}
        return self._page(session, open_item(kept, self._titles()))

    def answer(self, session: Session, chosen: str) -> tuple[Any, ...]:
        """Grade what was chosen, and explain every option."""
        letters = list(chosen or "")
        if not letters or session["chosen"]:
            return tuple(gr.skip() for _ in range(7))
        seconds = min(max(0.0, time.time() - session["shown_at"]), LONGEST_SECONDS)
        try:
            attempt = self._tutor.items.answer(session["item"], letters, seconds)
            pair = None if attempt.is_right else self._tutor.items.twin(session["item"], attempt.chosen[0])
        except TutorError as error:
            return self._page(session, trouble(str(error)))
        session = {**session, "chosen": list(attempt.chosen), "answered": [*session["answered"], attempt.is_right]}
        if pair:
            session |= {"twin": pair[0].id, "contrast": pair[1]}
        return self._page(session, self._item_html(session))

    def twin(self, session: Session) -> tuple[Any, ...]:
        """The same scenario with one circumstance exchanged."""
        session = {**fresh_session(), "answered": session["answered"], "item": session["twin"], "shown_at": time.time()}
        try:
            return self._page(session, self._item_html(session))
        except TutorError as error:
            return self._page(session, trouble(str(error)))

    def flag(self, session: Session, cause: str, words: str) -> tuple[str, str]:
        """Send the item to review."""
        try:
            self._tutor.review.flag("item", session["item"], read_cause(cause), words, LEARNER)
        except TutorError as error:
            return trouble(str(error)), words
        return '<p class="note" role="status">Thank you. A reviewer will see it.</p>', ""

    def notices(self, known: list[str] | None) -> tuple[str, Any]:
        """What the learner has not read yet about items that were ruled to be wrong after they answered."""
        fresh = [one for one in self._tutor.review.notices(LEARNER) if one.ruling.id not in (known or [])]
        return notices_html(fresh), gr.Button(visible=bool(fresh))

    def read(self, known: list[str] | None) -> tuple[Any, ...]:
        """All notices of this moment are read."""
        known = [*(known or []), *(one.ruling.id for one in self._tutor.review.notices(LEARNER))]
        return known, *self.notices(known)

    def _item_html(self, session: Session) -> str:
        kept = self._tutor.items.find(session["item"])
        if not session["chosen"]:
            return open_item(kept, self._titles())
        passages = self._tutor.items.passages
        return answered_item(kept, self._titles(), session["chosen"], passages, session["contrast"])

    @staticmethod
    def _page(session: Session, html: str) -> tuple[Any, ...]:
        is_open = bool(session["item"]) and not session["chosen"] and "trouble" not in html[:40]
        return (
            session,
            html,
            gr.Button(visible=is_open),
            gr.Button(
                "Skip" if is_open else "Next question",
                variant="secondary" if is_open else "primary",
                interactive=True,
            ),
            gr.Button(visible=bool(session["twin"])),
            gr.Accordion(visible=bool(session["item"]), open=False),
            score(session["answered"]),
        )

    def _choices(self) -> list[tuple[str, str]]:
        """What can be practised: everything, what is weak, sections and objectives."""
        choices = [("Whole exam, by its weights", ANYTHING), ("Whatever is weak", WEAK)]
        try:
            for section in self._tutor.items.blueprint.sections:
                choices.append((f"{section.number}  {section.title}", str(section.number)))
                named = [one for one in section.objectives if one.number]
                choices += [(f"{one.number}  {one.title}", str(one.number)) for one in named]
        except TutorError:  # a corpus without exam guides
            return choices[:1]
        return choices

    def _titles(self) -> dict[str, str]:
        return {number: title.partition("  ")[2] for title, number in self._choices()}
