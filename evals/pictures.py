"""Figures in; inline SVG out, as text. No script, no font, no address: a page with them opens from disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from evals.metrics import Estimate

BAR, GAP, NAMES, WIDTH, VALUES = 14, 8, 190, 360, 150
COLOURS = ("#2f6f9f", "#c8792b", "#5b8c5a", "#8a5a8c")


def legend(engines: Sequence[str]) -> str:
    """Which colour is whose."""
    parts: list[str] = []
    x = 0.0
    for place, engine in enumerate(engines):
        parts.append(f'<rect x="{x}" y="2" width="12" height="12" fill="{COLOURS[place % len(COLOURS)]}"/>')
        parts.append(f'<text x="{x + 18}" y="12">{escape(engine)}</text>')
        x += 40 + 7 * len(engine)
    return _svg(x, 18, parts)


def bars(groups: Mapping[str, Mapping[str, Estimate]]) -> str:
    """For each group one bar an engine, with its interval, from 0 to 1."""
    engines = list(dict.fromkeys(engine for told in groups.values() for engine in told))
    parts: list[str] = []
    y = GAP
    for name, told in groups.items():
        middle = y + BAR * len(told) / 2 + 4
        parts.append(f'<text x="{NAMES - 10}" y="{middle:.0f}" text-anchor="end">{escape(name)}</text>')
        for engine, value in told.items():
            parts += _bar(y, value, COLOURS[engines.index(engine) % len(COLOURS)], engine)
            y += BAR
        y += GAP
    grid = [_line(NAMES + WIDTH * part / 4, 0, y) for part in range(5)]
    ticks = [
        f'<text x="{NAMES + WIDTH * share:.0f}" y="{y + 14:.0f}" text-anchor="middle" class="value">{share:g}</text>'
        for share in (0, 0.25, 0.5, 0.75, 1)
    ]
    return _svg(NAMES + WIDTH + VALUES, y + 18, [*grid, *parts, *ticks])


def _bar(y: float, value: Estimate, colour: str, engine: str) -> list[str]:
    low, mean, high = (NAMES + WIDTH * part for part in (value.low, value.mean, value.high))
    middle = y + BAR / 2
    ends = "".join(f"M{x:.1f} {middle - 3}v6" for x in (low, high))
    told = f"{value.mean:.3f} ({value.low:.3f}–{value.high:.3f})"
    return [
        f'<rect x="{NAMES}" y="{y + 1}" width="{mean - NAMES:.1f}" height="{BAR - 2}" fill="{colour}">'
        f"<title>{escape(engine)}: {told}</title></rect>",
        f'<path class="interval" d="M{low:.1f} {middle}H{high:.1f}{ends}"/>',
        f'<text x="{NAMES + WIDTH + 8}" y="{y + BAR - 3}" class="value">{told}</text>',
    ]


def histogram(values: Mapping[str, Sequence[float]], unit: str) -> str:
    """How values of each engine are spread, in twenty bins up to the 99th percentile of all."""
    everything = sorted(value for some in values.values() for value in some)
    if not everything:
        return ""
    most = everything[int(0.99 * (len(everything) - 1))] or 1.0
    parts: list[str] = []
    y = 0.0
    for place, (engine, some) in enumerate(values.items()):
        counts = [0] * 20
        for value in some:
            counts[min(19, int(value / most * 20))] += 1
        top = max(counts) or 1
        parts.append(f'<text x="{NAMES - 10}" y="{y + 40}" text-anchor="end">{escape(engine)}</text>')
        for at, count in enumerate(counts):
            height = 50 * count / top
            parts.append(
                f'<rect x="{NAMES + at * WIDTH / 20:.1f}" y="{y + 55 - height:.1f}" width="{WIDTH / 20 - 1:.1f}" '
                f'height="{height:.1f}" fill="{COLOURS[place % len(COLOURS)]}"><title>{count}</title></rect>'
            )
        y += 65
    for share in (0, 0.5, 1):
        label = f"{most * share:,.0f} {unit}"
        parts.append(f'<text x="{NAMES + WIDTH * share:.0f}" y="{y + 10}" text-anchor="middle">{label}</text>')
    return _svg(NAMES + WIDTH + VALUES, y + 20, parts)


def reliability(judged: Sequence[tuple[float, bool]]) -> str:
    """How often answers given with some confidence were right, in tenths; on the line they are as sure as right."""
    size, top = 240, 16
    parts = [f'<path d="M40 {top + size}L{40 + size} {top}" class="interval"/>']
    for tenth in range(10):
        some = [right for confidence, right in judged if min(9, int(confidence * 10)) == tenth]
        if some:
            x, y = 40 + size * (tenth + 0.5) / 10, top + size * (1 - sum(some) / len(some))
            radius = 3 + 9 * (len(some) / len(judged)) ** 0.5
            parts.append(
                f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.1f}" fill="{COLOURS[0]}">'
                f"<title>{sum(some)} of {len(some)} right</title></circle>"
                f'<text x="{x + radius + 3:.0f}" y="{y + 4:.0f}" class="value">{len(some)}</text>'
            )
    parts += [
        f'<text x="{40 + size * part}" y="{top + size + 16}" text-anchor="middle">{part}</text>' for part in (0, 0.5, 1)
    ]
    parts += [f'<text x="32" y="{top + size * (1 - part) + 4}" text-anchor="end">{part}</text>' for part in (0.5, 1)]
    parts.append(f'<text x="{40 + size / 2}" y="{top + size + 34}" text-anchor="middle">confidence</text>')
    parts.append(f'<text x="{48}" y="{top + 4}" class="value">share that was right</text>')
    return _svg(size + 80, top + size + 40, parts)


def _line(x: float, top: float, bottom: float) -> str:
    return f'<path d="M{x:.0f} {top}V{bottom:.0f}" class="grid"/>'


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" role="img" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )
