"""Exam guides as they look in a terminal: one whole, all by name, and what changed between two.

Extraction has dropped every control character, so a guide cannot drive the terminal.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tutor.read.guides.blueprint import Blueprint, Facts, Objective, Section, Weight, plain
from tutor.read.guides.compare import Change, Kind, Level, Place
from tutor.read.guides.edition import Edition

_HEADINGS: dict[tuple[Level, Kind], str] = {
    ("section", "reweighted"): "Weights",
    ("section", "new"): "New sections",
    ("section", "gone"): "Sections that are gone",
    ("section", "renamed"): "Sections with another name",
    ("objective", "new"): "New objectives",
    ("objective", "gone"): "Objectives that are gone",
    ("objective", "moved"): "Objectives that moved",
    ("objective", "renamed"): "Objectives with another name",
    ("consideration", "new"): "New topics",
    ("consideration", "gone"): "Topics that are gone",
    ("consideration", "moved"): "Topics that moved",
    ("consideration", "renamed"): "Topics in other words",
}


def print_blueprint(blueprint: Blueprint, *, topics: bool = True) -> None:
    """Print a guide: facts, abilities, sections with objectives and topics, resources, warnings."""
    console = Console()
    title = Text(blueprint.title or "Untitled guide", style="bold")
    if blueprint.edition:
        title.append(f"  {blueprint.edition}", style="cyan")
    console.print(title)
    for name, value in _facts(blueprint.facts):
        console.print(Text(f"  {name}: ", style="dim").append(value, style="default"))
    _print_list(console, "Abilities", blueprint.abilities)
    for section in blueprint.sections:
        console.print()
        console.print(_section_line(section))
        for objective in section.objectives:
            _print_objective(console, objective, topics=topics)
    _print_list(console, "Not assessed", blueprint.out_of_scope)
    _print_list(console, "Notes", blueprint.notes)
    resources = [
        f"{each.title}  {each.url}" if each.url not in (None, each.title) else each.title
        for each in blueprint.resources
    ]
    _print_list(console, "Resources", resources)
    _print_list(console, "Please note", blueprint.warnings, style="yellow")


def print_edition(edition: Edition) -> None:
    """Print an edition: its guide, then what rests on estimates or could not be established."""
    print_blueprint(edition.blueprint)
    console = Console()
    notes = dict.fromkeys(section.weight_note for section in edition.blueprint.sections if section.weight_note)
    _print_list(console, "About the weights", list(notes))
    _print_list(console, "Not established", edition.uncertain, style="yellow")
    _print_list(console, "Sources", [f"{each.title}  {each.url}, checked {each.checked}" for each in edition.sources])


def print_editions(editions: Sequence[Edition], current: Edition) -> None:
    """Print the guides there are, one a line; the one to study by is marked."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for name in ("mark", "id", "status", "size"):
        table.add_column(name, no_wrap=True, overflow="fold")
    table.add_column("edition", overflow="fold")
    for edition in editions:
        mark = Text("→" if edition.id == current.id else " ", style="bold cyan")
        count = len(edition.blueprint.sections)
        size = f"{count} section{'s' if count != 1 else ''}"
        table.add_row(mark, edition.id, edition.status, size, Text(edition.blueprint.edition or ""))
    Console().print(table)


def print_changes(changes: Sequence[Change], old: str, new: str) -> None:
    """Print what changed, grouped so that a learner reads from the large to the small."""
    console = Console()
    order = list(_HEADINGS)
    ordered = sorted(changes, key=lambda change: order.index((change.level, change.kind)))
    console.print(Text(f"From {old} to {new}", style="bold"))
    if not changes:
        console.print("Nothing changed.")
    for (level, kind), group in groupby(ordered, key=lambda change: (change.level, change.kind)):
        found = list(group)
        console.print(Text(f"\n{_HEADINGS[level, kind]} ({len(found)})", style="bold"))
        for change in found:
            console.print(_change_line(change))


def _change_line(change: Change) -> Text:
    old, new = "; ".join(map(_named, change.old)), "; ".join(map(_named, change.new))
    if change.kind == "reweighted":
        weights = f"{_weight(change.old[0].weight_percent)} → {_weight(change.new[0].weight_percent)}"
        return Text(f"  {new}: ").append(weights, style="cyan")
    if change.kind == "new":
        return Text(f"  + {new}", style="green")
    if change.kind == "gone":
        return Text(f"  − {old}", style="red")
    where = f"  (now in {change.new[0].inside})" if change.kind == "moved" and change.new[0].inside else ""
    return Text(f"  {old}\n    → {new + where}")


def _named(place: Place) -> str:
    return f"{place.number} {place.text}" if place.number else place.text


def _section_line(section: Section) -> Text:
    head = Text(f"{section.number} {section.title}" if section.number else section.title, style="bold cyan")
    if section.weight_percent is not None:
        head.append(f"  {_weight(section.weight_percent)}", style="default")
    if section.weight_basis in ("estimate", "reported"):
        head.append(f" ({section.weight_basis})", style="yellow")
    return head


def _print_objective(console: Console, objective: Objective, *, topics: bool) -> None:
    if objective.title:
        console.print(Text(f"  {objective.number or '•'} {objective.title}", style="bold"))
    for consideration in objective.considerations if topics else ():
        console.print(Text(f"    - {consideration.text}"))


def _facts(facts: Facts) -> list[tuple[str, str]]:
    """The facts in words, in the order in which people ask for them."""
    renewal = facts.renewal_days_before_expiry
    said = [
        ("Code", facts.exam_code),
        ("Length", f"{facts.length_minutes} minutes" if facts.length_minutes else None),
        (
            "Fee",
            f"{plain(facts.fee.amount)} {facts.fee.currency} {facts.fee.note or ''}".rstrip() if facts.fee else None,
        ),
        ("Questions", "–".join(map(str, dict.fromkeys(facts.questions))) if facts.questions else None),
        ("Formats", ", ".join(facts.formats)),
        ("Delivery", "; ".join(f"{each.text} ({each.url})" if each.url else each.text for each in facts.delivery)),
        ("Languages", ", ".join(facts.languages)),
        ("Prerequisites", facts.prerequisites),
        ("Experience", facts.experience),
        ("Passing score", facts.passing_score),
        ("Valid for", f"{plain(facts.validity_years)} years" if facts.validity_years else None),
        ("Renewal", f"from {renewal} days before it ends" if renewal else None),
    ]
    return [(name, value) for name, value in said if value]


def _print_list(console: Console, heading: str, entries: Sequence[str], style: str = "default") -> None:
    if entries:
        console.print(Text(f"\n{heading}", style="bold"))
    for entry in entries:
        console.print(Text(f"  - {entry}", style=style))


def _weight(weight: Weight | None) -> str:
    if isinstance(weight, tuple):
        return f"{plain(weight[0])}–{plain(weight[1])}%"
    return f"{plain(weight)}%" if weight is not None else "no weight"
