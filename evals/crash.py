"""Builders killed with SIGKILL at random moments: does a working index remain, each time?

A builder works in a process of its own and takes most vectors over from the index before. Its first act is to open
what the builder before it left, as any reader would, check every byte and search: a fresh process judges each death.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Sequence, Set
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import numpy as np

from tutor.index.build import build
from tutor.index.encoder import Progress, Vectors
from tutor.index.manifest import current_folder
from tutor.index.search import Index
from tutor.read.document import Passage
from tutor.settings import PROJECT

KEPT, NEW = 1500, 500
"""How many passages of an index are those of the one before, and how many are not."""
PATIENCE_SECONDS = 120
STAGES = (
    ("sums.json", "all is written, not yet in use"),
    ("passages.jsonl", "writing passages"),
    ("facets", "writing facets"),
    ("lexical", "writing the lexical half"),
    ("chroma", "writing vectors"),
    ("keys.npy", "embedding"),
)
"""What the last thing written in an unfinished folder tells."""


def measure_crashes(count: int, seed: int = 0) -> dict[str, Any]:
    """Kill `count` builders; say how many left a working index, and what they were doing."""
    draw = random.Random(seed)  # noqa: S311 - moments, nothing secret
    stages: Counter[str] = Counter()
    broken: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        begun = perf_counter()
        build(_passages(0), TextEncoder(), home, {})
        longest, tries = perf_counter() - begun, 0
        while stages.total() < count:
            tries += 1
            before = _folders(home)
            builder = _start(home, tries)
            broken += _verdict(builder, tries)
            stood = current_folder(home)
            code = _ended(builder, draw.uniform(0, longest))
            if code == -signal.SIGKILL:
                stages["taking the new index into use" if current_folder(home) != stood else _stage(home, before)] += 1
            elif code:
                broken.append(f"builder {tries} failed by itself")
        last = _start(home, tries + 1)
        broken += _verdict(last, tries + 1)
        last.communicate(timeout=PATIENCE_SECONDS)
        if last.returncode:
            broken.append("the last builder, which nobody killed, failed")
        left = _folders(home)
    return {
        "killed": count,
        "working": count - len(broken),
        "broken": broken,
        "finished_before_they_were_killed": tries - count,
        "killed_while": dict(stages.most_common()),
        "folders_left_in_the_end": len(left),
    }


class TextEncoder:
    """A vector for each text, drawn by the text alone: what was embedded by one builder suits the next."""

    name = "drawn-by-text"

    def encode_query(self, text: str) -> Vectors:
        """The vector of a passage's text."""
        drawn = np.random.default_rng(zlib.crc32(text.encode())).standard_normal(64, np.float32)
        vector: Vectors = drawn / np.linalg.norm(drawn)
        return vector

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:  # noqa: ARG002
        """The vectors of passages, whose text is the last line of what is embedded."""
        return np.array([self.encode_query(text.rpartition("\n")[2]) for text in texts], np.float32)


def judge_and_build(home: Path, number: int) -> None:
    """What a builder does: say what is wrong with the index that is there, then build the next one."""
    sys.stdout.write(f"{_wrong(home)}\n")
    sys.stdout.flush()
    build(_passages(number), TextEncoder(), home, {})


def _wrong(home: Path) -> str:
    """What is wrong with the index in `home`; empty if every byte and every answer is as it should be."""
    folder = current_folder(home)
    if folder is None:
        return "no index is left"
    try:
        index = Index(folder, TextEncoder())
        number = next(n for n in range(10_000) if index.find(f"new-{n}#0"))
        wanted = _passages(number)
        if index.manifest.passages != len(wanted):
            return f"{index.manifest.passages} passages of {len(wanted)}"
        for passage in random.Random(number).sample(wanted, 20):  # noqa: S311 - a sample
            if index.search(passage.text, 1)[0].passage != passage:
                return f"{passage.id} is not found by its own text"
    except Exception as error:
        return f"{type(error).__name__}: {error}".replace("\n", " ")
    return ""


def _passages(number: int) -> list[Passage]:
    def passage(page: str, row: int) -> Passage:
        text = f"{page} tells {row * row} things about {row} kettles"
        return Passage(f"{page}#{row}", page, "", (), text, 0, len(text))

    return [passage("kept", row) for row in range(KEPT)] + [passage(f"new-{number}", row) for row in range(NEW)]


def _start(home: Path, number: int) -> subprocess.Popen[str]:
    script = "import sys; from pathlib import Path; from evals.crash import judge_and_build as go; "
    script += "go(Path(sys.argv[1]), int(sys.argv[2]))"
    return subprocess.Popen(
        [sys.executable, "-c", script, str(home), str(number)], stdout=subprocess.PIPE, text=True, cwd=PROJECT
    )


def _verdict(builder: subprocess.Popen[str], number: int) -> list[str]:
    """What a builder found wrong before it began; it is building when this returns."""
    assert builder.stdout
    said = builder.stdout.readline()
    wrong = said.strip() if said else "the builder died on opening the index"
    return [f"before builder {number}: {wrong}"] if wrong else []


def _ended(builder: subprocess.Popen[str], seconds: float) -> int:
    """Kill a builder after so long; how it ended, by itself or not."""
    sleep(seconds)
    builder.kill()
    assert builder.stdout
    builder.stdout.close()
    return builder.wait(PATIENCE_SECONDS)


def _stage(home: Path, before: Set[Path]) -> str:
    """What a builder was doing when it died, by what it left."""
    unfinished = next(iter(_folders(home) - before), None)
    if unfinished is None:
        return "reading what is there"
    return next((told for name, told in STAGES if (unfinished / name).exists()), "making a folder")


def _folders(home: Path) -> set[Path]:
    return {entry for entry in home.iterdir() if entry.is_dir()}
