"""A Python file in, prose and code out: its docstring and its full-line comments are prose, the rest is fenced.

A file that Python cannot cut into tokens is taken as code, whole.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from tutor.read.formats import Reading
from tutor.read.formats.letters import clean
from tutor.read.formats.markdown import tidy
from tutor.read.formats.text import title_of

_MACHINE_COMMENT = re.compile(
    r"#!|#\s*(?:-\*-|type:|noqa|pylint:|fmt:|isort:|ruff:|mypy:|coding[:=]|pragma|%%|In\[|</?code)"
)
_RULE = re.compile(r"[-=*#~_ ]*$")


def read(text: str, name: str = "") -> Reading:
    """Read a Python file."""
    lines = clean(text).split("\n")
    docstring, end = _docstring(lines)
    blocks = [tidy(docstring).strip()] if docstring.strip() else []
    blocks += _blocks(lines, end, _comment_lines(lines))
    whole = "\n\n".join(blocks) + "\n" if blocks else ""
    title = title_of(blocks[0].split("\n")) if blocks and not blocks[0].startswith("```") else ""
    return Reading(whole, title or name)


def _tokens(lines: list[str]) -> Iterator[tokenize.TokenInfo]:
    """The tokens as far as they can be told."""
    try:
        yield from tokenize.generate_tokens(io.StringIO("\n".join(lines) + "\n").readline)
    except (tokenize.TokenError, SyntaxError, RecursionError):
        return


def _docstring(lines: list[str]) -> tuple[str, int]:
    """The module's docstring and the number of lines up to its end."""
    for token in _tokens(lines):
        if token.type in (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENCODING):
            continue
        if token.type != tokenize.STRING or not re.match(r"[rRuU]?[\"']", token.string):
            break
        try:
            value = ast.literal_eval(token.string) if "\\" in token.string else _unquoted(token.string)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            break
        return re.sub(r"\n[ \t]+", lambda match: "\n" + match[0][5:], str(value)), token.end[0]
    return "", 0


def _unquoted(literal: str) -> str:
    body = literal.lstrip("rRuU")
    mark = 3 if body.startswith(('"""', "'''")) else 1
    return body[mark:-mark]


def _comment_lines(lines: list[str]) -> set[int]:
    """Numbers of the lines, from 0, that are nothing but a comment at the margin."""
    tokens = _tokens(lines)
    return {token.start[0] - 1 for token in tokens if token.type == tokenize.COMMENT and token.start[1] == 0}


def _blocks(lines: list[str], start: int, comments: set[int]) -> Iterator[str]:
    """Runs of comments as prose, runs of code fenced."""
    code: list[str] = []
    prose: list[str] = []
    for number in range(start, len(lines)):
        is_comment = number in comments
        if is_comment:
            yield from _code(code)
            code = []
            if not _MACHINE_COMMENT.match(lines[number]):
                prose.append(_words(lines[number]))
        elif lines[number].strip() or code:
            yield from _prose(prose)
            prose = []
            code.append(lines[number])
    yield from _prose(prose)
    yield from _code(code)


def _words(line: str) -> str:
    """A comment's text; a blank line for a rule of dashes."""
    text = re.sub(r"^#+:? ?", "", line)
    return "" if _RULE.match(text) else text


def _prose(lines: list[str]) -> Iterator[str]:
    text = tidy("\n".join(lines)).strip() if lines else ""
    if text:
        yield text


def _code(lines: list[str]) -> Iterator[str]:
    code = "\n".join(lines).strip("\n")
    if code.strip():
        fence = "````" if "```" in code else "```"
        yield f"{fence}python\n{code}\n{fence}"
