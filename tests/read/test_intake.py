from __future__ import annotations

import io
import os

import pytest

from tutor.errors import InputError
from tutor.read.extract import LARGEST_BYTES
from tutor.read.intake import is_address, take


def test_a_file_is_read(tmp_path):
    path = tmp_path / "kettles.md"
    path.write_text("# Kettles\n\nA kettle boils water.\n", encoding="utf-8")
    extract = take(str(path))
    assert (extract.format, extract.title, extract.origin) == ("markdown", "Kettles", "kettles.md")


def test_standard_input_is_read():
    extract = take("-", stdin=io.BytesIO(b"Kettles\n\nA kettle boils water."))
    assert (extract.origin, extract.text) == ("-", "Kettles\n\nA kettle boils water.\n")


def test_a_large_file_is_refused_without_reading_it(tmp_path, monkeypatch):
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    monkeypatch.setattr("pathlib.Path.open", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(InputError, match=r"large\.pdf is larger than 25 MB"):
        take(str(path))


def test_standard_input_is_called_so_where_it_cannot_be_read():
    with pytest.raises(InputError, match=r"^standard input is empty"):
        take("-", stdin=io.BytesIO(b""))


def test_endless_standard_input_is_refused():
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            assert 0 < size <= LARGEST_BYTES + 1
            return b"x" * size

    with pytest.raises(InputError, match="standard input is larger"):
        take("-", stdin=Endless())


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("nowhere/guide.pdf", r"nowhere/guide\.pdf is not there\. Check the path"),
        ("example.org/guide", r"give https://example\.org/guide"),
        ("ftp://example.org/guide", "begins with https"),
        ("file:///etc/passwd", "begins with https"),
        ("bad\x00name", "cannot be read"),
    ],
)
def test_what_is_not_there_is_said_with_the_next_step(source, said):
    with pytest.raises(InputError, match=said):
        take(source)


def test_folders_are_refused(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        take(str(tmp_path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_devices_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="no ordinary file"):
        take(str(tmp_path / "pipe"))


def test_a_private_address_is_refused():
    with pytest.raises(InputError, match="inside this network"):
        take("http://127.0.0.1:9/guide")


def test_addresses_are_told_from_paths():
    assert is_address("HTTPS://example.org")
    assert not is_address("https.txt")
    assert not is_address("C:\\guides\\kettle.pdf")
