"""A finished folder of Chroma's in; a copy of it that Chroma may write to out, for as long as somebody reads it.

Chroma writes a row into every database that it opens. So the database is copied, to the system's temporary folder, and
the graphs, which are most of the bytes and only read, are linked. Copies of processes that died are cleared away by the
next one: a process holds a lock on its copy, which goes with it however it ends.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from filelock import FileLock, Timeout

PREFIX = "pmle-tutor-"
GRAPH = "index_metadata.pickle"
"""Chroma writes it when it writes a graph; a folder without one has all vectors in the log of the database."""
SETTLED_SECONDS = 60.0
"""How old a copy must be before it can count as left behind: its maker needs a moment to lock it."""


class Mirror:
    """A copy, to be closed when it is no longer read."""

    def __init__(self, folder: Path) -> None:
        _clear()
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = FileLock(self.path / "lock", thread_local=False)
        self._lock.acquire()
        try:
            for entry in folder.iterdir():
                if entry.is_file():
                    shutil.copyfile(entry, self.path / entry.name)
                elif (entry / GRAPH).exists():
                    _link(entry.absolute(), self.path / entry.name)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Remove the copy."""
        self._lock.release()
        shutil.rmtree(self.path, ignore_errors=True)


def _link(folder: Path, place: Path) -> None:
    try:
        place.symlink_to(folder, target_is_directory=True)
    except OSError:  # Windows lets not everybody link
        shutil.copytree(folder, place)


def _clear() -> None:
    """Remove the copies of processes that died."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            if time.time() - left.stat().st_mtime > SETTLED_SECONDS:
                with FileLock(left / "lock", timeout=0):
                    shutil.rmtree(left, ignore_errors=True)
        except (OSError, Timeout):
            continue  # in use, somebody else's, or gone by now
