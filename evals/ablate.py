"""What each ingredient of search is worth: all as it is, then without each in turn, on the same vectors."""

from __future__ import annotations

import re
import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from evals.beir import TestSet
from evals.metrics import ndcg, paired_probability, recall
from evals.search import Known, encoded, shipped_turn
from evals.yardstick import fused_by_rank
from tutor.index import lexical, search, terms
from tutor.index.build import build
from tutor.index.encoder import Progress, Turn, Vectors, load_encoder
from tutor.index.search import Index
from tutor.read.document import Passage
from tutor.settings import SHIPPED_MODEL

DEPTH = 20
OWN = 3
"""So many questions every passage has of its own; those that are answered by several passages stand behind them."""


@dataclass(frozen=True)
class Variation:
    """Search with one thing changed."""

    told: str
    patches: tuple[tuple[Any, str, Any], ...] = ()
    """Module, name and value."""
    worded: Callable[[Passage], Passage] = lambda passage: passage
    """What the lexical half reads of a passage."""
    asks_other_names: bool = True
    embedded_alone: bool = False
    """Whether the text is embedded without its title and headings."""


def _by_rank(dense: Mapping[int, float], words: Mapping[int, float]) -> list[tuple[int, float]]:
    """Fusion by rank, its best score 1 as that of our own fusion may be."""
    ranked = fused_by_rank(*(sorted(half, key=lambda row: -half[row]) for half in (dense, words)))
    return [(row, 61 / (60 + rank)) for rank, row in enumerate(ranked, start=1)]


VARIATIONS = (
    Variation("as it is"),
    Variation("without vectors", ((search, "DENSE_WEIGHT", 0.0),)),
    Variation("without the turn of the question's vector", ((Turn, "of", lambda _, vector: vector),)),
    Variation("without words", ((search, "DENSE_WEIGHT", 1.0),)),
    Variation("fused by rank, not by score", ((search, "fuse", _by_rank),)),
    Variation("without the page's two best passages", ((search, "PAGE_WEIGHT", 0.0),)),
    Variation("without title and headings before the embedded text", embedded_alone=True),
    Variation("without titles among the words", worded=lambda passage: replace(passage, title="")),
    Variation("titles counted once, not twice", ((lexical, "FIELD_WEIGHTS", {**lexical.FIELD_WEIGHTS, "title": 1.0}),)),
    Variation("without headings among the words", worded=lambda passage: replace(passage, headings=())),
    Variation("without product names among the words", worded=lambda passage: replace(passage, names=())),
    Variation("without the questions asked of them", worded=lambda passage: replace(passage, asked=())),
    Variation(
        "with the questions of their own alone", worded=lambda passage: replace(passage, asked=passage.asked[:OWN])
    ),
    Variation(
        "questions asked of them counted once", ((lexical, "FIELD_WEIGHTS", {**lexical.FIELD_WEIGHTS, "asked": 1.0}),)
    ),
    Variation("without other names of what the question names", asks_other_names=False),
    Variation("without stems", ((terms, "stem", lambda word: word),)),
    Variation("without whole identifiers", ((terms, "_WORD", re.compile(r"[^\W_]+")),)),
    Variation("without stop words being dropped", ((terms, "STOP_WORDS", frozenset()),)),
)


def ablate(
    test_sets: Sequence[TestSet], ahead: Mapping[str, Vectors] | None = None, progress: Progress | None = None
) -> dict[str, Any]:
    """Quality of every variation on test sets that share their passages."""
    shared = test_sets[0]
    encoder = load_encoder(SHIPPED_MODEL)
    alone = replace(shared, passages=tuple(replace(p, title="", headings=()) for p in shared.passages))
    with tempfile.TemporaryDirectory() as folder:
        vectors = encoded(shared, encoder, ahead or {}, progress)
        with_context = Known(encoder, shared.passages, vectors)
        place = Path(folder)
        turn = shipped_turn(encoder)
        index = Index(build(shared.passages, with_context, place / "with", {}), with_context, turn=turn)
        without = Known(encoder, alone.passages, encoded(alone, encoder, {}, progress))
        bare = Index(build(alone.passages, without, place / "without", {}), without, turn=turn)
        found = {
            one.told: [_values(one, bare if one.embedded_alone else index, test_set, place) for test_set in test_sets]
            for one in VARIATIONS
        }
    best = found["as it is"]
    return {
        "sets": [test_set.name for test_set in test_sets],
        "passages": len(shared.passages),
        "questions": [len(test_set.questions) for test_set in test_sets],
        "variations": {
            told: [_told(values, best[number]) for number, values in enumerate(sets)] for told, sets in found.items()
        },
    }


def table(figures: Mapping[str, Any]) -> str:
    """The figures as people read them."""
    sets = zip(figures["sets"], figures["questions"], strict=True)
    told = [f"{figures['passages']:,} passages; " + ", ".join(f"{name}: {count} questions" for name, count in sets)]
    told += [f"{'':54}" + "   ".join(f"{'nDCG@10':>8}{'recall@20':>11}{'p':>7}" for _ in figures["sets"])]
    for name, values in figures["variations"].items():
        cells = ("{ndcg@10:8.3f}{recall@20:11.3f}{p_of_no_difference:7.3f}".format(**value) for value in values)
        told.append(f"{name:54}" + "   ".join(cells))
    return "\n".join(told) + "\n"


def _values(variation: Variation, index: Index, test_set: TestSet, folder: Path) -> dict[str, list[float]]:
    """Both metrics, per question."""
    values: dict[str, list[float]] = {"ndcg@10": [], "recall@20": []}
    with _varied(variation):
        words = folder / f"lexical {VARIATIONS.index(variation)}"
        lexical.build_lexical([variation.worded(passage) for passage in test_set.passages], words)
        index.__dict__["_lexical"] = lexical.LexicalIndex(words)
        # The page of a passage is told by its id, which both indexes share; its text is not what is measured.
        for key, question in test_set.questions.items():
            also = test_set.also(question) if variation.asks_other_names else ()
            ranked = [hit.passage.id for hit in index.search(question, DEPTH, also=also)]
            values["ndcg@10"].append(ndcg(ranked, test_set.grades[key]))
            values["recall@20"].append(recall(ranked, test_set.grades[key], DEPTH))
    return values


@contextmanager
def _varied(variation: Variation) -> Iterator[None]:
    """Terms are remembered by word: a variation must neither find nor leave those of another."""
    with ExitStack() as stack:
        for remembered in (terms._terms_of, lexical._counts):
            remembered.cache_clear()
            stack.callback(remembered.cache_clear)
        for module, name, value in variation.patches:
            stack.enter_context(patch.object(module, name, value))
        yield


def _told(values: Mapping[str, list[float]], best: Mapping[str, list[float]]) -> dict[str, float]:
    return {
        **{metric: round(statistics.fmean(of), 4) for metric, of in values.items()},
        "p_of_no_difference": round(paired_probability(best["ndcg@10"], values["ndcg@10"]), 4),
    }
