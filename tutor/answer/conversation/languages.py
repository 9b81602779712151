"""A question in another language in; which language, and its words in English as far as they are known, out.

For the offline engine, whose sources are English: it says so in the asker's language and answers where names, terms and
a small word list let search find something. A language model gets the question as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from tutor.answer.conversation.phrases import FOLDER
from tutor.index.terms import STOP_WORDS

FEWEST_MARKS = 2
SHORT = 5
"""In a turn of so few words, none of them only English, one word is enough."""
LEAST_SHARE_KNOWN = 0.5
"""Of the words that tell something, so many must be known in English, or too much would be guessed."""

_SCRIPTS = {
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "CJK": "zh",
    "DEVANAGARI": "hi",
    "ARABIC": "ar",
    "CYRILLIC": "ru",
}
_UNSPACED = ("ja", "zh", "ko")
_LAST_LATIN = 0x24F
_ALSO_ENGLISH = frozenset("comment on for men sur pour son des est as no da per come data case main".split())  # noqa: SIM905
_WORD = re.compile(r"[^\s.,!?¿¡؟،।;:()\[\]\"“”„«»…]+(?:\.[^\s.,!?;:()\"]+)*")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")


@dataclass(frozen=True)
class Language:
    """A language by what is said in it and what is known of it."""

    code: str
    says: str
    """That the answer comes in English."""
    lacks: str
    """That nothing was found under the words that are known."""
    marks: frozenset[str]
    words: Mapping[str, str]


@dataclass(frozen=True)
class Glossed:
    """A question in English words, as far as they are known."""

    language: Language
    question: str
    is_known_enough: bool


def language_of(question: str) -> Language | None:
    """The language of a question, where it is surely not English."""
    letters = [char for char in question if char.isalpha()]
    scripts = Counter(unicodedata.name(char, "").split(" ")[0] for char in letters if ord(char) > _LAST_LATIN)
    foreign = sorted(scripts.keys() & _SCRIPTS.keys(), key=lambda script: -scripts[script])
    if sum(scripts[script] for script in foreign) >= max(2, len(letters) // 8):
        codes = [_SCRIPTS[script] for script in foreign]
        return languages()["ja" if "ja" in codes else _nearer(codes[0], question)]
    said = _words(question)
    scored = {code: len(_telling(language) & set(said)) for code, language in languages().items() if language.marks}
    best = max(scored, key=lambda code: scored[code])
    own = languages()[best].marks | languages()[best].words.keys()
    english = sum(word in STOP_WORDS for word in said)
    if scored[best] >= max(FEWEST_MARKS, english):
        return languages()[best]
    is_short = len(said) <= SHORT and not any(word in STOP_WORDS - own for word in said)
    return languages()[best] if scored[best] and is_short else None


def glossed(question: str, language: Language, is_known: Callable[[str], bool] = lambda _: True) -> Glossed:
    """The question's words in English; Latin words that the corpus knows stay, since names and terms are English."""
    if language.code in _UNSPACED:
        return _glossed_unspaced(question, language)
    told: list[str] = []
    known = unknown = 0
    for word in _words(question, lower=False):
        plain = word.lower()
        pieces = [plain] if plain in language.words or plain in language.marks else re.split(r"[-/]", word)
        for piece in filter(None, pieces):
            english = language.words.get(piece.lower())
            if english and english != (told[-1] if told else ""):
                told.append(english)
                known += piece.lower() not in language.marks
            elif not english and piece.lower() not in language.marks and len(piece) > 1:
                is_term = piece.isascii() and is_known(piece.lower())
                told += [piece] if is_term else []
                known, unknown = known + is_term, unknown + (not is_term)
    return Glossed(language, " ".join(told), bool(told) and known >= LEAST_SHARE_KNOWN * (known + unknown))


def _glossed_unspaced(question: str, language: Language) -> Glossed:
    text = question
    for word in sorted(language.words, key=len, reverse=True):
        text = text.replace(word, f" {language.words[word]} ")
    kept = [word for word, _ in groupby(re.findall(r"[A-Za-z0-9][A-Za-z0-9_.\-/]*", text))]
    left = sum(unicodedata.name(char, "").startswith(("CJK", "HANGUL", "KATAKANA")) for char in text)
    return Glossed(language, " ".join(kept), bool(kept) and left <= len(kept))


def _nearer(code: str, question: str) -> str:
    """Ukrainian and Russian share their script; the words decide."""
    if code != "ru":
        return code
    said = set(_words(question))
    return max(
        ("ru", "uk"),
        key=lambda one: len(said & languages()[one].words.keys()) + bool(_UKRAINIAN.search(question)) * (one == "uk"),
    )


def _telling(language: Language) -> frozenset[str]:
    """The words by which a language is known: not those that are English as well."""
    own = {word for word, english in language.words.items() if word != english}
    return (language.marks | own) - STOP_WORDS - _ALSO_ENGLISH


def _words(question: str, *, lower: bool = True) -> list[str]:
    text = question.replace("’", "'")
    return [word.strip("'-/.") for word in _WORD.findall(text.lower() if lower else text)]


@cache
def languages() -> Mapping[str, Language]:
    """Every language that is known, by its code."""
    found: dict[str, dict[str, str]] = {}
    code = ""
    for line in (FOLDER / "languages.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            code = line[2:].strip()
            found[code] = {}
        elif line.strip() and not line.startswith("#"):
            name, _, rest = line.partition(" ")
            found[code][name] = rest.strip()
    return {
        code: Language(
            code,
            fields["says"],
            fields["lacks"],
            frozenset(fields.get("marks", "").split()),
            {
                word.replace("_", " "): english.replace("_", " ")
                for word, _, english in (pair.partition("=") for pair in fields["words"].split())
            },
        )
        for code, fields in found.items()
    }
