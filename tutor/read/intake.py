"""What a learner names in, its content out: a file, a web address, or `-` for standard input.

Sizes are checked before anything is read. What is not there or cannot be read raises `InputError`. Folders are gone
through elsewhere, file by file.
"""

from __future__ import annotations

import re
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tutor.errors import InputError
from tutor.read.extract import LARGEST_BYTES, Extract, extract, too_large

if TYPE_CHECKING:
    from tutor.read.fetch import Fetcher

STANDARD_INPUT = "-"

_ADDRESS = re.compile(r"https?://", re.I)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.I)
_BARE_ADDRESS = re.compile(
    r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|dev|edu|gov|info)(?:/\S*)?$", re.I
)


def take(source: str, *, stdin: BinaryIO | None = None, fetcher: Fetcher | None = None) -> Extract:
    """Read what `source` names."""
    if source == STANDARD_INPUT:
        return extract(_limited(stdin or sys.stdin.buffer, "standard input"), name=STANDARD_INPUT)
    if is_address(source):
        return _fetched(source, fetcher)
    if _SCHEME.match(source):
        raise InputError(f"{source} cannot be fetched. Give a file, or an address that begins with https://.")
    return extract(read_file(Path(source)), name=Path(source).name)


def is_address(source: str) -> bool:
    """Whether something named is a web address."""
    return bool(_ADDRESS.match(source))


def read_file(path: Path) -> bytes:
    """A file's bytes, if it is one and not too large."""
    try:
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            raise InputError(f"{path} is a folder. Give a file in it.")
        if not stat.S_ISREG(state.st_mode):
            raise InputError(f"{path} is no ordinary file. Give a file, or - for standard input.")
        if state.st_size > LARGEST_BYTES:
            raise too_large(str(path))
        with path.open("rb") as file:
            return _limited(file, str(path))
    except FileNotFoundError as error:
        hint = f" For a web page, give https://{path}." if _BARE_ADDRESS.match(str(path)) else " Check the path."
        raise InputError(f"{path} is not there.{hint}") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{str(path)!r} cannot be read: {getattr(error, 'strerror', None) or error}.") from error


def _limited(stream: BinaryIO, name: str) -> bytes:
    data = stream.read(LARGEST_BYTES + 1)
    if len(data) > LARGEST_BYTES:
        raise too_large(name)
    return data


def _fetched(address: str, fetcher: Fetcher | None) -> Extract:
    if fetcher is not None:
        page = fetcher.fetch(address)
    else:
        from tutor.read.fetch import Fetcher

        with Fetcher() as own:
            page = own.fetch(address)
    return extract(page.body, name=page.url, content_type=page.content_type)
