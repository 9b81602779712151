"""Damaged files of every format, read: what comes is an extract or an `InputError`, never anything else.

`python -m tests.read.fuzz --count 10000` prints a table. PDFs are read in this process here, so that nothing hides
behind the process that usually reads them.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.read.built import guide, word_document
from tests.read.golden import cases
from tutor.errors import InputError
from tutor.read import extract as extract_module
from tutor.read.extract import extract
from tutor.read.formats import Reading
from tutor.read.pdf import document

SLOW_SECONDS = 10.0
"""Of the processor, not of the clock on the wall: what else the machine does is no fault of the file's."""


@dataclass
class Tally:
    """What became of the files of one format."""

    read: int = 0
    refused: int = 0
    failed: int = 0
    seconds: float = 0.0
    slowest: float = 0.0


@dataclass
class Result:
    """What became of all files."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)


def fuzz(count: int, seed: int = 0) -> Result:
    """Read `count` damaged files."""
    result = Result()
    usual = extract_module._read_packed
    extract_module._read_packed = _in_this_process(usual)
    try:
        for number, (name, data) in enumerate(damaged(count, seed)):
            _try(name, data, f"seed {seed}, file {number}", result)
    finally:
        extract_module._read_packed = usual
    return result


def damaged(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield damaged files, the same ones for the same seed."""
    whole = cases() | {"bare.pdf": guide(packed=False)}
    names = sorted(whole)
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        name = names[number % len(names)]
        data = whole[name]
        if name.endswith(".docx") and chance.random() < 0.7:
            yield name, _with_damaged_part(data, chance)
            continue
        for _ in range(chance.choice((1, 1, 2, 4))):
            data = chance.choice(DAMAGES)(data, whole[chance.choice(names)], chance)
        yield name, data


def _flipped(data: bytes, _: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _truncated(data: bytes, _: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _spliced(data: bytes, other: bytes, chance: random.Random) -> bytes:
    at, begin = chance.randrange(len(data) + 1), chance.randrange(len(other) + 1)
    return data[:at] + other[begin : begin + chance.randrange(2000)] + data[at + chance.choice((0, 100)) :]


def _repeated(data: bytes, _: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    block = data[at : at + chance.randrange(1, 200)]
    return data[:at] + block * chance.choice((2, 50, 2000)) + data[at:]


def _cut(data: bytes, _: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at + chance.randrange(1, 500) :]


def _nested(data: bytes, _: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    opening = chance.choice(
        (b"<div>", b"[", b"(", b"<ul><li>", b"<<", b"> ", b"{", b"**", b"`", b"<table><tr><td>", b"q ")
    )
    return data[:at] + opening * chance.choice((10, 1000, 20_000)) + data[at:]


def _numbered(data: bytes, _: bytes, chance: random.Random) -> bytes:
    """Change a number, as lengths, sizes and references are."""
    digits = [place for place, byte in enumerate(data) if 48 <= byte < 58]
    if not digits:
        return data
    at = chance.choice(digits)
    return data[:at] + chance.choice((b"0", b"-1", b"99999999999", b"1e400", b"2")) + data[at + 1 :]


DAMAGES: tuple[Callable[[bytes, bytes, random.Random], bytes], ...] = (
    _flipped,
    _flipped,
    _truncated,
    _spliced,
    _repeated,
    _cut,
    _nested,
    _numbered,
)


def _with_damaged_part(data: bytes, chance: random.Random) -> bytes:
    """Damage one part of a Word document and zip it up again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as changed:
        parts = (
            "word/document.xml",
            "word/document.xml",
            "word/numbering.xml",
            "word/styles.xml",
            "word/_rels/document.xml.rels",
        )
        victim = chance.choice(parts)
        for part in whole.namelist():
            content = whole.read(part)
            if part == victim:
                content = chance.choice(DAMAGES)(content, word_document(), chance)
            changed.writestr(part, content)
    return out.getvalue()


def _in_this_process(usual: Callable[..., Reading]) -> Callable[..., Reading]:
    def read(data: bytes, name: str, packed: str) -> Reading:
        return document.read(data, name) if packed == "pdf" else usual(data, name, packed)

    return read


def _try(name: str, data: bytes, where: str, result: Result) -> None:
    tally = result.tallies.setdefault(name.rsplit(".", 1)[1], Tally())
    begun = time.process_time()
    try:
        extract(data, name=name)
        tally.read += 1
    except InputError as error:
        tally.refused += 1
        result.refusals[str(error).removeprefix(name)[:60]] += 1
    except Exception:
        tally.failed += 1
        result.failures.append(f"{where}, {name}: {traceback.format_exc()}")
    seconds = time.process_time() - begun
    tally.seconds += seconds
    tally.slowest = max(tally.slowest, seconds)
    if seconds > SLOW_SECONDS:
        result.failures.append(f"{where}, {name}: took {seconds:.1f} s of processor time")


def table(result: Result) -> str:
    """The figures, as docs/formats.md shows them."""
    lines = ["| format | read | refused | other exceptions | mean ms | slowest s |", "|---|---|---|---|---|---|"]
    for name, tally in sorted(result.tallies.items()):
        mean = 1000 * tally.seconds / (tally.read + tally.refused + tally.failed)
        lines.append(f"| {name} | {tally.read} | {tally.refused} | {tally.failed} | {mean:.0f} | {tally.slowest:.2f} |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    result = fuzz(asked.count, asked.seed)
    sys.stdout.write(table(result) + "\n")
    sys.stdout.write("".join(f"{count:5} {said}\n" for said, count in result.refusals.most_common(15)))
    sys.stderr.write("\n".join(result.failures[:20]))
    return 1 if result.failures else 0


if __name__ == "__main__":
    sys.exit(main())
