"""A zip archive in, single parts of it out, each within limits: an archive's own figures can lie.

What is encrypted, damaged or unpacks to far more than it should raises `InputError`.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from tutor.errors import InputError

LARGEST_PART = 40_000_000
"""Bytes that one part may unpack to."""
LARGEST_RATIO = 200
"""How much a part of more than a megabyte may grow: XML grows twenty- to fiftyfold, bombs a thousandfold."""
MOST_PARTS = 20_000


class Archive:
    """An open archive."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {part.filename: part for part in self._zip.infolist()[:MOST_PARTS]}
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, OSError) as error:
            raise InputError(f"{name} is damaged or not complete ({error}). Get it again, or save it anew.") from error

    def has(self, part: str) -> bool:
        """Whether the archive holds a part of this name."""
        return part in self._parts

    def starts(self, folder: str) -> bool:
        """Whether any part lies in a folder."""
        return any(part.startswith(folder) for part in self._parts)

    def read(self, part: str) -> bytes:
        """A part's content; empty if there is no such part."""
        found = self._parts.get(part)
        if found is None:
            return b""
        if found.flag_bits & 1:
            raise InputError(f"{self._name} is encrypted. Save it without a password.")
        packed = max(found.compress_size, 1)
        most = min(LARGEST_PART, max(1_000_000, LARGEST_RATIO * packed))
        try:
            with self._zip.open(found) as stream:
                content = stream.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as error:
            raise InputError(f"{self._name} is damaged in {part} ({error}). Save it anew.") from error
        if len(content) > most:
            raise InputError(
                f"{self._name} unpacks to more than {most:,} bytes in {part}, as no document does. It was not read."
            )
        return content
