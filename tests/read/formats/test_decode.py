from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.read.built import noise
from tutor.errors import InputError
from tutor.read.formats.decode import declared_charset, decode

WORDS = "Café “Kessel” – 50 °C"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_usual_encodings_are_told_apart(encoding):
    assert decode(WORDS.encode(encoding), name="x")[0] == WORDS


def test_latin_1_is_read_as_windows_1252_and_said():
    text, warnings = decode("Café".encode("latin-1"), name="x")
    assert text == "Café"
    assert "Windows-1252" in warnings[0]


def test_a_declared_charset_is_used_where_utf_8_does_not_fit():
    assert decode("Чайник".encode("koi8-r"), name="x", charset="koi8-r")[0] == "Чайник"
    assert decode("Чайник".encode(), name="x", charset="koi8-r")[0] == "Чайник"
    assert decode("Café".encode("latin-1"), name="x", charset="no-such")[0] == "Café"
    assert decode(b"Caf\xe9", name="x", charset="unicode_escape")[0] == "Café"


def test_charsets_are_found_in_headers_and_pages():
    assert declared_charset(b"", 'text/html; charset="ISO-8859-2"') == "ISO-8859-2"
    assert declared_charset(b'<meta charset="koi8-r">', "text/html") == "koi8-r"
    assert declared_charset(b"Kettles", None) is None


def test_some_broken_bytes_do_not_change_the_encoding():
    text, warnings = decode("Kettles — “hot” — “cold” — €5".encode() + b"\xff", name="x")
    assert text == "Kettles — “hot” — “cold” — €5\ufffd"
    assert warnings


def test_single_nuls_are_dropped_and_noise_is_refused():
    assert decode(b"Kettles\x00 boil" * 10, name="x")[0] == "Kettles boil" * 10
    for data in (noise(), b"\x00" * 500 + b"abc", b"\x01\x02\x03" * 50):
        with pytest.raises(InputError):
            decode(data, name="x")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_utf_8_is_kept_letter_by_letter(text):
    if "\ufffd" not in text and not text.startswith("\ufeff"):
        assert decode(text.encode(), name="x")[0] == text


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data):
    with suppress(InputError):
        assert isinstance(decode(data, name="x")[0], str)
