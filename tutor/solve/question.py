"""A pasted exam question in, a `Question` out; also one line of JSON for each of many questions.

A pasted text is a question when two to six options follow a stem, in any common layout: `A.`, `(a)`, `1)`, `Option A:`,
bullets, several options on one line. An answer or explanation that was pasted along is dropped unread. A text that is
no such question gives None; a faulty JSON line raises `InputError`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from tutor.errors import InputError

FEWEST, MOST = 2, 6
"""How many options a question has."""
STEM_WORDS = 4
"""A shorter stem asks nothing that could be weighed."""
LONGEST_CHARACTERS = 40_000
"""More is a document, not a question."""

_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_CHOOSE = re.compile(
    r"\b(?:choose|select|pick|mark|check|which|what|name|identify|give)\s+(?:the\s+|any\s+|your\s+)?(?:best\s+|correct\s+)?"
    r"(two|three|four|five|[2-5])\b(?!\s*(?:%|percent|hours?|days?|weeks?|months?|years?|gb|tb))",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:choose|select|pick)\s+(?:the\s+)?(?:best\s+|only\s+)?(?:one|1|single)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:choose|select|check|mark)\s+all\b|\ball\s+that\s+apply\b", re.IGNORECASE)

_LETTER = r"(?:option\s+|choice\s+|answer\s+)?[\[(]?([A-Ha-h])\s?[.):\]\u2013\u2014-](?:\*\*|__)?(?=\s|\w)"
_NUMBER = r"(?:option\s+)?[\[(]?([1-8])\s?[.):\]](?=\s|[A-Za-z])"
_BULLET = r"([-*+\u2022\u25cb\u25cf\u25aa\u25ab\u2610\u2751\u25e6\u2043\u00b7]|\[[ xX]?\]|\([ xX]?\))\s"
_LEAD = r"^[ \t>]*(?:[-*+\u2022\u25cb\u2610]\s+)?(?:\[[ xX]?\]\s*)?(?:\*\*|__)?"
_LAYOUTS = (
    re.compile(_LEAD + _LETTER, re.MULTILINE | re.IGNORECASE),
    re.compile(_LEAD + _NUMBER, re.MULTILINE | re.IGNORECASE),
    re.compile(r"^[ \t]*" + _BULLET, re.MULTILINE),
)
_INLINE = re.compile(r"(?<=\s)[(\[]?([A-Ha-h])[.)\]](?=\s+\S)")
_GIVEN_AWAY = re.compile(
    r"^[ \t>*_#]*(?:(?:correct|right|suggested|official|most voted)\s+)?(?:answers?|key|solution|"
    r"explanation|rationale|reasons?|references?|discussion|why)\b(?:\s+(?:is|are))?[ \t*_]*[:=\u2013-].*",
    re.MULTILINE | re.IGNORECASE | re.DOTALL,
)
_HEAD = re.compile(
    r"^\s*(?:#+\s*)?(?:\*\*)?(?:(?:question|q)\s*(?:no\.?\s*)?\d*\s*[:.)#-]*|\d{1,3}\s*[.)])(?:\*\*)?\s+", re.IGNORECASE
)
_TICK = re.compile(r"\s*(?:\((?:correct|right)(?:\s+answer)?\)|\u2713|\u2714|\u2705)\s*$", re.IGNORECASE)
_SEPARATOR = re.compile(r"^\s*(?:-{3,}|={3,}|\*{3,})\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Question:
    """A question with options, as an exam puts it."""

    stem: str
    options: tuple[str, ...]
    letters: tuple[str, ...]
    """What each option is called, as the asker called it; capital letters where they had no letters."""
    choose: int | None = 1
    """How many options are right; None where the question leaves it open."""
    id: str = ""

    def letter(self, position: int) -> str:
        """What the option at this position is called."""
        return self.letters[position]


def parse(text: str, question_id: str = "") -> Question | None:
    """Read a pasted question; None where the text is not one."""
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    if not text.strip() or len(text) > LONGEST_CHARACTERS:
        return None
    for layout in _LAYOUTS:
        found = _by_lines(text, layout, asks=layout is not _LAYOUTS[0])
        if found:
            return _question(*found, question_id)
    found = _in_one_line(text)
    return _question(*found, question_id) if found else None


def parse_all(text: str) -> list[Question]:
    """Read every question of a text in which a line of dashes stands between questions."""
    parts = [part for part in _SEPARATOR.split(text) if part.strip()]
    read = [parse(part, str(number)) for number, part in enumerate(parts, start=1)]
    for number, question in enumerate(read, start=1):
        if question is None:
            raise InputError(
                f"Question {number} could not be read: give its text, then two to six options, each on a line such as "
                "'A. Use Dataflow'. Put a line of dashes between questions."
            )
    return [question for question in read if question]


def read_lines(text: str) -> Iterator[Question]:
    """Read questions from JSON lines: `{id, question, options: {A: …}, choose?}`."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield _from_json(json.loads(line), str(number))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise InputError(
                    f"Line {number} is no question ({type(error).__name__}: {error}). "
                    'Write {"id": …, "question": …, "options": {"A": …, "B": …}} on a line.'
                ) from error


def is_json(text: str) -> bool:
    """Whether a text holds JSON lines rather than pasted questions."""
    return text.lstrip("\ufeff \t\r\n").startswith("{")


def chosen_number(stem: str) -> int | None:
    """How many options a stem asks for: one unless it says otherwise, None for all that apply."""
    if _ONE.search(stem):
        return 1
    if match := _CHOOSE.search(stem):
        return _COUNTS[match[1].lower()]
    return None if _SEVERAL.search(stem) else 1


def _from_json(entry: Any, number: str) -> Question:
    given = entry["options"]
    pairs = list(given.items()) if isinstance(given, dict) else list(zip(ascii_uppercase, given, strict=False))
    stem = str(entry["question"])
    if not FEWEST <= len(pairs) <= len(ascii_uppercase):
        raise ValueError(f"{len(pairs)} options")
    choose = entry.get("choose")
    return Question(
        stem=stem.strip(),
        options=tuple(str(text).strip() for _, text in pairs),
        letters=tuple(str(letter) for letter, _ in pairs),
        choose=chosen_number(stem) if choose is None else max(1, min(int(choose), len(pairs))),
        id=str(entry.get("id", number)),
    )


def _by_lines(text: str, layout: re.Pattern[str], *, asks: bool) -> tuple[str, list[str], list[str]] | None:
    """The last run of options in one layout; numbers and bullets count only behind a stem that asks."""
    run = _last_run(list(layout.finditer(text)), text)
    if not run:
        return None
    stem = text[: run[0].start()]
    if len(stem.split()) < STEM_WORDS or (asks and not _asks(stem)):
        return None
    ends = [match.start() for match in run[1:]] + [len(text)]
    options = [text[match.end() : end] for match, end in zip(run, ends, strict=True)]
    options[-1] = _GIVEN_AWAY.sub("", options[-1])
    options[-1] = options[-1].split("\n\n\n")[0]
    return stem, options, [match[1] for match in run]


def _last_run(matches: Sequence[re.Match[str]], text: str) -> list[re.Match[str]]:
    """The last matches whose marks follow each other: A, B, C … or 1, 2, 3 …, or bullets without a gap."""
    run: list[re.Match[str]] = []
    best: list[re.Match[str]] = []
    for match in matches:
        mark = match[1].lower()
        if mark in ("a", "1"):
            run = [match]
        elif run and _follows(run[-1][1].lower(), mark):
            run.append(match)
        elif not mark.isalnum():
            gap = bool(run) and re.search(r"\n\s*\n\s*\S[^\n]*\n", text[run[-1].end() : match.start()])
            run = [match] if gap or not run else [*run, match]
        if FEWEST <= len(run) <= MOST + 2:
            best = run
    return best if FEWEST <= len(best) <= MOST + 2 else []


def _follows(before: str, mark: str) -> bool:
    return len(before) == len(mark) == 1 and mark.isalnum() and ord(mark) == ord(before) + 1


def _in_one_line(text: str) -> tuple[str, list[str], list[str]] | None:
    run = _last_run(list(_INLINE.finditer(text)), text)
    if len(run) < 3:
        return None
    stem = text[: run[0].start()]
    if len(stem.split()) < STEM_WORDS:
        return None
    ends = [match.start() for match in run[1:]] + [len(text)]
    options = [text[match.end() : end].strip(" ;\n") for match, end in zip(run, ends, strict=True)]
    options[-1] = _GIVEN_AWAY.sub("", options[-1])
    return stem, options, [match[1] for match in run]


def _asks(stem: str) -> bool:
    return "?" in stem or bool(_CHOOSE.search(stem) or _SEVERAL.search(stem) or _ONE.search(stem))


def _question(stem: str, options: Sequence[str], marks: Sequence[str], question_id: str) -> Question | None:
    texts = tuple(_clean(option) for option in options)
    if not all(texts) or len(set(texts)) < len(texts):
        return None
    letters = tuple(
        mark.upper() if mark.isalpha() else ascii_uppercase[position] for position, mark in enumerate(marks)
    )
    stem = _HEAD.sub("", stem.strip()).strip()
    return Question(stem, texts, letters, chosen_number(stem), question_id)


def _clean(option: str) -> str:
    text = " ".join(option.split())
    return _TICK.sub("", text.strip("*_ ")).strip()
