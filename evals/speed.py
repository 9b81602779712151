"""How long each system takes for a question, embedding included: in turns, so that all meet the same load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from time import perf_counter
from typing import Any

import numpy as np

from evals.yardstick import Ranker
from tutor.index.encoder import Encoder

HITS = 10
"""What people ask a search for."""
MOST_QUESTIONS = 100
TURNS = 5
BEYOND = "beyond_embedding"


def measure_speed(questions: Sequence[str], rankers: Mapping[str, Ranker], encoder: Encoder) -> dict[str, Any]:
    """Milliseconds of each system for `HITS` hits, and of ours beyond embedding the question.

    Of several turns a question's quickest counts, for all alike: the others measure what else the machine does.
    """
    asked = questions[:: max(1, len(questions) // MOST_QUESTIONS)][:MOST_QUESTIONS]
    names = list(rankers)
    taken: dict[str, list[float]] = {name: [] for name in [*names, BEYOND]}
    for name in names:
        rankers[name](asked[0], HITS)
    for question in asked:
        quickest = dict.fromkeys(taken, float("inf"))
        for turn in range(TURNS):
            for name in islice(cycle(names), turn, turn + len(names)):
                _forget(encoder)
                quickest[name] = min(quickest[name], _milliseconds(rankers[name], question))
                if name == "ours":  # the vector is remembered by now
                    quickest[BEYOND] = min(quickest[BEYOND], _milliseconds(rankers[name], question))
        for name, milliseconds in quickest.items():
            taken[name].append(milliseconds)
    told: dict[str, Any] = {name: _told(values) for name, values in taken.items()}
    told["ours"] |= {f"{name}_{BEYOND}": value for name, value in told.pop(BEYOND).items()}
    for name in names:
        told[name]["times_ours"] = round(float(np.median(taken[name]) / np.median(taken["ours"])), 2)
    return told


def _milliseconds(ranker: Ranker, question: str) -> float:
    begun = perf_counter()
    ranker(question, HITS)
    return (perf_counter() - begun) * 1000


def _told(values: Sequence[float]) -> dict[str, float]:
    return {"p50_ms": round(float(np.median(values)), 2), "p95_ms": round(float(np.percentile(values, 95)), 2)}


def _forget(encoder: Encoder) -> None:
    """Questions are remembered, and one that is asked again would cost nothing."""
    if remembered := getattr(encoder.encode_query, "cache_clear", None):
        remembered()
