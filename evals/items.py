"""A seed and a count in; what holds of so many generated items, and what drawing and checking them costs, out.

Times are wall-clock times on the machine as it is, start-up excluded; the cost of encoding a stem alone stands beside
them. Near-duplicates are sought with other vectors than the novelty check uses: stem and key each encoded as a whole.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import Any

import numpy as np

from evals.planted import measure_lint, read_planted
from tutor.author.checks.novelty import decided_by
from tutor.author.practice_item import PracticeItem
from tutor.author.wanted import Wanted
from tutor.flow import Tutor
from tutor.index.encoder import Encoder, Vectors, load_encoder

SAME = 0.95


def measure_items(tutor: Tutor, count: int, seed: str, *, independent: bool = False) -> dict[str, Any]:
    """Draw and check items until `count` have passed, and measure them."""
    drawing = tutor.items.generate(count, Wanted(), seed, independent=independent)
    first = next(drawing)  # models, passages and encoder are loaded now
    made, waits, wait = [first], [], 0.0
    while True:
        begun = perf_counter()
        one = next(drawing, None)
        if one is None:
            break
        wait += perf_counter() - begun
        made.append(one)
        if one.verdict.passed:
            waits.append(wait * 1000)
            wait = 0.0
    passed = [one for one in made if one.verdict.passed]
    encoder = load_encoder(tutor.settings.embedding_model)
    return {
        "drawn": len(made),
        "passed": len(passed),
        "by_kind": dict(Counter(one.item.kind for one in passed).most_common()),
        "rejected": dict(Counter(f"{f.check}: {f.name}" for one in made for f in one.verdict.faults).most_common()),
        "solver": dict(Counter(one.verdict.solver for one in passed)),
        **_form(passed),
        "distinct": len({decided_by(one.item) or one.id for one in passed}),
        "near_duplicates_percent": _near_duplicates(passed, encoder),
        **_coverage(tutor, passed),
        "milliseconds": {
            "item, passed": _spread(waits),
            **{name: _spread(took) for name, took in _costs(made[1:]).items()},
            "encoding a stem alone": _spread(_encoding(passed[:200], encoder)),
        },
        "per_second": round(1000 * len(waits) / sum(waits), 1) if waits else None,
        "lint_on_planted_flaws": measure_lint(list(read_planted())),
    }


def _form(passed: Sequence[PracticeItem]) -> dict[str, Any]:
    """Where keys stand, and how often the longest option is the key, over items with one key of four options."""
    four = [one.item for one in passed if len(one.item.options) == 4 and len(one.item.key) == 1]
    places = Counter(item.key[0] for item in four)
    longest = 0.0
    for item in four:
        lengths = [len(option.text) for option in item.options]
        top = [place for place, length in enumerate(lengths) if length == max(lengths)]
        longest += (item.key[0] in top) / len(top)
    total = max(1, len(four))
    return {
        "one_key_of_four": len(four),
        "key_positions_percent": {letter: round(100 * places[i] / total, 1) for i, letter in enumerate("ABCD")},
        "longest_is_key_percent": round(100 * longest / total, 1),
    }


def _near_duplicates(passed: Sequence[PracticeItem], encoder: Encoder) -> float:
    """The share of items of which an earlier one is a near-duplicate."""
    stems = _encoded([one.item.stem for one in passed], encoder)
    keys = _encoded([" ".join(one.item.options[place].text for place in one.item.key) for one in passed], encoder)
    near = sum(
        bool(np.any(np.minimum(stems[:place] @ stems[place], keys[:place] @ keys[place]) >= SAME))
        for place in range(1, len(passed))
    )
    return round(100 * near / max(1, len(passed)), 2)


def _encoded(texts: Sequence[str], encoder: Encoder) -> Vectors:
    different = list(dict.fromkeys(texts))
    vectors = dict(zip(different, encoder.encode_passages(different), strict=True))
    return np.stack([vectors[text] for text in texts])


def _coverage(tutor: Tutor, passed: Sequence[PracticeItem]) -> dict[str, Any]:
    """Which considerations of the current guide the items exercise."""
    blueprint = tutor.items.blueprint
    wanted = {each.id for section in blueprint.sections for each in section.considerations if each.id}
    reached = {treats.partition("/")[2] for one in passed for treats in one.item.treats}
    by_objective = Counter(one.objective for one in passed)
    return {
        "considerations": len(wanted),
        "considerations_reached": len(wanted & reached),
        "considerations_missed": sorted(wanted - reached),
        "by_objective": dict(sorted(by_objective.items())),
    }


def _costs(made: Sequence[PracticeItem]) -> Mapping[str, list[float]]:
    costs: dict[str, list[float]] = {}
    for one in made:
        for name, took in one.verdict.milliseconds.items():
            costs.setdefault(name, []).append(took)
    return costs


def _encoding(passed: Sequence[PracticeItem], encoder: Encoder) -> list[float]:
    took = []
    for one in passed:
        begun = perf_counter()
        encoder.encode_passages([one.item.stem])
        took.append((perf_counter() - begun) * 1000)
    return took


def _spread(times: Sequence[float]) -> dict[str, float]:
    ordered = sorted(times) or [0.0]
    return {
        "mean": round(statistics.fmean(ordered), 2),
        "p50": round(ordered[len(ordered) // 2], 2),
        "p95": round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 2),
    }


def as_table(figures: Mapping[str, Any]) -> str:
    """The figures as the table of docs/items.md."""
    positions = ", ".join(f"{letter} {share}" for letter, share in figures["key_positions_percent"].items())
    kinds = ", ".join(f"{number} {kind}" for kind, number in figures["by_kind"].items())
    rejected = ", ".join(f"{name} {number}" for name, number in figures["rejected"].items()) or "none"
    lint = figures["lint_on_planted_flaws"]
    rows = [
        ("items drawn, and passed", f"{figures['drawn']}, {figures['passed']}"),
        ("by kind", kinds),
        ("rejected for (one item may have several reasons)", rejected),
        ("key positions in percent, one key of four", positions),
        ("longest option is the key", f"{figures['longest_is_key_percent']}%"),
        ("distinct by circumstances, options and key", f"{figures['distinct']}"),
        ("near-duplicates by meaning", f"{figures['near_duplicates_percent']}%"),
        ("considerations reached", f"{figures['considerations_reached']} of {figures['considerations']}"),
        ("checked items a second", f"{figures['per_second']}"),
        *(
            (f"{name}: mean, p50, p95 in ms", ", ".join(map(str, took.values())))
            for name, took in figures["milliseconds"].items()
        ),
        ("planted flaws found", f"{lint['found']:.0%} of {lint['planted']}"),
        ("good items flagged", f"{lint['good_items_flagged']} of {lint['good_items']}"),
    ]
    return "\n".join(["| what | value |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])
