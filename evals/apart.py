"""A tutor over the shipped corpus that remembers nothing of the learner at this machine, and leaves nothing with them.

Its home is an empty folder that is gone afterwards, so that a measurement neither reads nor writes anybody's history.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tutor.flow import Tutor
from tutor.settings import load_settings
from tutor.ui.progress import bar


@contextmanager
def tutor_apart() -> Iterator[Tutor]:
    """A tutor with a home of its own."""
    with TemporaryDirectory(prefix="tutor-") as folder, bar("Indexing the documentation") as progress:
        settings = load_settings({"TUTOR_HOME": str(Path(folder))})
        tutor = Tutor(settings, progress=progress)
        try:
            tutor.warm()
            yield tutor
        finally:
            tutor.close()
