"""A practice item as HTML: before the answer with options to choose, after it with reasons and the passages cited.

Everything that comes from a model of the corpus, a page or a language model is text: markup in it is shown, not run.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

from tutor.practice.rating import difficulty
from tutor.read.document import Passage
from tutor.store import BankedItem
from tutor.ui.passage import block, markdown, passage_html

EMPTY = (
    '<div class="item empty"><h3>Practise on fresh questions.</h3><p>Every question is drawn anew, its key is proved, '
    "and each option is explained with the passage that says so.</p><p>Choose what to practise, or leave it open, and "
    "press <b>Next question</b>.</p><p class=keys>Keys: <kbd>A</kbd>–<kbd>F</kbd> choose, <kbd>Enter</kbd> answers and "
    "goes on.</p></div>"
)
_MARKS = re.compile(r"(?<= )(?:\[\d+\])+")


def open_item(kept: BankedItem, titles: Mapping[str, str]) -> str:
    """The item with options that can be chosen."""
    several = len(kept.item["key"]) > 1
    role = "checkbox" if several else "radio"
    options = "".join(
        f'<button type="button" class="option" role="{role}" aria-checked="false" data-letter="{letter}">'
        f'<span class="letter">{letter}</span><span class="text">{_inline(text)}</span></button>'
        for letter, text in kept.item["options"].items()
    )
    group = "group" if several else "radiogroup"
    return (
        f'<article class="item" data-item="{escape(kept.id)}" data-choose="{len(kept.item["key"])}" data-state="open" '
        f'tabindex="-1">'
        f'{_question(kept, titles)}<div class="options" role="{group}" aria-label="Options">{options}</div></article>'
    )


def answered_item(
    kept: BankedItem,
    titles: Mapping[str, str],
    chosen: Collection[str],
    passages: Mapping[str, Passage],
    contrast: str = "",
) -> str:
    """The item with what was right, why, and the passages that say so. `contrast` leads to its twin."""
    item, turn = kept.item, f"item-{escape(kept.id)}"
    is_right = set(chosen) == set(item["key"])
    outcome = "Right." if is_right else f"Not quite: the answer is {escape(_listed(item['key']))}."
    options = "".join(_explained(item, letter, letter in chosen, turn) for letter in item["options"])
    by_passage = groupby(sorted(item["citations"], key=_place), key=_place)
    groups = sorted((list(cited) for _, cited in by_passage), key=lambda group: int(group[0]["n"]))
    cited = "".join(_evidence(group, passages, turn) for group in groups)
    twin = f'<p class="contrast"><b>What would change it.</b> {_inline(contrast)}</p>' if contrast else ""
    return (
        f'<article class="item" data-item="{escape(kept.id)}" data-state="answered">{_question(kept, titles)}'
        f'<p class="outcome {"right" if is_right else "wrong"}" role="status">{outcome}</p>'
        f'<div class="options">{options}</div>{twin}<div class="citations">{cited}</div>'
        f'<p class="checked">{escape(_proofs(kept))}</p></article>'
    )


def trouble(words: str) -> str:
    """An error, said where the item would stand."""
    return f'<div class="item empty trouble" role="alert"><p>{escape(words)}</p></div>'


def score(answered: Sequence[bool]) -> str:
    """How the session goes."""
    if not answered:
        return '<p id="score">No answers in this session yet.</p>'
    right, marks = sum(answered), "".join("●" if one else "○" for one in answered[-20:])
    share = f"{right / len(answered):.0%}"
    return f'<p id="score">This session: <b>{right} of {len(answered)}</b> right ({share}) <span>{marks}</span></p>'


def _question(kept: BankedItem, titles: Mapping[str, str]) -> str:
    word, how = difficulty(kept.rating, kept.answers)
    told = how if how == "predicted" else f"observed in {kept.answers} answers"
    title = titles.get(kept.objective, "")
    about = f"{kept.consideration} {title} · {kept.kind} · {word}, {told}"
    stem = kept.item["stem"].removesuffix(kept.item["ask"]).rstrip()
    return (
        f'<p class="about">{escape(about)}</p><div class="stem">{block(stem)}</div>'
        f'<div class="ask">{block(kept.item["ask"])}</div>'
    )


def _explained(item: Mapping[str, Any], letter: str, is_chosen: bool, turn: str) -> str:
    is_key = letter in item["key"]
    said = ("right" if is_key else "wrong") + (" chosen" if is_chosen else "")
    told = {(True, True): "your answer, right", (True, False): "right", (False, True): "your answer"}
    mark = told.get((is_key, is_chosen), "")
    note = f'<span class="mark">{mark}</span>' if mark else ""
    known = {citation["n"] for citation in item["citations"]}
    why = _MARKS.sub(lambda found: _links(found[0], known, turn), _inline(item["explanations"][letter]))
    return (
        f'<div class="option {said}"><span class="letter">{letter}</span><div class="text">'
        f'<div>{_inline(item["options"][letter])} {note}</div><div class="why">{why}</div></div></div>'
    )


def _links(marks: str, known: Collection[int], turn: str) -> str:
    return "".join(
        f'<a class="cite" href="#cite-{turn}-{number}" title="Open passage {number}">{number}</a>'
        if int(number) in known
        else f"[{number}]"
        for number in re.findall(r"\d+", marks)
    )


def _place(citation: Mapping[str, Any]) -> str:
    return str(citation["passage"])


def _evidence(group: Sequence[Mapping[str, Any]], passages: Mapping[str, Passage], turn: str) -> str:
    """One passage with every quote marked that the item takes from it."""
    number = "".join(f'<span class="cite" id="cite-{turn}-{one["n"]}">{one["n"]}</span>' for one in group)
    passage = passages.get(_place(group[0]))
    if passage is None:
        quotes = " … ".join(escape(one["quote"]) for one in group)
        return f"<details><summary>{number} {escape(_place(group[0]))}</summary>{quotes}</details>"
    starts = ((passage.text.find(one["quote"]), len(one["quote"])) for one in group)
    quoted = [(start, start + length) for start, length in starts if start >= 0]
    official = ""
    if passage.source:
        day = passage.source.checked
        checked = f", checked {day.day} {day:%B %Y}" if day else ""
        link = f'<a href="{escape(passage.source.url)}" target="_blank" rel="noopener noreferrer">'
        official = f'<p class="source">Official source: {link}{escape(passage.source.title)}</a>{checked}</p>'
    return (
        f"<details><summary>{number} {escape(passage.title)} › {escape(passage.heading)}</summary>"
        f'<div class="passage">{passage_html(passage.text, quoted)}</div>{official}</details>'
    )


def _proofs(kept: BankedItem) -> str:
    """What was proved of the item, and what was not."""
    solver = {
        "agree": "solved independently with the same answer",
        "abstain": "an independent solver could not decide it",
        "disagree": "an independent solver leans to another option",
        "not asked": "not solved independently",
    }
    proved = "key proved by its model" if kept.checks.get("proved_by_model") else "key not proved by a model"
    return f"{proved} · {solver[kept.checks.get('solver', 'not asked')]} · citations checked · {kept.id}"


def _listed(letters: Sequence[str]) -> str:
    return letters[0] if len(letters) == 1 else f"{', '.join(letters[:-1])} and {letters[-1]}"


def _inline(text: str) -> str:
    if "```" in text:
        return block(text)
    rendered: str = markdown().renderInline(text)
    return rendered
