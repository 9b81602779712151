"""What the guide reader finds in each fixture beside the hand count: `python -m tests.read.guides.guide_table`.

Where `../shared/seeds` stands beside the checkout, the originals of the seeds are in the table too.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

import yaml

from tutor.read.extract import extract
from tutor.read.guides.guide import read_guide

GUIDES = Path(__file__).parents[1] / "fixtures" / "guides"
SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
SEED_ROWS = ("seed-page.txt", "seed-overview.txt", "seed-beta-pdf.txt", "seed-notes.md", "seed-scopes.adoc")
LINES_A_PAGE = 45


def rows():
    """One row per guide: name, found and expected counts, milliseconds per page."""
    expected = yaml.safe_load((GUIDES / "expected.yaml").read_text(encoding="utf-8"))
    originals = {path.name: expected[SEED_ROWS[int(path.name[:3])]] for path in sorted(SEEDS.glob("*.txt"))}
    for name, counts in {**originals, **expected}.items():
        path = SEEDS / name if name in originals else GUIDES / name
        text = extract(path.read_bytes(), name=name)
        begun = perf_counter()
        for _ in range(5):
            blueprint = read_guide(text)
        milliseconds = 200 * (perf_counter() - begun)
        pages = max(1, text.text.count("\n") / LINES_A_PAGE)
        found = (
            len(blueprint.sections),
            sum(bool(objective.title) for objective in blueprint.objectives),
            sum(1 for _ in blueprint.considerations),
            sum(section.weight_percent is not None for section in blueprint.sections),
            len(blueprint.facts.as_json()),
            len(blueprint.abilities),
        )
        by_hand = (
            len(counts["weights"]),
            sum(map(len, counts["objectives"])),
            sum(map(sum, counts["considerations"])),
            sum(weight is not None for weight in counts["weights"]),
            None,
            counts["abilities"],
        )
        yield name, found, by_hand, milliseconds / pages


def main() -> None:
    """Print the table as Markdown."""
    heads = ("guide", "sections", "objectives", "considerations", "weights", "facts", "abilities", "ms a page")
    lines = [heads, tuple("---" for _ in heads)]
    for name, found, by_hand, speed in rows():
        cells = (str(one) if two is None else f"{one} / {two}" for one, two in zip(found, by_hand, strict=True))
        lines.append((name, *cells, f"{speed:.1f}"))
    sys.stdout.write("".join(f"| {' | '.join(line)} |\n" for line in lines))


if __name__ == "__main__":
    main()
