"""AsciiDoc in, Markdown out.

Headings, lists, tables, code, links and attributes are rewritten. Comments and images are dropped; nothing is included
from other files, and the reader is told so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.read.formats import Reading, bullets
from tutor.read.formats.letters import clean
from tutor.read.formats.tables import table
from tutor.read.formats.text import collapse, title_of

MOST_GROWTH = 200_000
"""Characters that filled-in attributes may add: those that name each other could grow without end."""

_ATTRIBUTE = re.compile(r":(!?[\w-]+!?):(?:[ \t]+(.*))?$")
_HEADING = re.compile(r"(={1,6})[ \t]+(\S.*?)$")
_MARKED = re.compile(r"[ \t]*(\*{1,6}|-|•)[ \t]+(?=\S)")
_NUMBERED = re.compile(r"[ \t]*(?:(\.{1,5})|(\d{1,3})\.)[ \t]+(?=\S)")
_TERM = re.compile(r"[ \t]*(\S.*?)(:{2,4}|;;)(?:[ \t]+(.*))?$")
_DELIMITED = re.compile(r"(-{4,}|\.{4,}|`{3,}|={4,}|_{4,}|\*{4,}|/{4,}|\+{4,}|--)[ \t]*(\w*)$")
_DROPPED = re.compile(
    r"(?:image|video|audio|icon|toc|ifdef|ifndef|ifeval|endif|indexterm)::?.*\]$|\[\[[^\[\]]*\]\]$|<<<$|'{3,}$"
)
_AUTHOR = re.compile(r"[\w .'-]{2,80} <[^<>@\s]+@[^<>@\s]+>$")
_ADMONITION = re.compile(r"(NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+")
_SOURCE = re.compile(r"\[(?:source|,)[ \t]*,?[ \t]*([\w+#-]*)[^\]]*\]$")
_VERBATIM = ("-", ".", "`", "+")

_REFERENCE = re.compile(r"\{([\w-]{1,60})\}")
_LINK = re.compile(r"(?:link:([^\s\[\]<>]{1,1000})|(https?://[^\s\[\]<>]{1,1000}))\[([^\[\]]{0,500})\]")
_XREF = re.compile(r"<<([^<>,]{1,200})(?:,([^<>]{1,200}))?>>|xref:([^\s\[\]]{1,200})\[([^\[\]]{0,200})\]")
_INLINE_IMAGE = re.compile(
    r"(?:image|icon|footnote|indexterm2?|anchor):[^\s\[\]]{0,500}\[[^\[\]]{0,500}\]|\[\[[^\[\]]{0,100}\]\]"
)
_BOLD = re.compile(r"(?<![\w*\\])\*(?![\s*])([^*\n]{1,500}?)(?<![\s*])\*(?![\w*])")
_ITALIC = re.compile(r"(?<![\w_\\])_(?![\s_])([^_\n]{1,500}?)(?<![\s_])_(?![\w_])")
_CELL = re.compile(r"(?:(?:^|(?<=\s))(?:[\d.]{1,6}[+*])?[<^>.]{0,3}[aehlmds]?)?(?<!\\)\|")
_ROLE = re.compile(r"\[[.#][\w.#-]{1,100}\](?=[*_#`])")


def read(text: str) -> Reading:
    """Read AsciiDoc."""
    reader = _Reader(clean(text))
    lines = list(reader.blocks())
    return Reading(collapse(lines), title_of(lines), tuple(reader.warnings))


class _Reader:
    """One pass over the lines, with the attributes defined so far."""

    def __init__(self, text: str) -> None:
        self._lines = [line.rstrip() for line in text.split("\n")]
        self._at = 0
        self._attributes: dict[str, str] = {"nbsp": " ", "empty": "", "sp": " ", "plus": "+", "zwsp": ""}
        self._kinds: list[str] = []
        self._counts: dict[str, int] = {}
        self._language = ""
        self._options = ""
        self._growth = 0
        self.warnings: list[str] = []

    def blocks(self) -> Iterator[str]:
        """The document's lines as Markdown."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            if line.startswith("|===") or line in (",===", ":==="):
                yield from self._table(line)
            elif delimiter := _DELIMITED.match(line):
                yield from self._delimited(delimiter[1], delimiter[2])
            elif not self._is_for_the_machine(line):
                yield from self._written(line)

    def _is_for_the_machine(self, line: str) -> bool:
        """Take in what is no text: comments, attributes, block options, directives."""
        attribute = _ATTRIBUTE.match(line)
        if attribute:
            self._attributes[attribute[1].strip("!").lower()] = self._inline(attribute[2] or "")
        elif line.startswith("include::"):
            self.warnings.append(
                f"What {line[9:].split('[')[0] or 'another file'} holds was not read: add it by itself."
            )
        elif line.startswith("[") and line.endswith("]") and not line.startswith("[["):
            source = _SOURCE.match(line)
            self._language, self._options = source[1] if source else "", line
        else:
            dropped = line.startswith("//") or line == "+" or _DROPPED.match(line)
            return bool(dropped) or bool(self._at <= 20 and _AUTHOR.match(line))
        return True

    def _written(self, line: str) -> Iterator[str]:
        if not line.strip():
            yield ""
        elif heading := _HEADING.match(line):
            self._kinds = []
            yield from ("", f"{'#' * len(heading[1])} {self._inline(heading[2])}", "")
        elif re.match(r"\.[^\s.]", line):
            yield from ("", f"**{self._inline(line[1:])}**", "")
        elif marked := _MARKED.match(line):
            yield bullets.entry(self._level(marked[1]), self._entry(line[marked.end() :]))
        elif numbered := _NUMBERED.match(line):
            marker = numbered[1] or "."
            level = self._level(marker)
            self._counts[marker] += 1
            yield f"{'  ' * level}{numbered[2] or self._counts[marker]}. {self._entry(line[numbered.end() :])}"
        elif (term := _TERM.match(line)) and not line.startswith(("http", " ")):
            description = term[3] or self._next_text()
            yield bullets.entry(self._level(term[2]), f"**{self._inline(term[1])}**: {self._entry(description)}")
        elif admonition := _ADMONITION.match(line):
            yield f"**{admonition[1].capitalize()}:** {self._inline(line[admonition.end() :])}"
        else:
            self._kinds = []
            yield self._inline(line.removesuffix(" +"))

    def _level(self, marker: str) -> int:
        """How deep an entry stands: a marker seen above closes the ones below it."""
        if marker in self._kinds:
            del self._kinds[self._kinds.index(marker) + 1 :]
        else:
            self._kinds.append(marker)
            self._counts[marker] = 0
        return len(self._kinds) - 1

    def _entry(self, text: str) -> str:
        """An entry's text, with the lines behind it that belong to it."""
        words = [re.sub(r"^\[[ xX*]\]\s+", "", text)]
        while self._at < len(self._lines):
            line = self._lines[self._at]
            starts = _MARKED.match(line) or _NUMBERED.match(line) or _DELIMITED.match(line) or _HEADING.match(line)
            if not line.strip() or starts or line == "+" or line.startswith(("|===", "[", "//")) or _TERM.match(line):
                break
            words.append(line.strip())
            self._at += 1
        return self._inline(" ".join(words))

    def _next_text(self) -> str:
        """The line that a term's description stands on, when it is not the term's own."""
        while self._at < len(self._lines) and not self._lines[self._at]:
            self._at += 1
        if self._at < len(self._lines) and not (
            _MARKED.match(self._lines[self._at]) or _HEADING.match(self._lines[self._at])
        ):
            self._at += 1
            return self._lines[self._at - 1].strip()
        return ""

    def _delimited(self, delimiter: str, language: str) -> Iterator[str]:
        """A block between two like lines: code is fenced, comments dropped, other blocks are read as if bare."""
        if delimiter[0] not in (*_VERBATIM, "/") or delimiter == "--":
            return
        begin = self._at
        while self._at < len(self._lines) and self._lines[self._at] != delimiter:
            self._at += 1
        inside = self._lines[begin : self._at]
        self._at += 1
        if delimiter[0] != "/":
            yield from ("", f"```{language or self._language}", *inside, "```", "")
        self._language = ""

    def _table(self, delimiter: str) -> Iterator[str]:
        begin = self._at
        while self._at < len(self._lines) and self._lines[self._at] != delimiter:
            self._at += 1
        lines = self._lines[begin : self._at]
        self._at += 1
        columns = _columns(self._options)
        if delimiter != "|===":
            rows = [line.split(delimiter[0]) for line in lines if line]
        else:
            rows = list(_rows(lines, columns))
        self._options = ""
        yield from ("", *table([[self._inline(cell) for cell in row] for row in rows]).split("\n"), "")

    def _inline(self, text: str) -> str:
        """Text with its attributes filled in and its marks as Markdown has them."""
        if "{" in text:
            filled = _REFERENCE.sub(lambda match: self._attributes.get(match[1].lower(), match[0]), text)
            self._growth += len(filled) - len(text)
            text = filled if self._growth < MOST_GROWTH else text
        if ":" in text or "[" in text:
            text = _ROLE.sub("", _INLINE_IMAGE.sub("", text))
            text = _LINK.sub(_linked, text)
        text = _XREF.sub(lambda match: match[2] or match[4] or match[1] or match[3], text)
        text = _BOLD.sub(r"**\1**", text)
        return _ITALIC.sub(r"*\1*", text)


def _linked(match: re.Match[str]) -> str:
    address = match[1] or match[2]
    return f"[{_words(match[3]) or address}]({address})"


def _words(text: str) -> str:
    return re.sub(r",\s*(?:window|role|opts)\s*=.*$|\^$", "", text).strip("\"' ")


def _columns(options: str) -> int:
    """How many columns a table's options declare; 0 where they do not."""
    match = re.search(r"cols\s*=\s*(?:\"([^\"]*)\"|([\w*]+))", options)
    if not match:
        return 0
    declared = match[1] or match[2] or ""
    return sum(int(times[1]) if (times := re.match(r"\s*(\d{1,2})\*", part)) else 1 for part in declared.split(","))


def _rows(lines: list[str], columns: int) -> Iterator[list[str]]:
    """Rows of a table: a line each, or cells one below the other where the number of columns is known."""
    cells: list[list[list[str]]] = []
    for line in lines:
        before, *starting = (part.strip() for part in _CELL.split(line))
        if before and cells:
            cells[-1][-1].append(before)
        if starting:
            cells.append([[part] for part in starting])
    columns = columns or max((len(row) for row in cells), default=1)
    flat = [" ".join(filter(None, pieces)) for row in cells for pieces in row]
    for start in range(0, len(flat), columns):
        yield flat[start : start + columns]
