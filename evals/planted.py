"""Good items and planted flaws in; what the lint finds of them, and where it sees flaws that nobody planted, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from tutor.author.checks.lint import RULES, lint
from tutor.author.item import DraftItem, ItemOption
from tutor.engines.engine import DraftStatement

FILE = Path(__file__).with_name("planted_flaws") / "items.yaml"


@dataclass(frozen=True)
class Planted:
    """An item, and the flaw that was planted in it; none in a good one."""

    item: DraftItem
    flaw: str = ""


def read_planted(file: Path = FILE) -> Iterator[Planted]:
    """The good items, then those with a flaw."""
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    good = {name: _item(fields) for name, fields in told["good"].items()}
    yield from (Planted(item) for item in good.values())
    for flaw, plantings in told["planted"].items():
        for fields in plantings:
            yield Planted(_changed(good[fields["item"]], fields), flaw)


def measure_lint(planted: list[Planted]) -> dict[str, Any]:
    """Per flaw: planted, found, and seen where another flaw or none was planted."""
    planted_of, found, alarms = Counter[str](), Counter[str](), Counter[str]()
    missed: list[str] = []
    for one in planted:
        names = {fault.name for fault in lint(one.item)}
        planted_of[one.flaw] += 1
        found[one.flaw] += one.flaw in names
        alarms.update(names - {one.flaw})
        if one.flaw and one.flaw not in names:
            missed.append(f"{one.flaw}: {one.item.ask} {' / '.join(option.text for option in one.item.options)}")
    total = sum(count for flaw, count in planted_of.items() if flaw)
    return {
        "planted": total,
        "found": round(sum(found.values()) / total, 3),
        "good_items": planted_of[""],
        "good_items_flagged": sum(bool(list(lint(one.item))) for one in planted if not one.flaw),
        "flaws": {
            name: {"planted": planted_of[name], "found": found[name], "seen_elsewhere": alarms[name]} for name in RULES
        },
        "missed": missed,
    }


def _item(fields: Mapping[str, Any]) -> DraftItem:
    said = (DraftStatement("Because it is so.", ()),)
    return DraftItem(
        kind="decision",
        treats=("2026-06/1.1.1",),
        stem=fields["stem"],
        ask=fields["ask"],
        options=tuple(ItemOption(text, said) for text in fields["options"].values()),
        key=tuple("ABCDEF".index(letter) for letter in fields["key"]),
    )


def _changed(item: DraftItem, fields: Mapping[str, Any]) -> DraftItem:
    texts = dict(zip(item.letters, (option.text for option in item.options), strict=True)) | fields.get("options", {})
    return replace(
        item,
        stem=fields.get("stem", item.stem),
        ask=fields.get("ask", item.ask),
        options=tuple(
            replace(option, text=str(text)) for option, text in zip(item.options, texts.values(), strict=True)
        ),
        key=tuple("ABCDEF".index(letter) for letter in fields["key"]) if "key" in fields else item.key,
    )
