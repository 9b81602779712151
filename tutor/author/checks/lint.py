"""Item-writing flaws by rule: the nineteen of the literature (Tarrant, Knierim, Hayes and Ware, 2006), and one more.

A rule sees an item and yields what it finds, with its place and words. What a rule cannot see is said at the rule:
whether a text is ambiguous in meaning, or a second option right in fact, is for the two proofs and for people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from tutor.author.checks.verdict import Fault
from tutor.author.item import DraftItem
from tutor.index.terms import STOP_WORDS, terms

LONGEST_BY = 1.35
"""The key may be the longest option, but not by more than this beside the next."""
LONGEST_STEM_WORDS = 220
CONVERGING_WORDS = 3
"""By so many words more than any other option the key may not share words with the rest."""

_ABSOLUTE = re.compile(
    r"\b(always|never|completely|entirely|totally|impossible|guaranteed?|under no circumstances)\b", re.I
)
_MILD_ABSOLUTE = re.compile(r"\b(all|every|none|only|must)\b", re.I)
_VAGUE = re.compile(
    r"\b(usually|often|frequently|sometimes|generally|occasionally|seldom|rarely|possibly|perhaps|maybe|quite|fairly)\b",
    re.I,
)
_ALL_ABOVE = re.compile(r"\b(all|each|every one) (of )?(the )?(above|these|those|listed|first (two|three))\b", re.I)
_NONE_ABOVE = re.compile(r"\b(none|neither) (of )?(the )?(above|these|those|listed)\b", re.I)
_NEGATIVE = re.compile(
    r"\b(not|except|excluding|isn't|aren't|doesn't|don't|never|incorrect|is false|are false"
    r"|unsuitable|inappropriate|wrong|worst)\b",
    re.I,
)
_K_TYPE = re.compile(r"^\W*(both )?([A-F]|I{1,3}|IV|[1-6])( only|,? (and|or) (both )?([A-F]|I{1,3}|IV|[1-6])\b)", re.I)
_BLANK = re.compile(r"_{3,}|\.{4,}|…{2,}")
_TRUE_FALSE = re.compile(r"^\W*(true|false|yes|no)\b", re.I)
_ASKS = re.compile(r"\b(what|which|how|why|when|where|who|choose|select|pick|put|order)\b", re.I)
_TEMPLATE = re.compile(r"[{}<>]\w+[{}<>]|\{\}|\bTODO\b|\bXXX\b|\bNone\b|\bnan\b|\b(\w+) \1\b")
_NUMBER = re.compile(r"^\W*(?:about |around )?(-?\d[\d,]*(?:\.\d+)?)")
_ARTICLE = re.compile(r"\b(an?)\W*$", re.I)

Rule = Callable[[DraftItem], Iterator[Fault]]


def lint(item: DraftItem) -> Iterator[Fault]:
    """Every flaw that a rule finds."""
    for rule in RULES.values():
        yield from rule(item)


def _flaw(name: str, where: str = "", words: str = "") -> Fault:
    return Fault("lint", name, where, words)


def _matches(item: DraftItem, pattern: re.Pattern[str], name: str) -> Iterator[Fault]:
    for letter, option in zip(item.letters, item.options, strict=True):
        if found := pattern.search(option.text):
            yield _flaw(name, letter, found[0])


def _content(text: str) -> frozenset[str]:
    return frozenset(term for term in terms(text) if term not in STOP_WORDS and len(term) > 2)


def _key_and_rest(item: DraftItem) -> tuple[list[str], list[str]]:
    texts = [option.text for option in item.options]
    return [texts[place] for place in item.key], [text for place, text in enumerate(texts) if place not in item.key]


def ambiguous(item: DraftItem) -> Iterator[Fault]:
    """Unfinished text: left-over placeholders, doubled words, sentences without an end. Meaning is beyond a rule."""
    prose = re.sub(r"```.*?```|`[^`]*`", "", item.text, flags=re.S)
    if found := _TEMPLATE.search(prose):
        yield _flaw("ambiguous or unfinished text", "stem", found[0])
    last = item.stem.rstrip()
    is_list = re.match(r"(\d+\.|[-*|])\s", last.splitlines()[-1]) if last else None
    if last and not is_list and not last.endswith((".", "?", "!", ":", "`", "|", ")", "”", '"')):
        yield _flaw("ambiguous or unfinished text", "stem", last[-40:])


def implausible(item: DraftItem) -> Iterator[Fault]:
    """A distractor that is no answer of the kind the others are: far shorter than all of them."""
    if any(_shape(option.text) == "code" for option in item.options):
        return
    lengths = [len(_content(option.text)) for option in item.options]
    for place, letter in enumerate(item.letters):
        others = [length for other, length in enumerate(lengths) if other != place]
        if place not in item.key and others and min(others) >= 5 and lengths[place] <= 1:
            yield _flaw("implausible distractor", letter, item.options[place].text)


def none_of_the_above(item: DraftItem) -> Iterator[Fault]:
    """An option that denies the others."""
    yield from _matches(item, _NONE_ABOVE, "none of the above")


def all_of_the_above(item: DraftItem) -> Iterator[Fault]:
    """An option that takes in the others."""
    yield from _matches(item, _ALL_ABOVE, "all of the above")


def longest_is_key(item: DraftItem) -> Iterator[Fault]:
    """A key that stands out by its length."""
    keys, rest = _key_and_rest(item)
    if any(_shape(key) == "code" for key in keys):  # code is as long as it must be
        return
    if len(keys) == 1 and rest and len(keys[0]) > LONGEST_BY * max(map(len, rest)) and len(keys[0]) > 25:
        yield _flaw("longest option is the key", item.key_letters[0], keys[0])


def gratuitous(item: DraftItem) -> Iterator[Fault]:
    """More to read than a scenario needs."""
    count = len(re.sub(r"```.*?```", "", item.stem, flags=re.S).split())
    if count > LONGEST_STEM_WORDS:
        yield _flaw("gratuitous information", "stem", f"{count} words")


def true_false(item: DraftItem) -> Iterator[Fault]:
    """Options that say true or false."""
    yield from _matches(item, _TRUE_FALSE, "true or false question")


def converging(item: DraftItem) -> Iterator[Fault]:
    """A key from which the distractors were visibly made: it shares far more words with the rest than any of them."""
    if len(item.key) != 1 or len(item.options) < 4:
        return
    words = [_content(option.text) for option in item.options]
    shared = [
        sum(len(mine & theirs) for other, theirs in enumerate(words) if other != place)
        for place, mine in enumerate(words)
    ]
    key = item.key[0]
    if shared[key] - max(value for place, value in enumerate(shared) if place != key) >= CONVERGING_WORDS:
        yield _flaw("convergence on the key", item.letters[key], item.options[key].text)


def logical_cue(item: DraftItem) -> Iterator[Fault]:
    """Words of the ask that only the key takes up."""
    keys, rest = _key_and_rest(item)
    asked = _content(item.ask)
    taken = set.intersection(*(set(_content(key) & asked) for key in keys)) if keys else set()
    for word in sorted(taken - set().union(*map(_content, rest))):
        if not any(_content(text) & asked for text in rest):
            yield _flaw("logical cue", "ask", word)


def fill_in(item: DraftItem) -> Iterator[Fault]:
    """A blank to be filled."""
    if found := _BLANK.search(re.sub(r"```.*?```", "", item.text, flags=re.S)):
        yield _flaw("fill in the blank", "ask", found[0])


def absolute(item: DraftItem) -> Iterator[Fault]:
    """Absolute terms; the milder ones only where they set the key apart from all distractors."""
    yield from _matches(item, _ABSOLUTE, "absolute term")
    keys, rest = _key_and_rest(item)
    if len(rest) >= 2 and all(map(_MILD_ABSOLUTE.search, rest)) and not any(map(_MILD_ABSOLUTE.search, keys)):
        yield _flaw("absolute term", "every distractor")


def repeated_word(item: DraftItem) -> Iterator[Fault]:
    """Telling words of the stem that stand in the key and in no distractor, while no distractor has any of its own."""
    keys, rest = _key_and_rest(item)
    if len(keys) != 1:
        return
    stem, elsewhere = _content(item.stem), set().union(*map(_content, rest))
    own = {word for word in _content(keys[0]) & stem if word not in elsewhere and len(word) > 3}
    if len(own) >= 2 and not any((_content(text) & stem) - _content(keys[0]) for text in rest):
        yield _flaw("word repeated in the key", item.key_letters[0], ", ".join(sorted(own)))


def unfocused(item: DraftItem) -> Iterator[Fault]:
    """An ask that can be answered only after reading the options."""
    words = item.ask.split()
    if item.ask and (len(words) < 4 or not _ASKS.search(item.ask)):
        yield _flaw("unfocused stem", "ask", item.ask)
    elif item.ask and not item.ask.rstrip(")]* ").endswith(("?", ".", ":", "`")):
        yield _flaw("missing ask", "ask", item.ask[-40:])


def complex_type(item: DraftItem) -> Iterator[Fault]:
    """Options that name other options."""
    yield from _matches(item, _K_TYPE, "complex or K-type")


def grammatical_cue(item: DraftItem) -> Iterator[Fault]:
    """An article at the end of the ask, or options that do not continue it in the same form."""
    if found := _ARTICLE.search(item.ask.rstrip("?:… ")):
        yield _flaw("grammatical cue", "ask", found[0])


def lost_sequence(item: DraftItem) -> Iterator[Fault]:
    """Plain numbers that are in no order."""
    found = [_NUMBER.match(option.text) for option in item.options]
    bare = [len(option.text.split()) <= 3 for option in item.options]
    if len(found) >= 3 and all(found) and all(bare):
        values = [float(match[1].replace(",", "")) for match in found if match]
        if values not in (sorted(values), sorted(values, reverse=True)):
            yield _flaw("lost sequence", words=", ".join(option.text for option in item.options))


def vague(item: DraftItem) -> Iterator[Fault]:
    """Options that hold more or less."""
    yield from _matches(item, _VAGUE, "vague term")


def several_right(item: DraftItem) -> Iterator[Fault]:
    """More right options than the ask wants. Whether an option is right in fact is for the two proofs."""
    wanted = re.search(r"\b(?:choose|select|pick|which|what) (two|three|four)\b", item.ask, re.I)
    count = {"two": 2, "three": 3, "four": 4}[wanted[1].lower()] if wanted else 1
    if count != len(item.key):
        yield _flaw("more than one correct" if len(item.key) > count else "fewer correct than asked", "ask", item.ask)


def negative(item: DraftItem) -> Iterator[Fault]:
    """An ask that seeks what is wrong."""
    asked = re.sub(r"^(given|since|because|as|if|when)\b.*, ", "", item.ask, flags=re.IGNORECASE)
    if found := _NEGATIVE.search(re.split(r", (?:given|since|because) ", asked)[0]):
        yield _flaw("negative wording", "ask", found[0])


def unparallel(item: DraftItem) -> Iterator[Fault]:
    """One option in another form than the rest, or of quite another length."""
    shapes = [_shape(option.text) for option in item.options]
    for place, letter in enumerate(item.letters):
        others = shapes[:place] + shapes[place + 1 :]
        if len(others) >= 3 and len(set(others)) == 1 and shapes[place] != others[0]:
            yield _flaw("unparallel options", letter, item.options[place].text)
    lengths = sorted(len(option.text) for option in item.options if _shape(option.text) != "code")
    if len(lengths) >= 3 and (lengths[-1] > max(90, 2.6 * lengths[0]) or lengths[-1] > max(60, 4 * lengths[0])):
        yield _flaw("unparallel options", words=f"{lengths[0]} to {lengths[-1]} characters")


def _shape(text: str) -> str:
    """The outer form of an option: what it is made of and how it begins and ends."""
    if "```" in text or (text.count("`") == 2 and text.strip().startswith("`") and text.strip().endswith("`")):
        return "code"
    if _NUMBER.match(text):
        return "number"
    return "sentence" if text.rstrip().endswith(".") else "phrase"


RULES: dict[str, Rule] = {
    "ambiguous or unfinished text": ambiguous,
    "implausible distractor": implausible,
    "none of the above": none_of_the_above,
    "longest option is the key": longest_is_key,
    "gratuitous information": gratuitous,
    "true or false question": true_false,
    "convergence on the key": converging,
    "logical cue": logical_cue,
    "all of the above": all_of_the_above,
    "fill in the blank": fill_in,
    "absolute term": absolute,
    "word repeated in the key": repeated_word,
    "unfocused stem": unfocused,
    "complex or K-type": complex_type,
    "grammatical cue": grammatical_cue,
    "lost sequence": lost_sequence,
    "vague term": vague,
    "more than one correct": several_right,
    "negative wording": negative,
    "unparallel options": unparallel,
}
"""The nineteen, in the order of that list, and options that are not parallel; `unfocused` also finds a missing ask."""


def named(faults: Sequence[Fault]) -> list[str]:
    """The names of flaws, each once."""
    return list(dict.fromkeys(fault.name for fault in faults))
