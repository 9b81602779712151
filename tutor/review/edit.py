"""An item in, the text in which a reviewer mends it out; and that text back, as the mended item.

The form is YAML: stem, ask, options, key, explanations. A sentence of an explanation keeps the numbers of what it
cites, `[1]`; nothing else can be cited, so that an edit cannot invent a source. Anything else raises `InputError`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tutor.errors import InputError

_MARKS = re.compile(r"\s*\[(\d+)\]")
_HEAD = "# [1] at the end of a sentence cites quote 1 of the item. Options keep their letters.\n"


class EditedItem(BaseModel):
    """What a reviewer may change of an item."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    stem: str = Field(min_length=1)
    """Scenario and circumstances, without the ask."""
    ask: str = Field(min_length=1)
    options: dict[str, str]
    key: tuple[str, ...] = Field(min_length=1)
    explanations: dict[str, tuple[str, ...]]
    """Sentences for each option."""


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, which people can edit."""


def _as_block(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _as_block)


def as_text(item: Mapping[str, Any]) -> str:
    """The item as a reviewer edits it."""
    said = item.get("statements") or [[[text, []]] for text in item["explanations"].values()]
    told = {
        "stem": item["stem"].removesuffix(item["ask"]).rstrip(),
        "ask": item["ask"],
        "options": dict(item["options"]),
        "key": list(item["key"]),
        "explanations": {
            letter: [" ".join([text, *(f"[{number}]" for number in numbers)]) for text, numbers in sentences]
            for letter, sentences in zip(item["options"], said, strict=True)
        },
    }
    return _HEAD + yaml.dump(told, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=86)


def mended(text: str, item: Mapping[str, Any]) -> dict[str, Any]:
    """The item as the text has it; what the text does not hold stays as it was."""
    try:
        edited = EditedItem.model_validate(yaml.safe_load(text))
    except (yaml.YAMLError, ValidationError) as error:
        raise InputError(f"The edited item cannot be read: {error}") from error
    letters = list(item["options"])
    if list(edited.options) != letters or list(edited.explanations) != letters:
        raise InputError(f"Options and explanations keep the letters {', '.join(letters)}, in this order.")
    if strange := [letter for letter in edited.key if letter not in letters]:
        raise InputError(f"The key names {', '.join(strange)}, which is no option.")
    statements = [[_parted(sentence) for sentence in said] for said in edited.explanations.values()]
    known = {citation["n"] for citation in item.get("citations", ())}
    cited = {number for said in statements for _, numbers in said for number in numbers}
    if unknown := sorted(cited - known):
        raise InputError(f"Quote {unknown[0]} is not among those of the item: {', '.join(map(str, sorted(known)))}.")
    ask = edited.ask.strip()
    return {
        **item,
        "stem": f"{edited.stem.strip()}\n\n{ask}",
        "ask": ask,
        "options": {letter: option.strip() for letter, option in edited.options.items()},
        "key": sorted(set(edited.key)),
        "explanations": {letter: " ".join(said) for letter, said in edited.explanations.items()},
        "statements": statements,
    }


def _parted(sentence: str) -> list[Any]:
    """A sentence without its marks, and the numbers in them."""
    return [_MARKS.sub("", sentence).strip(), [int(number) for number in _MARKS.findall(sentence)]]
