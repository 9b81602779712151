"""A reading model and a seed in, an item out: what a snippet does, what should stand in it, or what to change.

The key is right by the documented behaviour of what stands at the place that matters; variants that behave alike are
never shown together. None where a draw leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from random import Random

from tutor.author.item import DraftItem
from tutor.author.kinds.assembly import Candidate, Draw, applied, assemble, cited, lowered, paragraph, sample
from tutor.read.item_models.reading import NAME, PLACE, ReadingModel, ReadingScene, Variant

HARDNESS = {"behaviour": 0.45, "line": 0.5, "change": 0.55}
BLANKS = {"sql": "-- ?", "python": "# ?", "yaml": "# ?", "bash": "# ?", "json": "?"}
"""What stands at the place where the line is asked for."""


def draft(model: ReadingModel, draw: Draw) -> DraftItem | None:
    """Draw an item that asks for the behaviour, the line or the change."""
    chance = draw.chance
    way = chance.choice(("behaviour", "line", "change" if model.asks.change else "line"))
    needed = draw.options - 1 + (way == "change")
    key = chance.choice(model.variants)
    others = list(apart(model, key, chance))[:needed]
    if len(others) < needed:
        return None
    return _WAYS[way](model, draw, chance.choice(model.scenes), chance.choice(model.snippets), key, others)


def apart(model: ReadingModel, key: Variant, chance: Random) -> Iterator[Variant]:
    """Other variants, in any order, of which no two and none and the key behave alike."""
    taken = [key]
    for variant in sample(chance, model.variants, len(model.variants)):
        if not any(model.alike(variant.id, one.id) for one in taken):
            taken.append(variant)
            yield variant


def shown_code(language: str, snippet: str, scene: ReadingScene, line: str) -> str:
    """The snippet as a fenced block, with this line at its place; an empty line leaves nothing behind."""
    rows = []
    for row in snippet.strip("\n").splitlines():
        if PLACE not in row:
            rows.append(row)
        elif row.strip() != PLACE:
            rows.append(row.replace(PLACE, line))
        elif line:
            indent = row[: row.index(PLACE)]
            rows.extend(indent + part for part in line.splitlines())
    return f"```{language}\n{_named(chr(10).join(rows), scene.names)}\n```"


def _named(text: str, names: Mapping[str, str]) -> str:
    return NAME.sub(lambda match: names.get(match[1], match[0]), text)


def code(variant: Variant, names: Mapping[str, str]) -> str:
    """A variant as an option names it."""
    return variant.told or f"`{_named(variant.line.strip().rstrip(','), names)}`"


def _behaviour(
    model: ReadingModel,
    draw: Draw,
    scene: ReadingScene,
    snippet: str,
    key: Variant,
    others: list[Variant],
) -> DraftItem:
    chance = draw.chance
    need = chance.choice(key.wished).rstrip(".")
    right = Candidate(key.id, key.behaves, (cited(key.why), applied(f"It answers a need such as this: “{need}.”")))
    wrong = [
        Candidate(
            other.id,
            other.behaves,
            (applied(chance.choice(_ELSEWHERE).format(code(other, scene.names))), cited(other.why)),
        )
        for other in others
    ]
    return assemble(
        model,
        draw,
        stem=f"{scene.text}\n\n{shown_code(model.language, snippet, scene, key.line)}",
        asks=_naming(model.asks.behaviour, code(key, scene.names)),
        options=[right, *wrong],
        key=key.id,
        circumstances=("behaviour", key.id),
        hardness=HARDNESS["behaviour"],
    )


def _line(
    model: ReadingModel,
    draw: Draw,
    scene: ReadingScene,
    snippet: str,
    key: Variant,
    others: list[Variant],
) -> DraftItem:
    chance = draw.chance
    return assemble(
        model,
        draw,
        stem=f"{paragraph(scene.text, chance.choice(key.wished))}\n\n"
        f"{shown_code(model.language, snippet, scene, BLANKS[model.language] if _stands_alone(snippet) else '____')}",
        asks=model.asks.line,
        options=_lines(scene, key, others, chance),
        key=key.id,
        circumstances=("line", key.id),
        hardness=HARDNESS["line"],
    )


def _change(
    model: ReadingModel,
    draw: Draw,
    scene: ReadingScene,
    snippet: str,
    key: Variant,
    others: list[Variant],
) -> DraftItem:
    chance = draw.chance
    now, *others = others
    return assemble(
        model,
        draw,
        stem=f"{scene.text}\n\n{shown_code(model.language, snippet, scene, now.line)}\n\n{chance.choice(key.wished)}",
        asks=_naming(model.asks.change, code(now, scene.names)),
        options=_lines(scene, key, others, chance),
        key=key.id,
        circumstances=("change", now.id, key.id),
        hardness=HARDNESS["change"],
    )


def _lines(scene: ReadingScene, key: Variant, others: list[Variant], chance: Random) -> list[Candidate]:
    """The lines as options; each is explained by its effect, and the others by how they leave the need unmet."""
    told = [chance.choice(_WANTED).format(does=lowered(key.behaves[0]))]
    unmet = sample(chance, key.otherwise, len(key.otherwise))
    for other, still in zip(others, cycle(unmet), strict=False):
        told.append(chance.choice(_UNWANTED).format(does=lowered(other.behaves[0]), still=still))
    return [
        Candidate(one.id, (code(one, scene.names),), (applied(text), cited(one.why)))
        for one, text in zip((key, *others), told, strict=True)
    ]


def _naming(asks: Sequence[str], line: str) -> list[str]:
    """The asks, with the line that they are about in place of `{code}`."""
    return [ask.replace("{code}", line) for ask in asks]


def _stands_alone(snippet: str) -> bool:
    return any(row.strip() == PLACE for row in snippet.splitlines())


_ELSEWHERE = ("That is what {} would do.", "That would be the effect of {}.", "For that, the code would need {}.")
_WANTED = ("With it, {does}, as the team wants.", "{does}, which is what the team wants.")
_UNWANTED = ("With it, {does}; {still}.", "{does}; {still}.")
_WAYS = {"behaviour": _behaviour, "line": _line, "change": _change}
