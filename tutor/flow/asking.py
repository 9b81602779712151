"""A turn of a conversation in, its answer out: what the turn means decides who answers it.

A reply in a lesson or to an item, an aside, a pasted question, facts of the exam, a wish about the last answer, or a
question: asked anew, or standing on its own once the turns before it are taken into account.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.answer.answer import Answer, answer_from, answer_question, without_banned
from tutor.answer.conversation.asides import Standing, aside_in, reply_to, without_greeting
from tutor.answer.conversation.earlier import Earlier, exchanges
from tutor.answer.conversation.follow_up import Asked, lean_on_topic, understand
from tutor.answer.conversation.languages import glossed, language_of
from tutor.answer.exam_guide import exam_topics
from tutor.answer.out_of_bounds import is_confidential, is_unpublished, wants_advice
from tutor.answer.renamed import renamed
from tutor.answer.scope import Measures, by_name, measure
from tutor.answer.suggested import next_question
from tutor.engines.engine import Engine, Manner
from tutor.engines.kinds import plan_for
from tutor.flow.corpus import CorpusDesk
from tutor.flow.ground import Ground
from tutor.index.filters import Filter
from tutor.index.spelling import spelled
from tutor.solve.question import parse

if TYPE_CHECKING:
    from tutor.flow.teaching import Teaching
    from tutor.review.binding import Bonds

PASSAGES_READ = 16
"""How many passages an engine is given."""
LONGEST_UNDERSTOOD = 2_000
"""Characters; a longer turn is solved or searched for as it is, and not read as a wish or a follow-up."""
LONGEST_SEARCHED = 6_000
LIKE_NOTHING = 0.42
"""Short follow-ups are seldom more like their nearest passage; of the gold set's questions one in a hundred is less."""

_TEACH = re.compile(
    r"^(?:please )?(?:(?:can|could|would) you )?"
    r"(?:teach me|guide me through|walk me through|train me on|tutor me on|help me learn)"
    r"(?: (?:about|on|in))?\s+(?P<what>.+?)[\s?.!]*$",
    re.IGNORECASE,
)
_NO_TEXT = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f\\ud800-\\udfff]")
_ONLY_WHERE_IT_STANDS = ("exam", "troubleshooting")
"""Kinds of questions that, asked within the last pages, only the sections for them answer."""


def readable(said: str) -> str:
    """What a learner typed, without characters that are no text: nulls, escapes, halves of a pair."""
    return _NO_TEXT.sub("", said).strip()


class Asking:
    """Answers turns. `teaching` is what lessons, items and pasted questions need; it is made when first used.

    `bonds` is what reviewers ruled out at this moment.
    """

    def __init__(
        self, ground: Ground, offline: Engine, teaching: Callable[[], Teaching], bonds: Callable[[], Bonds]
    ) -> None:
        self._ground = ground
        self._offline = offline
        self._teaching = teaching
        self._bonds = bonds

    def answer(self, said: str, engine: Engine, earlier: Sequence[Earlier] = (), *, is_guided: bool = False) -> Answer:
        """Answer a turn in the light of those before it."""
        said = readable(said)
        if len(said) > LONGEST_UNDERSTOOD:
            asked = Asked(said, said[:LONGEST_SEARCHED])
            return self._finished(said, self._pasted(said) or self._searched(asked, engine, ()))
        last = earlier[-1] if earlier else None
        answer = self._teaching().reply(said, last) if last and last.state else None
        answer = answer or self._beside(said)
        if answer is None:
            asked = self._understood(without_greeting(said), earlier)
            taught = _TEACH.match(said)
            if taught:
                asked = replace(asked, question=taught["what"], move="new")
            answer = self._answered(asked, engine, earlier, is_guided=is_guided or bool(taught))
        return self._finished(said, answer)

    def _understood(self, said: str, earlier: Sequence[Earlier]) -> Asked:
        """What a turn asks; a short question that is like no passage by itself leans on what was spoken of last."""
        asked = understand(said, earlier, self._ground.names)
        if asked.move != "new" or not earlier or exam_topics(said):
            return asked
        language = language_of(said)
        said = glossed(said, language).question if language else said
        leaning = lean_on_topic(replace(asked, said=said), earlier, self._ground.names)
        if leaning is None:
            return asked
        alike = max((hit.similarity for hit in self._ground.search(said, PASSAGES_READ)), default=0.0)
        return leaning if alike < LIKE_NOTHING else asked

    def _beside(self, said: str) -> Answer | None:
        """What is answered without search: an aside, a pasted question."""
        aside = aside_in(said)
        if aside:
            standing = self._teaching().standing() if aside == "progress" else Standing()
            return Answer(said, self._offline.name, reply_to(aside, standing), kind="aside")
        return self._pasted(said)

    def _pasted(self, said: str) -> Answer | None:
        question = parse(said)
        return self._teaching().solved(said, question, said) if question else None

    def _answered(self, asked: Asked, engine: Engine, earlier: Sequence[Earlier], *, is_guided: bool) -> Answer:
        """Answer what a turn was understood to ask."""
        if asked.move in ("option", "sources", "quiz", "equivalents"):
            special = self._teaching().special(asked, earlier, engine)
            if special:
                return special
        if asked.move == "unclear":
            return self._teaching().unclear(asked)
        if asked.move == "within":
            return self._within(asked, engine, earlier)
        is_barred = is_confidential(asked.question) or is_unpublished(asked.question) or wants_advice(asked.question)
        topics = () if is_barred else exam_topics(asked.question)
        if topics and asked.move in ("new", "reworded", "again"):
            return self._manner(self._teaching().of_the_exam(asked, topics), asked)
        if is_guided and asked.move in ("new", "reworded"):
            lesson = self._teaching().lesson(asked.question)
            if lesson:
                return lesson
        return self._searched(asked, engine, earlier)

    def _searched(self, asked: Asked, engine: Engine, earlier: Sequence[Earlier]) -> Answer:
        """Answer from what search finds in the whole documentation; another language by its known words."""
        question, note, lacks = asked.question, "", ""
        language = language_of(question) if engine.name == self._offline.name else None
        if language:
            found = glossed(question, language, lambda word: self._ground.index.rarity(word)[1])
            note, lacks = f"{language.says} Taken as: {found.question}.", f"{language.says} {language.lacks}"
            question = found.question if found.is_known_enough else ""
        question = question if language else spelled(question, self._ground.index.rarity)
        manner = Manner(asked.length, asked.form, exchanges(earlier), asked.omit | self._ruled_out())
        hits = self._ground.search(question, PASSAGES_READ)
        answer = answer_question(
            question,
            hits,
            self._ground.index.rarity,
            engine,
            self._offline,
            manner,
            near=self._ground.nearness(question, hits),
            named=self._named(question),
        )
        if language:
            answer = replace(answer, note=lacks if answer.refused else note)
        if answer.refused and asked.move == "more" and not answer.note:
            answer = self._nothing_more(asked)
        return self._manner(answer, asked)

    def measure(self, question: str) -> Measures | None:
        """What decides whether the corpus treats a question; None where it is ruled out by name."""
        rarity = self._ground.index.rarity
        question = spelled(question, rarity)
        hits = self._ground.search(question, PASSAGES_READ)
        if by_name(question, hits, rarity):
            return None
        return measure(question, hits, rarity, self._ground.nearness(question, hits), self._named(question))

    def _named(self, question: str) -> list[tuple[int, int]]:
        return [(mention.start, mention.end) for mention in self._ground.names.find(question)]

    def _within(self, asked: Asked, engine: Engine, earlier: Sequence[Earlier]) -> Answer:
        """Answer from the pages that the last answer cited."""
        hits = self._ground.search(asked.question, 4 * PASSAGES_READ, Filter(docs=asked.docs))
        plan = plan_for(asked.question)
        passages = [hit.passage for hit in hits]
        if plan.kind in _ONLY_WHERE_IT_STANDS:
            passages = [passage for passage in passages if passage.headings[0] in plan.answering] or passages
        manner = Manner(asked.length, asked.form, exchanges(earlier), asked.omit | self._ruled_out())
        answer = answer_from(asked.question, passages[:PASSAGES_READ], engine, self._offline, manner)
        is_to_the_point = not plan.marks or any(plan.marks.search(one.text) for one in answer.statements)
        if answer.refused or (engine.name == self._offline.name and not is_to_the_point):
            return self._nothing_more(asked)
        return self._manner(answer, asked)

    def _ruled_out(self) -> frozenset[str]:
        """Statements that an engine need not choose, since they would be taken out of its answer."""
        return frozenset(bond.value for bond in self._bonds().bonds if bond.kind == "statement")

    def _nothing_more(self, asked: Asked) -> Answer:
        return self._teaching().nothing_more(asked)

    @staticmethod
    def _manner(answer: Answer, asked: Asked) -> Answer:
        """The answer with what it was understood to be about, and how it is to be shown."""
        return replace(answer, asked=asked.question, about=asked.about, length=asked.length, form=asked.form)

    def _finished(self, said: str, answer: Answer) -> Answer:
        """What every answer carries: the words it answers, names that changed, pages that did."""
        asked = answer.asked or said
        bonds = self._bonds()
        if bonds.bonds:
            answer = without_banned(answer, bonds.forbids_statement)
        return replace(
            answer,
            question=said,
            asked=asked,
            stale=CorpusDesk(self._ground).stale_among(answer.evidence),
            names=() if answer.kind == "aside" else renamed(asked, self._ground.names),
            hints=answer.hints or self._hints(answer),
        )

    @staticmethod
    def _hints(answer: Answer) -> tuple[str, ...]:
        """What the learner may say next."""
        if answer.refused:
            return tuple(f"What is {topic}?" for topic in answer.nearest)
        if answer.kind == "answer":
            further = next_question(answer.asked or answer.question, answer.evidence)
            return (
                *([further] if further else ()),
                "What does the exam turn on here?",
                "Give an example",
                "Quiz me on this",
            )
        return ()
