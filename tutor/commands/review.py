"""`tutor review`: flags, the queue, rulings, and what follows from them."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tutor.commands.opened import AsJson, opened_tutor, print_json
from tutor.errors import InputError

if TYPE_CHECKING:
    from tutor.flow.review import Ruled
    from tutor.review.case import Case

review = typer.Typer(no_args_is_help=True, help="Flags, the queue of cases, rulings, and what follows from them.")
By = Annotated[str, typer.Option("--by", help="Who you are, as the log will name you.")]
GOLD = Path("evals/gold/rulings.yaml")


@review.callback()
def entry() -> None:
    """Flags, the queue of cases, rulings, and what follows from them."""


def _me() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "me"


@review.command()
def flag(
    target: Annotated[str, typer.Argument(help="answer, statement, citation or item.")],
    target_id: Annotated[str, typer.Argument(help="Item id, or CONVERSATION/TURN, with /NUMBER behind it.")],
    cause: Annotated[str, typer.Argument(help="wrong key, two right, unsupported, outdated, unclear, flawed …")],
    words: Annotated[str, typer.Argument(help="What is wrong, in your words.")] = "",
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Say that something is wrong."""
    from tutor.review.flag import read_cause, read_target

    with opened_tutor() as tutor:
        made = tutor.review.flag(read_target(target), target_id, read_cause(cause), words, by or _me())
    if as_json:
        print_json({"id": made.id, "target": made.target, "target_id": made.target_id, "cause": made.cause})
    else:
        typer.echo(f"Flagged {made.target} {made.target_id}: {made.cause}. Thank you; a reviewer will rule on it.")


@review.command(name="list")
def list_cases(
    everything: Annotated[bool, typer.Option("--all", help="Also the settled ones.")] = False, as_json: AsJson = False
) -> None:
    """What waits for a ruling, the most urgent first."""
    with opened_tutor() as tutor:
        tutor.review.suspect()
        cases = tutor.review.cases(also_settled=everything)
    if as_json:
        print_json({"cases": [_told(case) for case in cases]})
        return
    for case in cases:
        typer.echo(f"{case.state:18} {case.urgency:6.1f}  {len(case.flags)} flags, {case.learners_met} met  {case.id}")
    if not cases:
        typer.echo("Nothing waits for a ruling.")


@review.command()
def show(case: str, as_json: AsJson = False) -> None:
    """One case: what was shown, who flagged it and why, and the rulings so far."""
    with opened_tutor() as tutor:
        found = tutor.review.case(case)
        similar = tutor.review.mending.similar(found)
    if as_json:
        print_json(_told(found) | {"similar": [{"id": one.id, "why": one.why} for one in similar]})
        return
    typer.echo(f"{found.id}: {found.state}\n")
    shown = found.shown
    if "stem" in shown:
        typer.echo(f"{shown['stem']}\n")
        for letter, text in shown["options"].items():
            typer.echo(
                f"{'*' if letter in shown['key'] else ' '} {letter}. {text}\n     {shown['explanations'][letter]}"
            )
    else:
        typer.echo("\n".join(f"{name}: {value}" for name, value in shown.items()))
    for other in similar:
        typer.echo(f"\nSimilar: {other.id} ({other.why})")
    for one in found.flags:
        typer.echo(f"\nFlag by {one.by}, {one.at:%Y-%m-%d}: {one.cause}. {one.words}")
    for ruling in found.rulings:
        typer.echo(f"\nRuling {ruling.id} by {ruling.by}: {ruling.verdict}, {ruling.remedy}. {ruling.words}")


@review.command()
def rule(
    case: str,
    verdict: Annotated[str, typer.Argument(help="uphold, dismiss or request-changes.")],
    words: Annotated[str, typer.Option(help="Why.")] = "",
    remedy: Annotated[str, typer.Option(help="fix, retire or regenerate, where upheld.")] = "none",
    strike: Annotated[list[str] | None, typer.Option(help="A ruling of the model to strike: FACT|OPTION.")] = None,
    ban: Annotated[str, typer.Option(help="Words that no item or answer may say again.")] = "",
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Decide a case. What is upheld binds the generator and the answers at once."""
    from tutor.review.ruling import REMEDIES, VERDICTS

    verdict = verdict.replace("-", " ")
    if verdict not in VERDICTS or remedy not in REMEDIES:
        raise InputError(f"Rule {', '.join(VERDICTS)}; with a remedy of {', '.join(REMEDIES)}.")
    with opened_tutor() as tutor:
        done = tutor.review.rule(
            case,
            verdict,
            by or _me(),
            remedy=remedy,
            words=words,
            struck=strike or (),
            banned=ban,
        )
    if as_json:
        bonds = [asdict(bond) for bond in done.bonds]
        told = {"ruling": done.ruling.id, "state": done.case.state, "bonds": bonds, "replacement": done.replacement}
        print_json(told)
        return
    _tell(done)


@review.command()
def edit(
    case: str,
    words: Annotated[str, typer.Option(help="Why.")],
    file: Annotated[Path | None, typer.Option(help="The edited item; without one, an editor opens.")] = None,
    strike: Annotated[list[str] | None, typer.Option(help="A ruling of the model to strike: FACT|OPTION.")] = None,
    by: By = "",
    show: Annotated[bool, typer.Option("--print", help="Print the item as it is edited, and rule nothing.")] = False,
) -> None:
    """Uphold a case by editing its item. All checks run again, and an item that fails one is refused."""
    import click

    with opened_tutor() as tutor:
        text = tutor.review.mending.text_of(tutor.review.case(case))
        if show:
            typer.echo(text)
            return
        edited = _text(file) if file else click.edit(text, extension=".yaml")
        if not edited:
            raise InputError("The item was left as it was, so nothing is ruled.")
        _tell(tutor.review.fix(case, edited, by or _me(), words, struck=strike or ()))


def _tell(done: Ruled) -> None:
    """What a ruling did."""
    typer.echo(
        f"{done.case.id}: {done.case.state}. Ruling {done.ruling.id}; undo it with: tutor review undo {done.ruling.id}"
    )
    for bond in done.bonds:
        typer.echo(f"  never again: {bond.kind} {bond.value}")
    if done.ruling.verdict == "uphold" and not done.bonds:
        typer.echo("  Nothing is forbidden by it: rule again with --ban WORDS, so that it is not said again.")
    if done.replacement:
        typer.echo(f"  drawn instead: {done.replacement}")


@review.command()
def reserve(case: str, by: By = "") -> None:
    """Keep a case for yourself for half an hour."""
    with opened_tutor() as tutor:
        made = tutor.review.reserve(case, by or _me())
    typer.echo(f"{made.by} is at {made.case}.")


@review.command()
def notices(by: By = "", as_json: AsJson = False) -> None:
    """The items that a learner answered and that were ruled to be wrong since."""
    with opened_tutor() as tutor:
        found = tutor.review.notices(by or "me")
    told = [
        {
            "item": one.case.target_id,
            "cause": one.case.cause,
            "words": one.ruling.words,
            "answered_at": one.answered_at.isoformat(),
            "counts_no_longer": one.counts_no_longer,
        }
        for one in found
    ]
    if as_json:
        print_json({"notices": told})
    for one in found if not as_json else ():
        counts = " The answer counts no longer." if one.counts_no_longer else ""
        typer.echo(f"{one.case.target_id}: {one.case.cause}. {one.ruling.words}{counts}")


@review.command()
def undo(ruling: str, by: By = "") -> None:
    """Take a ruling back: it binds no longer."""
    with opened_tutor() as tutor:
        found = tutor.review.take_back(ruling, by or _me())
    typer.echo(f"Ruling {found.id} on {found.case} is taken back.")


@review.command()
def promote(case: str, by: By = "", to: Annotated[Path, typer.Option(help="The file of gold rulings.")] = GOLD) -> None:
    """Make an upheld case a gold case that the tests run. Somebody else than who ruled must do it."""
    with opened_tutor() as tutor:
        made = tutor.review.promote(case, by or _me(), to)
    typer.echo(f"{made.id} is a gold case in {to}: {len(made.forbidden)} things that must never come again.")


@review.command()
def agreement(as_json: AsJson = False) -> None:
    """How far reviewers agree (Krippendorff's alpha)."""
    with opened_tutor() as tutor:
        found = tutor.review.agreement()
    if as_json:
        print_json({"alpha": found})
    else:
        typer.echo("No case has two rulings yet." if found is None else f"Krippendorff's alpha: {found:.3f}")


@review.command()
def audit(as_json: AsJson = False) -> None:
    """Everything that was done, and whether somebody rewrote it."""
    with opened_tutor() as tutor:
        entries, fault = tutor.review.log()
    if as_json:
        told = [{**asdict(one), "at": one.at.isoformat(), "details": dict(one.details)} for one in entries]
        print_json({"whole": fault is None, "fault": fault, "entries": told})
    else:
        for one in entries:
            typer.echo(f"{one.number:5} {one.at:%Y-%m-%d %H:%M} {one.by:16} {one.deed:10} {one.about}")
        typer.echo(f"The log was changed: {fault}." if fault else f"{len(entries)} entries; the log is whole.")
    if fault:
        raise typer.Exit(1)


@review.command()
def export() -> None:
    """Print flags and rulings, one JSON record per line."""
    with opened_tutor() as tutor:
        for record in tutor.review.export():
            print_json(record)


@review.command(name="import")
def take_in(
    file: Annotated[Path, typer.Argument(help="What `tutor review export` wrote; - for standard input.")],
) -> None:
    """Merge flags and rulings of another machine; doing it twice changes nothing."""
    with opened_tutor() as tutor:
        flags, rulings = tutor.review.take_in(_records(file))
    typer.echo(f"{flags} new flags, {rulings} new rulings.")


def _records(file: Path) -> Iterator[object]:
    for number, line in enumerate(_text(file).splitlines(), start=1):
        if line.strip():
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                raise InputError(f"{file}, line {number}: not JSON ({error.msg}).") from error


def _text(file: Path) -> str:
    """What a file holds, or standard input."""
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.") from error


def _told(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "state": case.state,
        "urgency": round(case.urgency, 2),
        "learners_met": case.learners_met,
        "shown": dict(case.shown),
        "flags": [{**asdict(one), "shown": None, "at": one.at.isoformat()} for one in case.flags],
        "rulings": [{**asdict(one), "at": one.at.isoformat()} for one in case.rulings],
    }
