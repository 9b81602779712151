"""Bytes of a text file in, text out.

A byte-order mark decides; then the shape of UTF-16; then UTF-8 if it fits; then the charset that came along; then
Windows-1252, which fits everything. Noise that is no text in any of them raises `InputError`.
"""

from __future__ import annotations

import codecs
import re

from tutor.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAFE_CHARSETS = re.compile(
    r"(iso|latin|windows|cp|mac|koi8|shift|euc|gb|big5|us|ascii|utf[-_]?(8|16|32))[\w.-]*", re.I
)
"""Charsets whose decoding takes linear time; Python knows others under the same roof (`idna`, `unicode_escape`)."""
_CHARSET = re.compile(rb"(?:charset|encoding|coding)\s*[:=]\s*[\"']?([\w.:-]{2,40})", re.I)
_NOISE = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
MOST_CONTROLS = 0.02
"""Share of control characters above which bytes are not text: random ones have 10%."""


def decode(data: bytes, *, name: str, charset: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Decode text of unknown encoding; the warnings say what was guessed."""
    text, warnings = _decode(data, charset)
    readable = text.replace("\x00", "")
    nuls = len(text) - len(readable)
    if nuls * 3 > len(text) or len(_NOISE.findall(readable)) > MOST_CONTROLS * len(readable) + 2:
        raise InputError(f"{name} is not text, nor any format the tutor reads. Save it as PDF, DOCX, HTML or text.")
    return readable, warnings


def declared_charset(data: bytes, content_type: str | None) -> str | None:
    """The charset that a Content-Type or the page itself names."""
    match = _CHARSET.search((content_type or "").encode("ascii", "replace")) or _CHARSET.search(data[:4096])
    return match[1].decode("ascii", "replace") if match else None


def _decode(data: bytes, charset: str | None) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), ()
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if charset and _SAFE_CHARSETS.fullmatch(charset):
        try:
            return data.decode(charset), ()
        except (LookupError, UnicodeError):
            pass
    return _damaged(data)


def _wide(data: bytes) -> str | None:
    """Tell UTF-16 without a mark: every other byte of Western text in it is zero."""
    head = data[:4000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 5 < len(head) or min(even, odd) * 4 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _damaged(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Choose between UTF-8 with some broken bytes and Windows-1252."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for char in text if char > "\x7f") - broken
    if whole > 3 * broken:
        return text, (f"{broken} bytes were broken and are shown as \ufffd.",)
    return data.decode("cp1252", "tutor-latin-1"), ("The encoding is not declared; it was read as Windows-1252.",)


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


# Python leaves five codes of Windows-1252 undefined; Latin-1 gives them a control character, dropped later.
codecs.register_error("tutor-latin-1", _as_latin_1)
