"""The hostile cases of the gold set, and what is dangerous in a page; for the tests of turns and of the browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml

from tutor.settings import PROJECT

CASES: list[dict[str, Any]] = yaml.safe_load((PROJECT / "evals" / "gold" / "hostile.yaml").read_text(encoding="utf-8"))
TURNS = [case for case in CASES if case["where"] == "turn"]
DOCUMENTS = [case for case in CASES if case["where"] == "document"]
TITLES = [case for case in CASES if case["where"] == "title"]
NOTES = [case for case in CASES if case["where"] == "note"]
IN_BROWSER = [case for case in CASES if case.get("browser")]

ALLOWED = set(
    re.findall(
        r"\w+",
        "p a div span h1 h2 h3 h4 h5 ul ol li table thead tbody tr th td details summary mark em strong code pre br b "
        "i hr blockquote button",
    )
)


def text_of(case: dict[str, Any]) -> str:
    return str(case["text"]) * int(case.get("times", 1))


def write_documents(folder: Path) -> list[str]:
    """Every hostile document as a file; its path."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for case in DOCUMENTS:
        path = folder / case.get("file", f"{case['id']}.md").replace("/", "∕")
        path.write_text(text_of(case), encoding="utf-8")
        paths.append(str(path))
    return paths


class _Dangers(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "src", "action", "formaction"):
                self.found.append(f"{tag} {name}")
            if name == "href" and not re.match(r"https://|#cite-|#say$|\?tab=practice&objective=[\d.]+$", value or ""):
                self.found.append(f"{tag} href={value}")


def dangers_in(html: str) -> list[str]:
    """Elements that run or load something, and addresses that are no official page."""
    parser = _Dangers()
    parser.feed(html)
    parser.close()
    return parser.found
