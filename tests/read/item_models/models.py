"""Small models of every kind, as the fields of their files: sound, and quickly changed."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

REASON = {"because": "A kettle boils water in four minutes.", "passage": "kettle#how-it-works"}
SCENES = [f"A tea house with {number} guests boils its water." for number in (20, 30, 40, 50)]


def _head(kind: str) -> dict[str, Any]:
    return {"kind": kind, "id": f"small-{kind}", "title": f"A small {kind} model", "treats": ["2026-06/1.1.1"]}


def diagnosis() -> dict[str, Any]:
    """Five causes, each struck out by all findings but its own and one more."""
    causes = ["cold", "empty", "furred", "broken", "unplugged"]
    findings = [f"sees-{cause}" for cause in causes] + ["sees-steam", "sees-dust"]

    def against(finding: str, place: int) -> list[dict[str, Any]]:
        if finding == "sees-steam":
            out = ["cold", "unplugged"]
        elif finding == "sees-dust":
            out = ["furred", "empty"]
        else:
            out = [cause for other, cause in enumerate(causes) if other not in (place, (place + 1) % 5)]
        return [{"causes": out, **REASON}]

    return _head("diagnosis") | {
        "scenes": SCENES,
        "asks": {
            "cause": ["What is wrong with it?", "What is the cause?"],
            "remedy": ["What helps the kettle?", "What is to be done?"],
        },
        "causes": [
            {
                "id": cause,
                "wordings": [f"The kettle of the house is {cause}", f"A kettle that is {cause} is in use"],
                "shows": REASON,
                "remedy": {
                    "wordings": [f"Mend the kettle that is {cause}", f"Take a kettle that is not {cause}"],
                    "why": REASON,
                },
            }
            for cause in causes
        ],
        "findings": [
            {
                "id": finding,
                "wordings": [f"Somebody {finding} in way {way}." for way in "abc"],
                "clause": f"somebody {finding}",
                "points_to": [causes[place]] if place < 5 else [],
                "against": against(finding, place),
            }
            for place, finding in enumerate(findings)
        ],
    }


def sequence() -> dict[str, Any]:
    """A row of steps; grinding stands beside it until the tea is brewed."""
    steps = ["fill", "boil", "grind", "brew", "strain", "serve", "wash"]

    def needs(step: str) -> list[dict[str, Any]]:
        before = {later: earlier for earlier, later in pairwise(one for one in steps if one != "grind")}
        needed = [before[step]] if step in before else []
        needed += ["grind"] if step == "brew" else []
        return [{"step": one, "otherwise": f"The tea would lack the step {one}.", **REASON} for one in needed]

    return _head("sequence") | {
        "scenes": SCENES,
        "asks": {
            way: ["Which of these is it?", "Which one is asked for?"] for way in ("order", "next", "missing", "early")
        },
        "steps": [
            {
                "id": step,
                "short": f"{step.title()} the tea",
                "wordings": [f"{step.title()} the tea with care", f"{step.title()} what there is of tea"],
                "done": [f"Somebody has done the step {step}.", f"The step {step} is over."],
                "needs": needs(step),
            }
            for step in steps
        ],
        "decoys": [
            {
                "id": name,
                "wordings": [f"Call the {name} for the tea", f"Ask the {name} about the tea"],
                "why": REASON,
                "so": f"The {name} is no help.",
            }
            for name in ("owner", "guest", "cook")
        ],
    }


def quantity() -> dict[str, Any]:
    """Litres from cups, with slips on both sides."""
    return _head("quantity") | {
        "scenes": [{"text": f"{scene[:-1]} for {{cups:0}} cups of {{size}} litres."} for scene in SCENES],
        "parameters": {"cups": [20, 40, 60, 80], "size": [0.2, 0.25, 0.5], "guests": [1, 2, 3]},
        "derived": {"litres": "cups * size"},
        "conditions": ["litres >= 4"],
        "asks": [
            {
                "id": "litres",
                "wordings": ["How many litres are boiled?", "How much water is that?"],
                "result": "litres",
                "decimals": 1,
                "unit": " litres",
                "working": "{cups} × {size} = {result}.",
                "why": REASON,
                "slips": [
                    {"id": f"slip-{place}", "result": f"litres * {factor}", "says": "{result} is another number."}
                    for place, factor in enumerate((0.25, 0.5, 0.75, 1.25, 1.5, 2))
                ],
            },
            {
                "id": "largest",
                "wordings": ["Which pot holds most?", "Which of the pots is largest?"],
                "best": "most",
                "why": REASON,
                "choices": [
                    {
                        "text": f"Pot {name}",
                        "value": f"litres * {factor} + guests * {weight}",
                        "working": "It holds {litres}.",
                    }
                    for name, factor, weight in (("A", 1, 9), ("B", 2, 1), ("C", 1.5, 4), ("D", 0.5, 12))
                ],
            },
        ],
    }


def reading() -> dict[str, Any]:
    """A heat setting with five values, two of which are alike."""
    return _head("reading") | {
        "language": "yaml",
        "scenes": [{"text": scene, "names": {"pot": f"pot{place}"}} for place, scene in enumerate(SCENES)],
        "snippets": ["kettle:\n  name: <pot>\n  {line}\n"],
        "asks": {
            way: ["What happens to the water?", "What is it that happens?"] for way in ("behaviour", "line", "change")
        },
        "variants": [
            {
                "id": heat,
                "line": f"heat: {heat}",
                "behaves": [f"The water gets {heat} in the pot", f"It becomes {heat} in there"],
                "wished": [f"The water should become {heat}.", f"What is wanted is {heat} water."],
                "otherwise": [f"the water is still not {heat}", f"no {heat} water comes of it"],
                "why": REASON,
                "like": ["boiling"] if heat == "seething" else [],
            }
            for heat in ("cold", "warm", "hot", "boiling", "seething")
        ],
    }


def concept() -> dict[str, Any]:
    """Five kinds of tea, two of which overlap."""
    kinds = ["green", "black", "white", "herbal", "smoked"]
    return _head("concept") | {
        "scenes": SCENES,
        "asks": {
            "term": ["Which kind is that?", "What is it called?"],
            "mark": ["What holds for {term}?", "What is true of {term}?"],
        },
        "fits": ["What is told of are {shows}."],
        "contrasts": [
            "Told of are {shows}, not {sign}.",
            "It would take {sign}, not {shows}.",
            "Nothing is told of {sign}.",
        ],
        "terms": [
            {
                "id": kind,
                "wordings": [f"{kind} tea"],
                "means": REASON,
                "sign": f"leaves of the {kind} kind",
                "cases": [
                    {
                        "text": f"The {way} leaves were treated in manner {place}.",
                        "shows": f"{way} leaves in manner {place}",
                    }
                    for way in ("first", "second", "third")
                ],
                "marks": [f"It is treated in manner {place} alone", f"Manner {place} is its own one"],
            }
            for place, kind in enumerate(kinds)
        ],
        "differences": [{"between": ["green", "black"], **REASON}],
        "overlaps": [["black", "smoked"]],
    }


ALL = {"diagnosis": diagnosis, "sequence": sequence, "quantity": quantity, "reading": reading, "concept": concept}
