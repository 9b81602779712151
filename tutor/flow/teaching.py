"""What a conversation needs besides answers: lessons, items, pasted questions, facts of the exam, a learner's standing.

Loaded when a turn first needs it, so that an ordinary question crosses few files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from tutor.answer.answer import Answer, Kind, answer_from
from tutor.answer.composition import Composition
from tutor.answer.conversation.asides import Standing, aside_in
from tutor.answer.conversation.earlier import Earlier
from tutor.answer.conversation.follow_up import AWS_KNOWN, Asked
from tutor.answer.conversation.wishes import is_of_another_cloud, wish_in
from tutor.answer.equivalents import EQUIVALENTS_PAGE, counterparts, ours
from tutor.answer.exam_guide import DOUBTS, EXAM_PAGE, exam_draft
from tutor.answer.guided import Call, Lesson, begin, call_in, go_on, lesson_in
from tutor.answer.scope import out_of_scope
from tutor.answer.solved import solution_answer
from tutor.author.wanted import Wanted
from tutor.engines.engine import Engine, Manner
from tutor.engines.kinds import plan_for
from tutor.errors import InputError
from tutor.flow.ground import Ground
from tutor.flow.quizzing import graded, hinted, item_answer, letters_in
from tutor.index.filters import Filter
from tutor.read.document import Passage
from tutor.solve.question import Question, parse

if TYPE_CHECKING:
    from tutor.flow.guides import GuidesDesk
    from tutor.flow.items import ItemsDesk
    from tutor.solve.solver import Solver

PASSAGES_READ = 12
WHOLE_PAGE = 60
"""More passages than any page has."""
FEW_WORDS = 4
"""A question mark behind so few words may belong to a reply: `Model Armor?`"""
TOLD_ON_THE_PAGE_AS_WELL = ("new",)
MOST_MODELS = 4
LEAST_ON_TOPIC = 0.2
"""The share of its citations that an item model must have on the pages that were spoken of."""
_CITED = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)#[a-z0-9]")
MOST_PAGES = 3
"""So many pages a lesson is drawn from."""


class Teaching:
    """Lessons, items, solved questions, facts of the exam."""

    def __init__(
        self,
        ground: Ground,
        offline: Engine,
        items: Callable[[], ItemsDesk],
        guides: Callable[[], GuidesDesk],
        solver: Callable[[], Solver],
    ) -> None:
        self._ground = ground
        self._offline = offline
        self._items = items
        self._guides = guides
        self._solver = solver

    # Turns that go on with something

    def reply(self, said: str, last: Earlier) -> Answer | None:
        """Go on with the lesson or the item of the last turn; None where a turn is about something else."""
        lesson, item = lesson_in(last.state), last.state.get("item")
        call = call_in(said)
        if lesson and (call == "next" or (not lesson.is_over and not self._turns_away(said, call))):
            return self._lesson_goes_on(said, lesson, call)
        if item and call == "next":
            return self._item(said, last.state["about"], last.state["models"], last.state["objective"])
        if item and not last.state.get("is_over"):
            chosen = letters_in(said)
            if chosen or call == "tell":
                return graded(said, chosen, last.state, self._items())
            if call == "hint":
                return hinted(said, last.state, self._items())
        return None

    def _turns_away(self, said: str, call: Call | None) -> bool:
        """Whether a turn in the middle of a lesson is no reply to it."""
        is_question = said.rstrip().endswith("?") and len(said.split()) > FEW_WORDS
        return call is None and (is_question or bool(aside_in(said)) or wish_in(said) is not None)

    def _lesson_goes_on(self, said: str, lesson: Lesson, call: Call | None) -> Answer:
        if call == "stop":
            return _told(said, "We leave the lesson there. Ask me anything.", kind="aside")
        passages = self._pages_about(lesson.question)
        if call == "next":
            asked = (*lesson.asked, lesson.statement)
            another = begin(lesson.question, passages, asked)
            return another or _told(said, "That was the last distinction on these pages. Ask on, or say “quiz me”.")
        answer = answer_from(lesson.question, passages[:PASSAGES_READ], self._offline)
        return go_on(said, lesson, passages, answer)

    # Turns of their own kind

    def special(self, asked: Asked, earlier: Sequence[Earlier], engine: Engine) -> Answer | None:
        """Answer a turn that asks about options, sources, practice or another cloud; None where that cannot be met."""
        last = next((turn for turn in reversed(earlier) if turn.is_about_something), None)
        if asked.move == "option" and last:
            pasted = str(last.state.get("question", ""))
            question = parse(pasted)
            return self.solved(asked.said, question, pasted, asked.option) if question else None
        if asked.move == "sources" and last:
            return self._sources(asked, last)
        if asked.move == "quiz":
            return self._quiz(asked, last)
        if asked.move == "equivalents":
            return self._equivalents(asked, engine)
        return None

    def solved(self, said: str, question: Question, pasted: str, only: str = "") -> Answer:
        """Solve a pasted question."""
        return solution_answer(said, self._solver().solve(question), pasted, only)

    def lesson(self, question: str) -> Answer | None:
        """Begin a lesson; None where the documentation does not treat the question or makes out no distinction."""
        hits = self._ground.search(question, PASSAGES_READ)
        if out_of_scope(question, hits, self._ground.index.rarity, self._ground.nearness(question, hits)):
            return None
        return begin(question, self._pages_about(question))

    def of_the_exam(self, asked: Asked, topics: Sequence[str]) -> Answer:
        """Facts from the exam guide; what it leaves out, from the page about the exam."""
        drafted, guide = exam_draft(topics, self._guides().find())
        passages = self._page(EXAM_PAGE, asked.question)
        if topics[0] == "new":
            passages = [passage for passage in passages if "chang" in passage.heading.lower()]
        composed = Composition([*guide, *passages])
        composed.cite_all(one for one in drafted.statements if one.part != DOUBTS)
        if composed.is_empty or topics[0] in TOLD_ON_THE_PAGE_AS_WELL:
            composed.cite_all(self._offline.draft_answer(asked.question, passages[:PASSAGES_READ]).statements)
        composed.cite_all(one for one in drafted.statements if one.part == DOUBTS)
        nearest = tuple(dict.fromkeys(passage.title for passage in passages))
        return composed.answer(asked.said, self._offline.name, kind="exam", nearest=nearest)

    def unclear(self, asked: Asked) -> Answer:
        """Say that a turn leans on something that is not there."""
        text = "I do not see what that refers to. Ask a whole question first, for instance “What is a feature store?”."
        return _told(asked.said, text, kind="aside")

    def nothing_more(self, asked: Asked) -> Answer:
        """Say that the pages have no more of what was asked for, instead of repeating them."""
        kind = plan_for(asked.question).kind
        if kind == "example":
            text = "The pages that I cited give no further example. “Quiz me on this” draws a case to work through."
        elif kind == "why":
            text = "The pages that I cited give no further reason. Ask “how does it work?” to see the mechanism."
        else:
            text = "That is all that the pages I cited say about it."
        return replace(_told(asked.said, text), asked=asked.about or asked.question, hints=("Quiz me on this",))

    def standing(self) -> Standing:
        """What is stored about the learner."""
        items = self._items()
        attempts = items.attempts()
        objectives = {item.id: item.objective for item in items.bank.all()} if attempts else {}
        counted: dict[str, list[int]] = {}
        for attempt in attempts:
            tried = counted.setdefault(objectives.get(attempt.item_id, "?"), [0, 0])
            tried[0] += 1
            tried[1] += attempt.is_right
        by_objective = sorted(
            ((number, tried, right) for number, (tried, right) in counted.items()), key=lambda one: one[2] / one[1]
        )
        return Standing(
            self._ground.store.conversations.count_turns(),
            len(attempts),
            sum(attempt.is_right for attempt in attempts),
            tuple(by_objective),
        )

    # What these share

    def _quiz(self, asked: Asked, last: Earlier | None) -> Answer:
        passages = last.passages if last else ()
        about = asked.topic.joined() or asked.question
        if asked.topic and (last is None or asked.question != last.asked):
            passages = tuple(hit.passage for hit in self._ground.search(asked.question, 3))
        objective = next((number for passage in passages for number in passage.objectives), None)
        return self._item(asked.said, about, self._models_on(passages), objective)

    def _models_on(self, passages: Sequence[Passage]) -> list[str]:
        """The item models that have most to do with these passages, by the pages that they cite; best first."""
        weights: dict[str, float] = {}
        for rank, passage in enumerate(passages):
            weights.setdefault(passage.doc, 1 / (1 + rank))
        scored = {
            model: sum(weights.get(doc, 0.0) * count for doc, count in cited.items()) / sum(cited.values())
            for model, cited in self._pages_of_models.items()
            if cited
        }
        best = sorted(scored, key=lambda model: -scored[model])[:MOST_MODELS]
        return [model for model in best if scored[model] >= LEAST_ON_TOPIC]

    @cached_property
    def _pages_of_models(self) -> dict[str, Counter[str]]:
        """How often each item model cites which page."""
        return {model.id: Counter(_CITED.findall(repr(model))) for model in self._items().models}

    def _item(self, said: str, about: str, models: Sequence[str], objective: str | None) -> Answer:
        """A fresh item of the first model that yields one; of the objective where none does."""
        wishes = [*(Wanted(model=model) for model in models), Wanted(objective=objective)]
        for place, wanted in enumerate(wishes, start=1):
            try:
                kept = self._items().fresh(wanted)
            except InputError as error:
                if place == len(wishes):
                    return _told(said, f"I could not draw a question on that: {error}")
            else:
                drawn = item_answer(said, kept, about, [*models[place:], *models[:place]])
                elsewhere = f"I have no question on {about} itself. This one is on objective {kept.objective}."
                return replace(drawn, note=elsewhere) if place > len(models) else drawn
        raise AssertionError("the last wish returns")

    def _sources(self, asked: Asked, last: Earlier) -> Answer:
        """The official pages behind the last answer, and when each passage was checked against them."""
        composed = Composition(last.passages)
        if not last.passages:
            return _told(asked.said, "My last words cited nothing, so there is no source to name.")
        composed.say("Every statement of my last answer stands in one of these passages, checked against these pages:")
        for passage in last.passages:
            sources = [
                f"[{source.title}]({source.url})" + (f", checked {source.checked:%d %B %Y}" if source.checked else "")
                for source in passage.sources[:2]
            ]
            told = "; ".join(sources) or "a document that you added, which names no official page"
            composed.say(f"{passage.title} › {passage.heading}: {told}", "Sources")
        composed.say(
            "If a statement seems wrong, open its passage by its number and compare; the page may have changed."
        )
        return composed.answer(asked.said, self._offline.name, asked=last.asked)

    def _equivalents(self, asked: Asked, engine: Engine) -> Answer | None:
        """The counterparts on the other cloud, then what the thing is; None where a product of AWS has none here."""
        if not asked.topic:
            return None
        name, is_of_aws = asked.topic.joined(), is_of_another_cloud(asked.topic.joined())
        passages = self._page(EQUIVALENTS_PAGE, name)
        pairs = counterparts(asked.topic, passages, self._ground.names)
        if is_of_aws and not pairs:
            return None
        here = ours(pairs, self._ground.names) if is_of_aws else name
        hits = self._ground.search(f"What is {here}?", PASSAGES_READ) if here else []
        found = [hit.passage for hit in hits if hit.passage.doc != EQUIVALENTS_PAGE]
        composed = Composition([*passages, *found])
        composed.cite_all(pairs)
        if not pairs:
            composed.say(f"I know no counterpart of {name} on AWS. This is what it is on Google Cloud:")
        drafted = engine.draft_answer(f"What is {here}?", found, Manner(length="short"))
        composed.cite_all(replace(one, part="On Google Cloud") for one in drafted.statements)
        told = f"What is Google's equivalent of {name}?" if is_of_aws else f"What is {name}, {AWS_KNOWN}"
        return composed.answer(asked.said, self._offline.name, asked=told)

    def _pages_about(self, question: str) -> list[Passage]:
        """All passages of the pages that treat a question best; those that were found come first."""
        found = [hit.passage for hit in self._ground.search(question, PASSAGES_READ)]
        pages = tuple(dict.fromkeys(passage.doc for passage in found))[:MOST_PAGES]
        if not pages:
            return []
        whole = [hit.passage for hit in self._ground.search(question, WHOLE_PAGE * len(pages), Filter(docs=pages))]
        return list({passage.id: passage for passage in (*found, *whole)}.values())

    def _page(self, doc: str, query: str) -> list[Passage]:
        """The passages of one page, best first; none where the corpus does not have it."""
        try:
            return [hit.passage for hit in self._ground.search(query, WHOLE_PAGE, Filter(docs=(doc,)))]
        except InputError:
            return []


def _told(said: str, text: str, kind: Kind = "answer") -> Answer:
    composed = Composition(())
    composed.say(text)
    return composed.answer(said, "offline", kind=kind)
