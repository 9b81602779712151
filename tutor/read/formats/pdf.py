"""A PDF in, its text as Markdown out, in bounded time and memory: it is read by a process of its own.

What cannot be read, or takes too long, raises `InputError`. How a PDF is read stands in `tutor.read.pdf`.
"""

from __future__ import annotations

import json
import subprocess
import sys

from tutor.errors import InputError
from tutor.read.formats import Reading
from tutor.settings import PROJECT

MOST_SECONDS = 60.0
"""A page takes about a fortieth of a second."""


def read(data: bytes, name: str, *, seconds: float = MOST_SECONDS) -> Reading:
    """Read a PDF in at most `seconds`."""
    command = [sys.executable, "-m", "tutor.read.pdf.apart", name]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, cwd=PROJECT, check=False)  # noqa: S603 - our own module
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise InputError(
            f"{name} takes longer than {seconds:.0f} s to read. Split it, or save it anew as PDF."
        ) from error
    except ValueError as error:
        raise InputError(
            f"{name} is damaged, or too complex to read. Save it anew as PDF, or give its text."
        ) from error
    if "refused" in answer:
        raise InputError(answer["refused"])
    return Reading(answer["text"], answer["title"], tuple(answer["warnings"]))
