"""A small model with situations, for tests: the key of each turn can be read off by eye."""

from typing import Any

from tests.author.test_soundness import fields, model
from tutor.read.item_models.decision import DecisionModel

PREFERENCE = {
    "id": "least-work",
    "wordings": ["with the least work", "while working as little as possible"],
    "order": [["pot"], ["kettle"], ["urn", "samovar", "flask"]],
    "because": "A pot needs no hand at all.",
    "passage": "doc#place",
}


def situation(**changes: object) -> dict[str, Any]:
    """Explaining rules out pot and urn, columns rules out pot and samovar, new sites rule out kettle and flask."""
    told: dict[str, Any] = {
        "id": "festival",
        "text": (
            "A tea house serves {forty|fifty} guests at a festival and has to say afterwards how each cup was made. "
            "{turn} The cups are small."
        ),
        "states": ["explain"],
        "offers": ["kettle", "pot", "urn", "samovar", "flask"],
        "why": {
            option: {"by": ["explain"], "so": "With {forty|fifty} guests that shows."} for option in ("pot", "urn")
        },
        "turns": [
            {
                "id": "in-columns",
                "tells": "The guests stand in {long|wide} columns, and next week there are other sites.",
                "states": ["columns", "new-sites", "rows"],
                "ask": "What would serve them?",
                "why": {},
            },
        ],
    }
    return told | changes


def turn(turn_id: str, tells: str, states: list[str], why: dict[str, list[str]], **more: object) -> dict[str, Any]:
    told = {option: {"by": by, "so": f"So it is with {option}."} for option, by in why.items()}
    return {"id": turn_id, "tells": tells, "states": states, "ask": "What should they boil it in?", "why": told} | more


def two_turns(**changes: object) -> dict[str, Any]:
    """A situation with three turns: the samovar, the kettle, and the kettle or flask by the work it makes."""
    turns = [
        turn(
            "new-sites",
            "Next week there are other sites in the {north|south}.",
            ["new-sites", "rows"],
            {"samovar": ["explain"], "kettle": ["new-sites"], "flask": ["new-sites"]},
        ),
        turn(
            "columns",
            "The guests stand in columns and in rows.",
            ["columns", "rows"],
            {"kettle": ["explain"], "samovar": ["columns"], "flask": ["rows"]},
        ),
    ]
    return situation(turns=turns) | changes


def told_model(*situations: dict[str, Any], **changes: object) -> DecisionModel:
    """The model with these situations, or with the one of two turns."""
    return model(situations=list(situations) or [two_turns()], preferences=[PREFERENCE], **changes)


__all__ = ["PREFERENCE", "fields", "situation", "told_model", "turn", "two_turns"]
