"""Reads one PDF from standard input and writes what was found as JSON: what `tutor.read.formats.pdf` runs.

A process of its own can be stopped whatever the file makes it do, and its memory has a bound.
"""

from __future__ import annotations

import json
import sys

from tutor.errors import InputError

MOST_MEMORY = 2_000_000_000
"""Bytes, where the system can hold a process to them."""


def main() -> None:
    """Read, and say what came of it."""
    _bound_memory()
    from tutor.read.pdf.document import read

    sys.setrecursionlimit(3000)
    try:
        answer: dict[str, object] = read(sys.stdin.buffer.read(), sys.argv[1])._asdict()
    except InputError as error:
        answer = {"refused": str(error)}
    sys.stdout.write(json.dumps(answer))


def _bound_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    except (ImportError, OSError, ValueError):  # Windows has no such thing, macOS does not hold to it
        pass


if __name__ == "__main__":
    main()
