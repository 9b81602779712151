"""A turn of a conversation and those before it in; what is really asked, and how to show the answer, out.

By rules alone, so that it works without a language model, and so that a language model gets a question that stands on
its own. What is no follow-up by these rules is a new question, and nothing of the conversation is mixed into it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tutor.answer.conversation.earlier import Earlier
from tutor.answer.conversation.references import (
    first_pronoun,
    letter_in,
    place_in,
    pointed_at,
    rows,
    which_of_them,
    with_places_named,
)
from tutor.answer.conversation.rewording import about, asks_only_a_side, side_of, with_changed, with_sibling
from tutor.answer.conversation.subjects import Topic, topic_of
from tutor.answer.conversation.wishes import (
    Wish,
    beside_another_cloud,
    is_of_another_cloud,
    plain,
    wish_in,
    without_opening,
)
from tutor.answer.exam_guide import exam_topics
from tutor.engines.engine import Form, Length
from tutor.index.terms import terms
from tutor.read.names import Names

Move = Literal["new", "again", "more", "reworded", "within", "option", "sources", "quiz", "equivalents", "unclear"]
"""What a turn does: asks anew; asks the same, in another manner; wants more of it; asks a changed question; asks within
the pages of the last answer; asks about an option; asks for sources; wants to be quizzed; knows another cloud; leans on
something that is not there."""

NO_TOPIC = Topic()
PAIR = 2
LOOK_BACK = 4
"""So many turns back things that stood beside each other are looked for."""
PAGES_ASKED = 3
"""So many pages of the last answer are asked again."""
SHORTEST = 2
"""With fewer characters nothing is asked."""
MOST_LEANING = 8
"""A question of more words is taken as it stands."""
OWN_TERMS = 4
"""A fragment with more telling terms is a question of its own."""

_OF_ITS_OWN = re.compile(
    r"(?:what(?:'s| is| are) an? |define |explain |describe |compare |tell me about )", re.IGNORECASE
)
_IDENTIFIER = re.compile(r"\w[._]\w|[a-z][A-Z]|\b[A-Z]{3,}\b.*\b[A-Z]{3,}\b")
_ABOUT = re.compile(r"^(?:what|how) about\s+(.+)$", re.IGNORECASE)
_SAME = re.compile(
    r"^(?:the )?same (?:question )?(?:but |again )?(?=for|with|in|on)(.+)$|^(.+) instead$", re.IGNORECASE
)
_IF = re.compile(r"^(?:what|and|but) if (.+)$", re.IGNORECASE)
_CIRCUMSTANCE = re.compile(
    r"^(?:but |and )?(?P<told>(?:we|i|they|nobody|there|our|my|the|users|it)\s+(?:\w+\s+){0,3}?"
    r"(?:is|are|has|have|had|need|needs|want|wants|use|uses|run|runs|know|knows|only|cannot|can't|must|may|"
    r"never|do not|don't|does not|doesn't)\b.*)$",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"^\w[\w-]* or \w[\w-]*$", re.IGNORECASE)
_HERE = re.compile(r",?\s+(?:here|in (?:this|that) (?:case|context|setting|situation))$", re.IGNORECASE)
_SHOWN = re.compile(
    r"^(?P<rest>.*\w.*?),?\s+(?:as|in|into) (?:an? )?(?:short |markdown |numbered |bullet )?"
    r"(?P<form>table|list|bullets|bullet points)(?: please)?[\s?.!]*$",
    re.IGNORECASE,
)
_IN_ENGLISH = re.compile(r"^(?:and )?(?:now )?in english(?: please)?[\s,:;.-]+(?=\S)", re.IGNORECASE)
_FURTHER = re.compile(
    r"^(?:what about |how about )?(?:of |for |to )?(?:an? |the )?((?!what|how)\S+(?: \S+){0,2})$", re.IGNORECASE
)
AWS_KNOWN = "for somebody who knows AWS?"
"""How a question ends that was answered with counterparts of another cloud."""
_MOST_WORDS_TOLD = 10
_MOST_WORDS_LED = 12
_JOINED = re.compile(r"^(?:and|but|or|also|plus)\s+(?:what about\s+)?(.+)$", re.IGNORECASE)
_LED = re.compile(r"^(?:for|in|on|with|without|at|using)\s+\S", re.IGNORECASE)
_MEANT = re.compile(
    r"^(?:(?:no|nope|nah|not (?:that|this|it)|sorry|actually|oops|wait|wrong|hm+)\b[\s,.;:!-]*)*"
    r"(?:i (?:meant|mean|(?:was|am) (?:asking|talking) about|asked (?:about|for)|wanted(?: to know)?(?: about)?)|"
    r"my question was(?: about)?)\s+(.+)$",
    re.IGNORECASE,
)
_NO = re.compile(r"^(?:no|nope|nah|sorry|oops|actually)\b[\s,.;:!-]+(?:rather\s+)?(.+)$", re.IGNORECASE)
_SWAPPED = re.compile(
    r"^not\s+(?P<old>.+?),?\s+but\s+(?P<new>.+)$|^(?P<new2>.+?),\s*not\s+(?P<old2>.+)$", re.IGNORECASE
)
_WHY_NOT = re.compile(
    r"^why (?:not|(?:wouldn't|would|shouldn't|should|can't|don't) (?:i|we)(?: not)?)(?: (?:just|simply))?"
    r"(?: (?:use|take|choose|pick))?\s+(.+)$",
    re.IGNORECASE,
)
_QUIZ = re.compile(
    r"^(?:please )?(?:(?:can|could) you )?(?:quiz|test|question|examine|drill) me (?:on|about|in) "
    r"(?P<what>.+?)[\s?.!]*$",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"(?:what|whats|which|when|where|who|why|how|is|are|do|does|did|can|could|should|would|will|explain|describe|compare|tell|"
    r"give|list|define|difference)\b",
    re.IGNORECASE,
)
_LENGTHS: dict[Wish, Length] = {"shorter": "short", "longer": "long"}
_FORMS: dict[Wish, Form] = {"table": "table", "list": "list", "plain form": "usual"}


@dataclass(frozen=True)
class Asked:
    """A turn, understood."""

    said: str
    question: str
    """What is asked, as a question that stands on its own."""
    move: Move = "new"
    length: Length = "usual"
    form: Form = "usual"
    about: str = ""
    """The question that the talk is about, where this one asks for a side of its answer."""
    docs: tuple[str, ...] = ()
    """The only pages to look in; empty for all."""
    omit: frozenset[str] = frozenset()
    """Statements that the learner has been told and asks to go beyond."""
    option: str = ""
    """The letter of the option that is meant; empty for all of them."""
    topic: Topic = NO_TOPIC


def understand(said: str, earlier: Sequence[Earlier], names: Names) -> Asked:
    """What a turn asks, in the light of the turns before it."""
    shown = _SHOWN.match(said)
    if shown and not wish_in(said) and len(shown["rest"].split()) > 1:
        form: Form = "table" if shown["form"].lower() == "table" else "list"
        return replace(understand(shown["rest"], earlier, names), said=said, form=form)
    before = [turn for turn in earlier if turn.is_about_something]
    if before:
        turn = _Turn(said, before, names)
        for read in (turn.wish, turn.other_cloud, turn.correction, turn.option, turn.fragment, turn.pronoun, turn.side):
            found = read()
            if found:
                return found
    quizzed = _QUIZ.match(plain(said))
    if quizzed:
        return Asked(said, quizzed["what"], "quiz", topic=Topic((quizzed["what"],)))
    wish = wish_in(said)
    if wish or len(said.strip(" ?.!,")) < SHORTEST:
        return Asked(said, said, "quiz" if wish == "quiz" else "unclear")
    rest = beside_another_cloud(said)
    if rest:
        return Asked(said, said, "equivalents", topic=_thing(rest, names))
    return Asked(said, said)


def _thing(text: str, names: Names) -> Topic:
    """What a text names: a product of another cloud as it is called there, or what the text is about."""
    return Topic((text,)) if is_of_another_cloud(text) else topic_of(text, (), names)


def lean_on_topic(asked: Asked, earlier: Sequence[Earlier], names: Names) -> Asked | None:
    """A short question that names nothing, as one about what was spoken of last; None where it names something."""
    before = [turn for turn in earlier if turn.is_about_something]
    text = without_opening(asked.said).strip(" ?.!")
    if not before or not 0 < len(text.split()) <= MOST_LEANING or names.find(text) or _IDENTIFIER.search(text):
        return None
    return _Turn(asked.said, before, names).leaning(text, asked.form)


class _Turn:
    """One turn beside those before it; each method tries to read it in one way."""

    def __init__(self, said: str, earlier: Sequence[Earlier], names: Names) -> None:
        self._text = _IN_ENGLISH.sub("", plain(said))
        self._bare = without_opening(self._text).strip(" ?.!")
        self._earlier = earlier
        self._last = last = earlier[-1]
        self._names = names
        self._cited = next((turn for turn in reversed(earlier) if turn.passages), last)
        of_the_exam = Topic(("the exam",)) if last.kind == "exam" else NO_TOPIC
        self._topic = of_the_exam or topic_of(last.base, self._cited.passages, names)
        docs = self._cited.docs[:PAGES_ASKED] if last.about else ()
        move: Move = "within" if docs else "again"
        self._same = Asked(said, last.asked, move, last.length, last.form, last.about, docs, topic=self._topic)

    def wish(self) -> Asked | None:
        """Shorter, in a table, why, an example, quiz me."""
        wish = wish_in(self._text)
        if wish is None:
            return None
        if wish in _LENGTHS:
            return replace(self._same, length=_LENGTHS[wish])
        if wish in _FORMS:
            return replace(self._same, form=_FORMS[wish], length="usual")
        if wish == "more":
            told = frozenset(
                text for turn in self._earlier if turn.asked == self._last.asked for text in turn.statements
            )
            return replace(self._same, move="more", length="long", omit=told)
        if wish in ("sources", "quiz"):
            return replace(self._same, move="sources" if wish == "sources" else "quiz")
        return self._same if wish == "repeat" else self._within(wish)

    def other_cloud(self) -> Asked | None:
        """Explain like I know AWS."""
        rest = beside_another_cloud(self._text)
        if not rest:
            return None
        names_something = set(terms(rest)) - set(terms("explain tell again"))
        own = _thing(rest, self._names) if names_something else NO_TOPIC
        return replace(self._same, move="equivalents", topic=own or self._topic)

    def correction(self) -> Asked | None:
        """No, I meant batch."""
        match = _MEANT.match(self._text) or _NO.match(self._text)
        meant = match[1].strip(" ?.!") if match else self._bare
        swapped = _SWAPPED.match(meant)
        if swapped and len(meant.split()) <= 12:
            old, new = swapped["old"] or swapped["old2"], swapped["new"] or swapped["new2"]
            pattern = rf"(?<!\w){re.escape(old.strip())}(?!\w)"
            if re.search(pattern, self._last.base, re.IGNORECASE):
                swap = re.compile(pattern, re.IGNORECASE)
                return self._reworded(swap.sub(lambda _: new.strip(), self._last.base))
        if not match:
            return None
        return self._alone(match[1]) if self._stands_alone(meant) else self._changed(meant, is_correction=True)

    def option(self) -> Asked | None:
        """Why not the second? Why is C wrong? Which of them is cheaper?"""
        letters: Sequence[str] = self._last.state.get("letters", ())
        place = place_in(self._bare)
        if letters and place and place.number < len(letters):
            return replace(self._same, move="option", option=letters[place.number])
        if letters and (letter := letter_in(self._text, letters)):
            return replace(self._same, move="option", option=letter)
        if place:
            return self._about_place(place.number, against=place.against, why=place.why)
        named = with_places_named(without_opening(self._text), self._choices())
        if named:
            return self._reworded(named)
        compared = which_of_them(without_opening(self._text), self._choices())
        if compared is None:
            return self._why_not()
        if not compared and self._cited.docs:
            return self._side_of_answer(self._text, frozenset())
        return self._reworded(compared) if compared else replace(self._same, move="unclear")

    def fragment(self) -> Asked | None:
        """And for streaming? What about costs?"""
        text = self._bare
        further = _FURTHER.match(text)
        if further and self._last.asked.endswith(AWS_KNOWN):
            return replace(self._same, move="equivalents", topic=Topic((further[1],)))
        if self._last.kind == "exam" and exam_topics(f"{text} of the exam") and not self._names.find(text):
            return self._reworded(f"{text} of the exam?")
        condition = _IF.match(self._text.strip(" ?.!"))
        if condition and len(condition[1].split()) <= 12:
            return self._reworded(f"{self._last.base.rstrip(' ?.!')}, if {condition[1]}?")
        if _HERE.search(text) and _ASKING.match(text) and self._cited.docs and not self._names.find(text):
            return self._side_of_answer(f"{_HERE.sub('', text)}?", frozenset())
        match = _ABOUT.match(text) or _SAME.match(text)
        if match:
            fragment = next(group for group in match.groups() if group).strip()
            if _ASKING.match(fragment) and match.re is _SAME and len(fragment.split()) <= PAIR:
                return self._reworded(f"{fragment}: {self._last.base}")
            if _ASKING.match(fragment) and match.re is _SAME and self._cited.docs and not self._names.find(fragment):
                return self._side_of_answer(f"{text}?", frozenset())
            return self._alone(fragment) if self._stands_alone(fragment) else self._changed(fragment)
        told = _CIRCUMSTANCE.match(self._text.strip(" ?.!"))
        if told and len(told["told"].split()) <= _MOST_WORDS_TOLD and not self._text.endswith("?"):
            return self._reworded(f"{self._last.base.rstrip(' ?.!')}, if {told['told']}?")
        if _ASKING.match(text) and len(text.split()) > 1 and not side_of(text, self._topic):
            return None
        if _CHOICE.match(text) and self._topic and not self._names.find(text):
            return self._reworded(f"{text} for {self._topic.names[0]}?")
        few = len(text.split())
        most = _MOST_WORDS_LED if _LED.match(text) else 6
        is_joined = bool(_JOINED.match(self._text)) and few <= most
        is_led = bool(_LED.match(text)) and few <= 5
        is_sibling = self._text.endswith("?") and few <= 2 and bool(with_sibling(self._last.base, text))
        if is_joined or is_led or is_sibling or (few <= 7 and side_of(text, self._topic)):
            return self._changed(text)
        return None

    def pronoun(self) -> Asked | None:
        """Does it support GPUs?"""
        if not _ASKING.match(self._bare) and not self._text.endswith("?"):
            return None
        reworded = pointed_at(without_opening(self._text), self._topic, self._choices())
        return self._reworded(reworded) if reworded else None

    def leaning(self, text: str, form: Form) -> Asked | None:
        """Under whose identity?"""
        name = self._topic.joined()
        if not name or _OF_ITS_OWN.match(text) or all(word.lower() in text.lower() for word in name.split()):
            return None
        pronoun = re.search(r"\b(?:it|that|this|them|these|those)$", text, re.IGNORECASE)
        whole = f"{text[: pronoun.start()]}{name}?" if pronoun else f"{text} ({name})?"
        found = self._side_of_answer(f"{text}?", frozenset()) if self._cited.docs else self._reworded(whole)
        return replace(found, form=form)

    def side(self) -> Asked | None:
        """What are the limits?"""
        if not self._topic or not asks_only_a_side(self._text) or self._names.find(self._text):
            return None
        return self._reworded(about(without_opening(self._text), self._topic))

    def _within(self, wish: Wish) -> Asked | None:
        """A wish that is met from the pages of the last answer."""
        last, name = self._last, self._topic.joined()
        if not name or not self._cited.docs:
            return replace(self._same, move="unclear")
        if wish == "simpler":
            verb = "are" if len(self._topic.names) > 1 else "is"
            return replace(self._reworded(f"What {verb} {name} in plain words?"), length="short")
        questions: dict[Wish, str] = {
            "why": f"Why? {last.base} {' '.join(last.statements[:1])}",
            "example": f"Give an example of {name}: {last.base}",
            "exam": f"What does the exam turn on for {name}? {last.base}",
            "trap": f"Which mistakes are common with {name}?",
        }
        told = frozenset(self._cited.statements) if wish in ("why", "example") else frozenset()
        return self._side_of_answer(questions[wish], told)

    def _side_of_answer(self, question: str, told: frozenset[str]) -> Asked:
        """A question that the pages of the last answer are to answer, beyond what was told."""
        docs = self._cited.docs[:PAGES_ASKED]
        return replace(self._reworded(question), move="within", docs=docs, omit=told, about=self._last.base)

    def _about_place(self, number: int, *, against: bool, why: bool) -> Asked | None:
        """What stands at a place of the last answer: a thing compared, or a statement."""
        things = self._choices()
        if -len(things) <= number < len(things):
            others = [thing for thing in things if thing != things[number]]
            if against and others:
                return self._reworded(f"When should I not choose {things[number]} instead of {others[0]}?")
            return self._reworded(f"When should I choose {things[number]}?")
        prose = [text for text in self._last.statements if not text.startswith("|")]
        if not -len(prose) <= number < len(prose):
            return None
        return self._side_of_answer(f"{'Why? ' if why else ''}{prose[number]}", frozenset(prose))

    def _why_not(self) -> Asked | None:
        match = _WHY_NOT.match(self._bare)
        if not match or len(match[1].split()) > OWN_TERMS:
            return None
        thing = match[1].strip()
        mine = next((name for name in self._topic.names if name.lower() != thing.lower()), "")
        return self._reworded(f"When should I not choose {thing}{f' instead of {mine}' if mine else ''}?")

    def _choices(self) -> tuple[str, ...]:
        """The last things that stood beside each other: in a question, in questions one after the other, in a table."""
        products: dict[str, str] = {}
        for turn in reversed(self._earlier[-LOOK_BACK:]):
            found = topic_of(turn.base, turn.passages, self._names).names
            if len(found) > 1 and {one.lower() for one in self._topic.names} <= {one.lower() for one in found}:
                return found
            for mention in self._names.find(turn.base):
                products.setdefault(mention.product.id, mention.name)
            if len(products) == PAIR:
                return tuple(products.values())[::-1]
        return rows(next((text for text in self._last.statements if text.startswith("|")), ""))

    def _changed(self, fragment: str, *, is_correction: bool = False) -> Asked:
        side = side_of(fragment, self._topic)
        known = {name.lower() for passage in self._cited.passages for name in passage.names}
        products = {mention.name.lower() for mention in self._names.find(fragment)}
        known = known | products if is_correction else known - products
        return self._reworded(side or with_changed(self._last.base, fragment, self._topic, self._names, known))

    def _reworded(self, question: str) -> Asked:
        whole = f"{question[:1].upper()}{question[1:]}"
        return replace(self._same, question=whole, move="reworded", form="usual", length="usual", about="")

    def _alone(self, text: str) -> Asked:
        return replace(self._reworded(text), topic=NO_TOPIC)

    def _stands_alone(self, text: str) -> bool:
        """Whether a text is a question of its own."""
        said = set(terms(text))
        for mention in self._names.find(text):
            said -= set(terms(mention.name))
        if len(said) > OWN_TERMS:
            return True
        return bool(_ASKING.match(text)) and bool(said) and not asks_only_a_side(text) and first_pronoun(text) is None
