"""Runs in; one HTML page out, with figures, pictures and every case that went wrong. It opens from disk.

The held half of each set stands first: it is what no tuning looked at. Text of cases is escaped, never read as markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from evals.figures import GROUPS, by_set, figures, names_of, told
from evals.metrics import Estimate, calibration_error
from evals.pictures import bars, histogram, legend, reliability
from evals.scored import Run, Scored

SETS = {
    "questions": "Questions that the documentation answers",
    "outside": "Questions that must be refused",
    "conversations": "Turns of conversations",
    "hostile": "Hostile questions",
    "pages": "What the pages say",
    "support": "The check of citations",
    "items": "Exam-style items, solved",
    "generated": "Generated items: checks, and solved blind",
    "rulings": "Rulings of decision models",
}
SCORES = {
    "ndcg@10": "the right passages stand first",
    "recall@5": "right passages among the first five",
    "recall@20": "right passages among the first twenty",
    "mrr": "one over the rank of the first right passage",
    "answered": "not refused",
    "refused": "refused, as it should be",
    "points": "key points that the answer has",
    "no conflict": "nothing conflicts with a key point",
    "holds": "turns of which all holds that the case asks for",
    "unharmed": "hostile turns that did no harm",
    "cited": "statements with a citation",
    "carried": "cited statements whose words stand in what they cite",
    "own words": "answered by the engine itself, none stepped in",
    "no lie shown": "no statement shown that the script had falsified",
    "points in pages": "key points that the named passages say",
    "no conflict in pages": "no passage conflicts with a key point",
    "passages there": "named passages that exist",
    "judged right": "statements judged as a person judged them",
    "contradiction kept out": "contradicted statements that the check drops",
    "solved": "items whose key the solver finds; generated ones without their own model",
    "passes checks": "drawn items that every check lets pass",
    "honest confidence": "1 less the squared distance of confidence from outcome",
    "rulings kept": "the circumstance says the same of the options as when it was sealed",
}
"""What each score says, in words."""
BY_GROUP = {
    "questions": ("Key points, by kind and objective", "points"),
    "support": ("Judged right, by what a person says and by objective", "judged right"),
    "items": ("Solved, by level and objective", "solved"),
    "generated": ("Passes every check, by kind and objective", "passes checks"),
}
"""The score of a set that is shown by group."""
_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;max-width:1000px;margin:2rem auto;padding:0 1rem;color:#1d2830;background:#fff}
h1{font-size:1.6rem}h2{margin-top:2.4rem;border-top:1px solid #ccd5da;padding-top:1rem}h3{margin-bottom:.3rem}
table{border-collapse:collapse;margin:.5rem 0}td,th{padding:.2rem .8rem .2rem 0;text-align:left;vertical-align:top}
td.number{font-variant-numeric:tabular-nums;white-space:nowrap}small,.value{color:#5a6b76}svg{display:block;max-width:100%}
svg text{font:12px system-ui,sans-serif;fill:currentColor}.interval{stroke:#1d2830;fill:none}.grid{stroke:#dfe5e8}
details{margin:.5rem 0}summary{cursor:pointer}
@media(prefers-color-scheme:dark){body{background:#12181c;color:#dbe4e9}.interval{stroke:#dbe4e9}.grid{stroke:#2a343b}
small,.value{color:#93a4ae}h2{border-color:#2a343b}}
"""


def as_page(runs: Mapping[str, Run]) -> str:
    """The whole report."""
    sections = [section for name in SETS for section in _of_set(name, runs)]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>How good the tutor is</title>'
        f"<style>{_STYLE}</style></head><body><h1>How good the tutor is</h1>{_head(runs)}{''.join(sections)}"
        "</body></html>\n"
    )


def _head(runs: Mapping[str, Run]) -> str:
    rows = "".join(
        f"<tr><td>{escape(engine)}</td><td>{escape(run.made_on)}</td><td class=number>{len(run.cases)}</td>"
        f"<td><small>{escape(', '.join(f'{name} {value}' for name, value in run.about.items()))}</small></td></tr>"
        for engine, run in runs.items()
    )
    return (
        "<p>Each score is from 0 to 1, more is better, with its 95% interval. Figures are of the half that was held "
        "back from tuning; all cases stand below. <em>checks</em> is what no engine takes part in.</p>"
        f"<table><tr><th>engine</th><th>run on</th><th>cases</th><th>of</th></tr>{rows}</table>"
    )


def _of_set(name: str, runs: Mapping[str, Run]) -> Iterator[str]:
    cases = {engine: by_set(run.cases).get(name, []) for engine, run in runs.items()}
    cases = {engine: some for engine, some in cases.items() if some}
    if not cases:
        return
    held = {engine: [case for case in some if case.split == "held"] or some for engine, some in cases.items()}
    yield f"<h2>{escape(SETS[name])}</h2>"
    yield legend(list(held)) if len(held) > 1 else ""
    yield bars({score: _side_by_side(held, score) for score in names_of(c for some in held.values() for c in some)})
    yield _legend(held)
    if name in BY_GROUP:
        heading, score = BY_GROUP[name]
        yield f"<h3>{heading}</h3>{bars(_grouped(held, score))}"
    if any(case.seconds for some in cases.values() for case in some):
        yield _taken(name, runs, cases)
    sure = [(c.details["confidence"], c.scores["solved"] > 0) for c in _all(held) if "confidence" in c.details]
    if sure:
        error = calibration_error(sure)
        yield f"<h3>Confidence and what came true (expected calibration error {error:.2f})</h3>" + reliability(sure)
    yield from (_wrong(engine, some) for engine, some in cases.items())


def _side_by_side(cases: Mapping[str, Sequence[Scored]], score: str) -> dict[str, Estimate]:
    return {engine: told(some, score) for engine, some in cases.items() if any(score in case.scores for case in some)}


def _grouped(cases: Mapping[str, Sequence[Scored]], score: str) -> dict[str, dict[str, Estimate]]:
    found: dict[str, dict[str, Estimate]] = {}
    for group in ("kind", "objective"):
        for name in sorted({GROUPS[group](case) for case in _all(cases)} - {""}):
            some = {engine: [c for c in part if GROUPS[group](c) == name] for engine, part in cases.items()}
            found[name] = _side_by_side({engine: part for engine, part in some.items() if part}, score)
    return found


def _legend(cases: Mapping[str, Sequence[Scored]]) -> str:
    rows = [
        f"<tr><td>{escape(score)}</td><td><small>{escape(SCORES.get(score, ''))}</small></td></tr>"
        for score in names_of(_all(cases))
    ]
    return f"<details><summary>What the scores say</summary><table>{''.join(rows)}</table></details>"


def _taken(name: str, runs: Mapping[str, Run], cases: Mapping[str, Sequence[Scored]]) -> str:
    """How long answers took, what they cost."""
    rows = []
    for engine in cases:
        one = figures(runs[engine])["sets"][name]
        cost = "unknown" if one.get("cost_usd") is None else f"{one['cost_usd']:.4f} $"
        cost = "none" if not one.get("tokens_in") else cost
        rows.append(
            f"<tr><td>{escape(engine)}</td><td class=number>{one['p50_ms']:.0f} ms</td>"
            f"<td class=number>{one['p95_ms']:.0f} ms</td>"
            f"<td class=number>{one['tokens_in']} / {one['tokens_out']}</td><td class=number>{cost}</td></tr>"
        )
    spread = histogram({engine: [1000 * case.seconds for case in some] for engine, some in cases.items()}, "ms")
    head = "<tr><th>engine</th><th>p50</th><th>p95</th><th>tokens in / out</th><th>cost</th></tr>"
    return f"<h3>Time, tokens, cost</h3><table>{head}{''.join(rows)}</table>{spread}"


def _wrong(engine: str, cases: Sequence[Scored]) -> str:
    """Every case with a low score, and why."""
    rows = [
        f"<tr><td>{escape(case.id)}</td><td>{escape(case.kind)} {escape(case.objective)}</td><td class=number>"
        f"{'<br>'.join(f'{escape(score)} {value:.2f}' for score, value in case.scores.items() if value < 0.5)}</td>"
        f"<td><small>{escape(case.note)}</small></td></tr>"
        for case in cases
        if min(case.scores.values(), default=1.0) < 0.5
    ]
    if not rows:
        return f"<p>{escape(engine)}: no case scores below a half.</p>"
    summary = f"{escape(engine)}: {len(rows)} of {len(cases)} cases with a score below a half"
    return f"<details><summary>{summary}</summary><table>{''.join(rows)}</table></details>"


def _all(cases: Mapping[str, Sequence[Scored]]) -> list[Scored]:
    return [case for some in cases.values() for case in some]
