"""What each fixture is read as; `python -m tests.read.golden` writes it anew, for review in the diff."""

from __future__ import annotations

from pathlib import Path

from tests.read.built import BUILT
from tutor.read.extract import Extract, extract

FORMATS = Path(__file__).parent / "fixtures" / "formats"
EXPECTED = Path(__file__).parent / "fixtures" / "expected"


def cases() -> dict[str, bytes]:
    """Every fixture: files, and documents that are built."""
    files = {path.name: path.read_bytes() for path in sorted(FORMATS.iterdir())}
    return files | {name: build() for name, build in BUILT.items()}


def shown(extract: Extract) -> str:
    """All of an extract as one text."""
    about = [f"format: {extract.format}", f"title: {extract.title}", *(f"warning: {one}" for one in extract.warnings)]
    return "\n".join([*about, "----", extract.text])


def main() -> None:
    EXPECTED.mkdir(exist_ok=True)
    for name, data in cases().items():
        (EXPECTED / f"{name}.out").write_text(shown(extract(data, name=name)), encoding="utf-8")


if __name__ == "__main__":
    main()
