"""A suite and a folder in; a run out, kept case by case, so that one that was interrupted can go on where it stopped.

`ENGINE.jsonl` grows while a run is under way; `ENGINE.json` holds the finished run, `figures.json` all runs' figures.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evals.scored import Run, Scored, read_run, scored_of
from evals.suite import Suite
from tutor.errors import InputError
from tutor.index.encoder import Progress


def carry_out(suite: Suite, folder: Path, today: str, *, resume: bool = False, progress: Progress | None = None) -> Run:
    """Score what is not scored yet, and write the run."""
    folder.mkdir(parents=True, exist_ok=True)
    journal = folder / f"{file_name(suite.engine)}.jsonl"
    done = _done(journal, suite) if resume and journal.exists() else {}
    with journal.open("a" if done else "w", encoding="utf-8") as file:
        if not done:
            file.write(json.dumps({"engine": suite.engine, "about": suite.about}) + "\n")
        for number, task in enumerate(suite.tasks, 1):
            if task.name not in done:
                done[task.name] = list(task.score())
                entry = {"task": task.name, "scored": [asdict(one) for one in done[task.name]]}
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")
                file.flush()
            if progress:
                progress(number, len(suite.tasks))
    cases = tuple(one for task in suite.tasks for one in done[task.name])
    run = Run(suite.engine, today, suite.about, cases)
    path_of(folder, suite.engine).write_text(json.dumps(run.as_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    journal.unlink()
    return run


def read_runs(folder: Path) -> dict[str, Run]:
    """The finished runs in a folder, by engine."""
    paths = sorted(path for path in folder.glob("*.json") if path.name != "figures.json")
    if not paths:
        raise InputError(f"{folder} holds no run. `python -m evals run --out {folder}` makes one.")
    return {run.engine: run for run in map(read_run, paths)}


def path_of(folder: Path, engine: str) -> Path:
    """Where the run of an engine is kept."""
    return folder / f"{file_name(engine)}.json"


def file_name(engine: str) -> str:
    """An engine's name as a file may be called: `openai:qwen3` as `openai-qwen3`."""
    return "".join(letter if letter.isalnum() or letter in "._-" else "-" for letter in engine)


def _done(journal: Path, suite: Suite) -> dict[str, list[Scored]]:
    """What an interrupted run already scored; `InputError` where it measured something else."""
    entries = list(_lines(journal))
    head = entries[0] if entries else {}
    if head.get("about") != suite.about:
        changed = [name for name, told in suite.about.items() if head.get("about", {}).get(name) != told]
        raise InputError(
            f"{journal} was begun on something else ({', '.join(changed)} changed since). Run without --resume."
        )
    return {entry["task"]: [scored_of(one) for one in entry["scored"]] for entry in entries[1:]}


def _lines(journal: Path) -> Iterator[Any]:
    """The lines of a journal; the last one may have been cut off."""
    for line in journal.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            return
