"""What commands of the suite share: settings that know nothing of the learner at this machine, the halves, JSON."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer

from tutor.errors import InputError
from tutor.settings import Settings, load_settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


@cache
def settings_apart() -> Settings:
    """Settings with a home that is gone afterwards: a learner's own documents and history change no figure."""
    home = tempfile.mkdtemp(prefix="tutor-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return replace(load_settings(), home=Path(home))


def half(split: str | None) -> Any:
    """Which half of the gold set is meant; None for both."""
    if split not in (None, "tune", "held"):
        raise InputError(f"There is no half {split!r}. Use tune or held.")
    return split
