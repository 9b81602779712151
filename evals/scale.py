"""How building and searching grow with the corpus: indexes of synthetic passages, without encoding.

Vectors are kept where the settings say, in a folder unless a server is set. Every figure is taken in a process of its
own, so that memory is what that work needs and opening starts from nothing.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, TypeVar

import numpy as np

from evals.growth import fit
from evals.synthetic import SyntheticEncoder, synthetic_passages
from tutor.index.build import build
from tutor.index.filters import Filter
from tutor.index.places import vector_place
from tutor.index.search import DEPTH, Index
from tutor.index.sums import damaged
from tutor.read.pages import read_pages
from tutor.read.passages import cut_all
from tutor.settings import PROJECT, load_settings

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
FAR = 1_000_000
HITS = 10
GROWING = (
    "build (s)",
    "build, of the processor (s)",
    "disk (MB)",
    "builder's memory (MB)",
    "check of every byte (s)",
    "open, checked (s)",
    "reader's memory (MB)",
    "lexical half p50 (ms)",
    "dense half p50 (ms)",
    "whole search p50 (ms)",
    "whole search p95 (ms)",
    "by objective p50 (ms)",
    "by page p50 (ms)",
)
"""The figures for which a law of growth is sought."""

Result = TypeVar("Result")


def measure_scale(questions: Sequence[str], sizes: Sequence[int] = SIZES) -> dict[str, Any]:
    """Build and query an index of each size; fit how each figure grows."""
    figures: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sorted(sizes):
            home = Path(folder) / str(size)
            built, index = _apart(_build, home, size)
            figures[size] = {**built, **_apart(_search, index, size, list(questions))}
    load = round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
    return {
        "questions": len(questions),
        "load": load,
        "sizes": figures,
        "laws": _laws(figures) if len(figures) >= 3 else {},
    }


def _laws(figures: Mapping[int, Mapping[str, float]]) -> dict[str, dict[str, Any]]:
    """How each figure grows; and how wrong the law of all sizes but the largest is at the largest."""
    told = {}
    for name in GROWING:
        measured = {size: values[name] for size, values in figures.items()}
        law = fit(measured)
        told[name] = {
            "law": law.form,
            "largest_error": round(law.error, 3),
            f"at_{FAR}_extrapolated": float(f"{law.at(FAR):.3g}"),
        }
        if len(measured) > 3:
            largest = max(measured)
            foretold = fit({size: value for size, value in measured.items() if size < largest}).at(largest)
            told[name]["error_of_foretelling_the_largest"] = round(foretold / measured[largest] - 1, 3)
    return told


def _apart(work: Callable[..., Result], *arguments: Any) -> Result:
    """Do some work in a fresh process."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _build(home: Path, size: int) -> tuple[dict[str, float], Path]:
    passages = synthetic_passages(cut_all(read_pages(PROJECT / "corpus" / "docs")), size)
    encoder = SyntheticEncoder(size)
    begun, worked = perf_counter(), process_time()
    folder = build(passages, encoder, home, {}, place=vector_place(load_settings()))
    seconds, worked = perf_counter() - begun, process_time() - worked
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    figures = {
        "build (s)": seconds,
        "build, of the processor (s)": worked,
        "build (passages/s)": size / seconds,
        "disk (MB)": disk / 1e6,
        "builder's memory (MB)": _memory(peak=True),
    }
    return _rounded(figures), folder


def _search(folder: Path, size: int, questions: Sequence[str]) -> dict[str, float]:
    encoder = SyntheticEncoder(size)
    for question in questions:
        encoder.encode_query(question)  # imports what it needs: encoding is not what is measured
    begun = perf_counter()
    broken = damaged(folder)
    checking = perf_counter() - begun
    assert not broken, broken
    begun = perf_counter()
    place = vector_place(load_settings())
    index = Index(folder, encoder, place)
    index.warm()
    opening = perf_counter() - begun
    vectors = {question: encoder.encode_query(question) for question in questions}
    encoder.encode_query = vectors.__getitem__  # type: ignore[method-assign, assignment]
    objective = index._passages[0].objectives[:1]
    page = (index._passages[size // 2].doc,)
    # The halves have no public name: a search is what people use, and the halves are what explains its time.
    ways: dict[str, Callable[[str], Any]] = {
        "lexical half": lambda question: index._lexical_best(question, (), DEPTH, None),
        "dense half": lambda question: index._vectors.nearest(vectors[question], DEPTH),
        "whole search": lambda question: index.search(question, HITS),
        "by objective": lambda question: index.search(question, HITS, where=Filter(objectives=objective)),
        "by page": lambda question: index.search(question, HITS, where=Filter(docs=page)),
    }
    figures = {"check of every byte (s)": checking, "open, checked (s)": opening}
    for name, way in ways.items():
        figures |= _times(name, way, questions)
    figures["reader's memory (MB)"] = _memory(peak=False)
    figures[f"dense half recall@{HITS}"] = _recall(index, vectors, size)
    if place.is_remote:
        place.open(folder, index.manifest.collection).drop()
    place.close()
    return _rounded(figures)


def _times(name: str, way: Callable[[str], Any], questions: Sequence[str]) -> dict[str, float]:
    """Each question's quickest of three: on a busy machine the others measure what else it does."""
    way(questions[0])
    taken = [min(_milliseconds(way, question) for _ in range(3)) for question in questions]
    return {f"{name} p50 (ms)": float(np.percentile(taken, 50)), f"{name} p95 (ms)": float(np.percentile(taken, 95))}


def _milliseconds(way: Callable[[str], Any], question: str) -> float:
    begun = perf_counter()
    way(question)
    return (perf_counter() - begun) * 1000


def _recall(index: Index, vectors: Mapping[str, Any], size: int) -> float:
    """The share of the truly nearest that the graph finds among as many as a search asks for."""
    known = index._vectors.known(range(size))
    stored = np.stack([known[row] for row in range(size)])
    shares = []
    for vector in list(vectors.values())[:100]:
        found = {row for row, _ in index._vectors.nearest(vector, DEPTH)[:HITS]}
        true = np.argpartition(-(stored @ vector), HITS)[:HITS]
        shares.append(len(found & set(true.tolist())) / HITS)
    return float(np.mean(shares))


def _memory(*, peak: bool) -> float:
    """Megabytes of this process; the present ones only where the system tells them."""
    status = Path("/proc/self/status")
    if status.exists():
        field = "VmHWM:" if peak else "VmRSS:"
        line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith(field))
        return int(line.split()[1]) / 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _rounded(figures: Mapping[str, float]) -> dict[str, float]:
    return {name: float(f"{value:.4g}") for name, value in figures.items()}
