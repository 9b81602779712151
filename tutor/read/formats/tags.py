"""Markdown with HTML in it in, Markdown alone out.

Lists and tables are rewritten as the page reader would; of other tags the text is kept. Comments, scripts and hidden
elements are dropped with what is in them. `<PLACEHOLDER>` and other words that are no tags stay.
"""

from __future__ import annotations

import re

_COMMENT = re.compile(r"<!--")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s[^<>]{0,2000})?)/?>")
_HIDDEN = re.compile(
    r"\s(?:hidden(?=[\s=/]|$)|aria-hidden\s*=\s*[\"']?true)|display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0",
    re.I,
)
_HREF = re.compile(r"\bhref\s*=\s*[\"']?(https?://[^\s\"'<>()]+)", re.I)
_ADDRESS = re.compile(r"<(https?://[^\s<>]+)>")
_REWRITTEN = frozenset({"table", "ul", "ol", "dl"})
_DROPPED = frozenset({"script", "style", "template", "noscript", "svg", "iframe", "object", "select", "head", "title"})
_KNOWN = frozenset(
    "a abbr acronym address article aside b big blockquote body br button caption center cite "  # noqa: SIM905
    "code col colgroup dd del details dfn div dl dt em embed figcaption figure font footer form "
    "h1 h2 h3 h4 h5 h6 header hr html i img input ins kbd label li link main mark meta nav ol p "
    "param picture pre q s samp section small source span strike strong sub summary sup table "
    "tbody td tfoot th thead time tr tt u ul var video wbr".split()
)
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "col", "embed", "param", "source", "wbr"})


def without_tags(text: str) -> str:
    """Rewrite the HTML in Markdown; code must have been taken out before."""
    if "<" not in text:
        return text
    text = _ADDRESS.sub(r"\1", _without_comments(text))
    return _Rewriting(text).text()


def _without_comments(text: str) -> str:
    pieces, done = [], 0
    while (begin := text.find("<!--", done)) >= 0:
        end = text.find("-->", begin + 4)
        pieces.append(text[done:begin])
        if end < 0:  # an open comment hides what follows, up to the next blank line
            end = text.find("\n\n", begin) - 3
            end = end if end >= begin - 3 else len(text)
        done = end + 3
    return "".join([*pieces, text[done:]])


class _Rewriting:
    """One pass over the tags of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tags = [match for match in _TAG.finditer(text) if match[2].lower() in _KNOWN | _DROPPED]
        self._closing = _pairs(self._tags)
        self._links: list[str] = []

    def text(self) -> str:
        pieces: list[str] = []
        number, done = 0, 0
        while number < len(self._tags):
            tag = self._tags[number]
            name, end = tag[2].lower(), self._closing.get(number)
            pieces.append(self._text[done : tag.start()])
            done = tag.end()
            whole = not tag[1] and end is not None
            if not tag[1] and (name in _DROPPED or _HIDDEN.search(tag[3])):
                number, done = self._after(number, name)
            elif whole and name in _REWRITTEN:
                assert end is not None
                number, done = end, self._tags[end].end()
                pieces.append(f"\n\n{self._rewritten(tag.start(), done)}\n\n")
            else:
                pieces.append(self._mark(tag))
            number += 1
        return "".join([*pieces, self._text[done:]])

    def _after(self, number: int, name: str) -> tuple[int, int]:
        """The tag and the place where a dropped element ends; one that is never closed ends with its paragraph."""
        end = self._closing.get(number)
        if end is not None:
            return end, self._tags[end].end()
        start = self._tags[number].end()
        if name in _VOID:
            return number, start
        stop = self._text.find("\n\n", start)
        stop = len(self._text) if stop < 0 else stop
        while number + 1 < len(self._tags) and self._tags[number + 1].start() < stop:
            number += 1
        return number, max(stop, self._tags[number].end())

    def _rewritten(self, start: int, end: int) -> str:
        from tutor.read.formats.html import fragment

        return fragment(self._text[start:end])

    def _mark(self, tag: re.Match[str]) -> str:
        """What stands for a tag in Markdown."""
        name, closes = tag[2].lower(), bool(tag[1])
        if name in ("b", "strong"):
            return "**"
        if name in ("h1", "h2", "h3", "h4", "h5", "h6"):
            return "\n\n" if closes else f"\n\n{'#' * int(name[1])} "
        if name == "summary":
            return "**\n\n" if closes else "**"
        if name == "a":
            if not closes:
                href = _HREF.search(tag[3])
                self._links.append(href[1] if href else "")
                return "[" if href else ""
            address = self._links.pop() if self._links else ""
            return f"]({address})" if address else ""
        if name == "li":
            return "" if closes else "\n- "
        if name in ("p", "div", "details", "section", "article", "blockquote"):
            return "\n\n" if closes else ""
        return " " if name in ("br", "td", "th", "tr") else ""


def _pairs(tags: list[re.Match[str]]) -> dict[int, int]:
    """Which closing tag ends which opening one."""
    pairs: dict[int, int] = {}
    open_tags: dict[str, list[int]] = {}
    for number, tag in enumerate(tags):
        name = tag[2].lower()
        if not tag[1]:
            open_tags.setdefault(name, []).append(number)
        elif open_tags.get(name):
            pairs[open_tags[name].pop()] = number
    return pairs
