"""A practice item with the verdict of its checks: what learners meet, reviewers see and commands print."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tutor.author.checks.verdict import Verdict
from tutor.author.item import DraftItem, ItemOption
from tutor.engines.engine import DraftStatement, Quote
from tutor.read.document import CURRENT_EDITION, Passage


@dataclass(frozen=True)
class PracticeItem:
    """An item, checked."""

    item: DraftItem
    verdict: Verdict
    passages: Mapping[str, Passage]
    """The passages that its explanations cite, by their ids."""
    engine: str = "offline"

    @cached_property
    def id(self) -> str:
        """What it is called: the same for the same words, options and key."""
        item = self.item
        words = "\n".join((item.text, *(option.text for option in item.options), *item.key_letters))
        return f"{item.model or 'written'}-{hashlib.sha256(words.encode()).hexdigest()[:10]}"

    @property
    def consideration(self) -> str:
        """The consideration of the current edition that it exercises."""
        numbers = [
            number for edition, number in (one.split("/") for one in self.item.treats) if edition == CURRENT_EDITION
        ]
        return numbers[0] if numbers else self.item.treats[0].partition("/")[2]

    @property
    def objective(self) -> str:
        """The objective that it belongs to: `4.2`."""
        return ".".join(self.consideration.split(".")[:2])

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """What is cited: number 1 is the first."""
        cited = (quote for option in self.item.options for said in option.explanation for quote in said.quotes)
        return tuple(dict.fromkeys(cited))

    def explanation(self, place: int) -> str:
        """Why the option at this place is right or wrong, with the numbers of its citations.

        A wrong option points to a reason that the key has, or one above: said again, it would hide what differs.
        """
        above = self._told_already(place)
        said = " ".join(self.with_numbers(one) for one in self.item.options[place].explanation if one not in above)
        return f"{said.removesuffix('.')} (see {' '.join(map(self._marks, above))})." if above else said

    def _told_already(self, place: int) -> tuple[DraftStatement, ...]:
        """The reasons of a wrong option that the key or one above has given, where what is left can stand alone."""
        if place in self.item.key:
            return ()
        said = self.item.options[place].explanation
        read = [*self.item.options[:place], *(self.item.options[key] for key in self.item.key)]
        given = {one for option in read for one in option.explanation if one.quotes}
        above = tuple(one for one in said if one in given)
        left = [one for one in said if one not in given]
        whole = all(one.text.endswith(".") for one in said) and not any(one.text[:1].islower() for one in said)
        return above if left and not left[-1].quotes and whole else ()

    def with_numbers(self, said: DraftStatement) -> str:
        """A sentence of an explanation with the numbers of its citations."""
        return f"{said.text} {self._marks(said)}".rstrip()

    def _marks(self, said: DraftStatement) -> str:
        return "".join(f"[{self.quotes.index(quote) + 1}]" for quote in said.quotes)

    def as_json(self) -> dict[str, Any]:
        """The item in the shape that the command line promises."""
        item = self.item
        return {
            "id": self.id,
            "objective": self.objective,
            "consideration": self.consideration,
            "treats": list(item.treats),
            "kind": item.kind,
            "stem": item.text,
            "ask": item.ask,
            "options": {letter: option.text for letter, option in zip(item.letters, item.options, strict=True)},
            "key": list(item.key_letters),
            "explanations": {letter: self.explanation(place) for place, letter in enumerate(item.letters)},
            "citations": [self._citation(number, quote) for number, quote in enumerate(self.quotes, start=1)],
            "difficulty": item.difficulty,
            "hardness": round(item.hardness, 3),
            "model": item.model,
            "seed": item.seed,
            "engine": self.engine,
            "checks": self.verdict.as_json(),
        }

    def as_kept(self) -> dict[str, Any]:
        """The item in the shape that the bank keeps: with what it takes to check it again."""
        numbers = {quote: number for number, quote in enumerate(self.quotes, start=1)}
        return self.as_json() | {
            "circumstances": list(self.item.circumstances),
            "told": self.item.told,
            "option_ids": [option.id for option in self.item.options],
            "statements": [
                [[said.text, [numbers[quote] for quote in said.quotes]] for said in option.explanation]
                for option in self.item.options
            ],
        }

    def as_markdown(self, number: int = 0) -> str:
        """The item as a page to read: question, options, then key and reasons."""
        item = self.item
        reasons = "\n".join(f"- **{letter}** {self.explanation(place)}" for place, letter in enumerate(item.letters))
        cited = "\n".join(
            f"{n}. {self._place(quote)}: “{' '.join(quote.text.split())}”"
            for n, quote in enumerate(self.quotes, start=1)
        )
        key = f"**Key: {', '.join(item.key_letters)}**"
        return "\n\n".join((self.as_question(number), key, reasons, cited)) + "\n"

    def as_question(self, number: int = 0) -> str:
        """What is asked, without key and reasons."""
        item = self.item
        head = (
            f"### {f'{number}. ' if number else ''}{self.consideration} · {item.kind} · {item.difficulty} (predicted)"
        )
        options = "\n".join(
            f"{letter}. {option.text}" for letter, option in zip(item.letters, item.options, strict=True)
        )
        return "\n\n".join((head, item.stem, item.ask, options))

    def _place(self, quote: Quote) -> str:
        passage = self.passages.get(quote.passage)
        return f"{passage.title} › {passage.heading}" if passage else quote.passage

    def _citation(self, number: int, quote: Quote) -> dict[str, Any]:
        passage = self.passages.get(quote.passage)
        source = passage.source if passage else None
        return {
            "n": number,
            "passage": quote.passage,
            "doc": passage.doc if passage else None,
            "heading": passage.heading if passage else None,
            "quote": quote.text,
            "source_url": source.url if source else None,
            "checked": source.checked.isoformat() if source and source.checked else None,
        }


def read_item(told: Mapping[str, Any]) -> DraftItem:
    """An item as the bank keeps it, back as a draft."""
    letters = list(told["options"])
    ids = told.get("option_ids") or letters
    quotes = {one["n"]: Quote(one["passage"], one["quote"]) for one in told.get("citations", ())}
    statements = told.get("statements") or [[] for _ in letters]
    explained = [
        tuple(DraftStatement(text, tuple(quotes[number] for number in numbers)) for text, numbers in said)
        for said in statements
    ]
    return DraftItem(
        kind=told["kind"],
        treats=tuple(told["treats"]),
        stem=told["stem"].removesuffix(told["ask"]).rstrip(),
        ask=told["ask"],
        options=tuple(
            ItemOption(told["options"][letter], said, id)
            for letter, said, id in zip(letters, explained, ids, strict=True)
        ),
        key=tuple(letters.index(letter) for letter in told["key"]),
        model=told["model"],
        seed=told["seed"],
        circumstances=tuple(told.get("circumstances", ())),
        told=told.get("told", ""),
        hardness=told["hardness"],
    )
