"""Decoded text in, the letters that its author meant out.

Line ends become `\\n`; ligatures, soft hyphens and decomposed accents become plain letters; text that was UTF-8 but
read as Windows-1252 somewhere on its way (`candidateâ€™s`) is repaired; characters that nobody sees are dropped, since
they can carry instructions that the reader never notices. Nothing here fails.
"""

from __future__ import annotations

import re
import unicodedata

LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"  # zero width and direction marks
    "\ufe00-\ufe0f\U000e0000-\U000e0fff"  # variation selectors and tags
    "\ud800-\udfff]"  # halves of pairs
)
_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SOFT_HYPHEN = re.compile(r"\u00ad(?:[ \t]*\n[ \t]*(?=[a-z]))?")
_DECOMPOSED = re.compile(r"[A-Za-z][\u0300-\u036f]")

_WINDOWS = {bytes([code]).decode("cp1252", "ignore") or chr(code): code for code in range(0x80, 0xC0)}
_WINDOWS |= {chr(code): code for code in range(0x80, 0x100)}
_TAIL = "[" + re.escape("".join(char for char, code in _WINDOWS.items() if code < 0xC0)) + "]"
_MISREAD = re.compile(f"[ÂÃ]{_TAIL}|[âï]{_TAIL}{{2}}|ð{_TAIL}{{3}}")
_LOST_QUOTE = re.compile("â€(?:\ufffd|(?=\\s|$))")
_LOST_BLANK = re.compile(r"(?<=[a-z0-9.,;:)])Â(?= )")
_MAC_MISREAD = re.compile("‚[ÄÇÑÜ][\u00a0-\uffff]")
_MEANT = re.compile(
    "[\u00a0-\u00ff\u2010-\u2027\u202f\u2030\u2032\u2033\u2039\u203a\u2044\u20ac\u2122\u2190-\u2194\u21d2"
    "\u2212\u2248\u2260\u2264\u2265\u25a0-\u25ff\u2605\u2610-\u2612\u2713\u2714\u2756\u27a2\u27a4\ufb00-\ufb06\ufeff"
    "\U0001f300-\U0001faff]"
)
"""What misread text may turn into; anything else was probably right as it stood (`„Ä“`, `CAFÉ»`)."""


def clean(text: str) -> str:
    """Bring text to plain letters and `\\n` line ends."""
    text = repair(text)
    text = _LINE_ENDS.sub("\n", text)
    text = _SOFT_HYPHEN.sub("", text)
    text = _BLANKS.sub(" ", text)
    text = _UNSEEN.sub("", text)
    text = _DECOMPOSED.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)
    return text.translate(LIGATURES)


def repair(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252, Latin-1 or Mac Roman, also twice over."""
    for _ in range(3):
        repaired = _LOST_QUOTE.sub("”", _MISREAD.sub(_as_meant, text))
        repaired = _LOST_BLANK.sub("", _MAC_MISREAD.sub(_as_meant_on_mac, repaired))
        if repaired == text:
            break
        text = repaired
    return text


def _as_meant(match: re.Match[str]) -> str:
    """The character behind a misread sequence; the sequence itself where it means none that people write."""
    if match[0] in _RIGHT_AS_IT_STANDS:
        return match[0]
    meant = bytes(_WINDOWS[char] for char in match[0]).decode("utf-8", "ignore")
    return meant if _MEANT.fullmatch(meant) else match[0]


def _as_meant_on_mac(match: re.Match[str]) -> str:
    try:
        meant = match[0].encode("mac_roman").decode("utf-8")
    except UnicodeError:
        return match[0]
    return meant if _MEANT.fullmatch(meant) else match[0]


_RIGHT_AS_IT_STANDS = frozenset("Ã" + quote for quote in "‚„†‡‰‹›‘’“”–—…") | {"Â«", "Â»"}
"""A capital before a quotation mark or dash (`IRMÃ”`) is commoner than a misread rare capital."""
