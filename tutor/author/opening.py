"""The text of a scene in, the ways in which an item can open with it out.

Where a scene opens with its company ("A port operator has ..."), the learner can as well work for it or advise it.
"""

from __future__ import annotations

import functools
import random
import re

FORMS = (
    "{subject} {verb} {rest}",
    "Your client, {inner}, {verb} {rest}",
    "You work for {inner} that {verb} {rest}",
    "You advise {inner} that {verb} {rest}",
)
SAFE_FORMS = 2
"""The first ones, which stay light where the scene goes on with a relative clause of its own."""
OTHER_FORMS_SHARE = 0.5

_NO_COMPANY = (
    "whose that which who with where when at model network prototype version notebook system pipeline job team agent"
    " table check run chatbot assistant application dataset script tool dictionary group"
).replace(" ", "|")
_VERBS = (
    "wants keeps has trains retrains serves receives is uses collects predicts estimates runs offers operates prepares"
    " fine-tunes sorts selects answers recognises forecasts decides publishes sells builds plans moves lets maintains"
    " develops monitors scores ranks"
).replace(" ", "|")
_COMPANY = re.compile(
    rf"(?P<subject>An? (?:(?!(?:{_NO_COMPANY})\b)[\w-]+ ){{1,7}}?)(?P<verb>{_VERBS}) (?P<rest>.*)", re.DOTALL
)


@functools.lru_cache(maxsize=4_000)
def openings(scene: str) -> tuple[str, ...]:
    """The ways to tell a scene, its own first."""
    found = _COMPANY.fullmatch(scene)
    if found is None:
        return (scene,)
    subject = found["subject"].strip()
    inner = subject[0].lower() + subject[1:]
    forms = FORMS[:SAFE_FORMS] if " that " in found["rest"].partition(".")[0] else FORMS
    return tuple(form.format(subject=subject, inner=inner, verb=found["verb"], rest=found["rest"]) for form in forms)


def open_with(scene: str, chance: random.Random) -> str:
    """The scene, told in one of these ways."""
    own, *others = openings(scene)
    return chance.choice(others) if others and chance.random() < OTHER_FORMS_SHARE else own
