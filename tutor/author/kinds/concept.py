"""A concept model and a seed in, an item out: which term a case is, or what sets a term apart.

The key is right by the model: a case, and a mark, belong to one term, and terms that overlap are never shown together.
None where a draw leads nowhere.
"""

from __future__ import annotations

from itertools import cycle

from tutor.author.item import DraftItem
from tutor.author.kinds.assembly import (
    TRIES,
    Candidate,
    Draw,
    applied,
    assemble,
    cited,
    evenly,
    paragraph,
    sample,
)
from tutor.read.item_models.concept import ConceptModel, Term

TERM_SHARE = 0.85
HARDNESS = {"term": 0.45, "mark": 0.4}
_OTHER = ("This describes {}.", "That would be {}.", "This is what sets {} apart.")


def draft(model: ConceptModel, draw: Draw) -> DraftItem | None:
    """Draw an item that asks for a term or for its mark."""
    term = draw.chance.choice(model.terms)
    neighbours = model.neighbours(term.id)
    if len(neighbours) < draw.options - 1:
        return None
    choices = [sample(draw.chance, neighbours, draw.options - 1) for _ in range(TRIES)]
    length = len(_named(term))
    others = evenly(
        draw.chance, choices, lambda ids: sum(len(_named(model.term[one])) < length for one in ids), draw.options
    )
    ask = _which_term if draw.chance.random() < TERM_SHARE else _which_mark
    return ask(model, draw, term, [model.term[other] for other in others])


def _which_term(model: ConceptModel, draw: Draw, key: Term, others: list[Term]) -> DraftItem:
    chance = draw.chance
    place = chance.randrange(len(key.cases))
    case = key.cases[place]
    fit = chance.choice(model.fits).replace("{shows}", case.shows)
    contrasts = sample(chance, model.contrasts, len(others))
    right = Candidate(key.id, key.wordings, (cited(key.means), applied(fit)))
    wrong = [
        Candidate(
            other.id,
            other.wordings,
            (
                cited(model.against(other.id, key.id)),
                applied(contrast.replace("{shows}", case.shows).replace("{sign}", other.sign)),
            ),
        )
        for other, contrast in zip(others, cycle(contrasts), strict=False)
    ]
    return assemble(
        model,
        draw,
        stem=paragraph(chance.choice(model.scenes), case.text),
        asks=model.asks.term,
        options=[right, *wrong],
        key=key.id,
        circumstances=("term", key.id, str(place)),
        hardness=HARDNESS["term"],
    )


def _which_mark(model: ConceptModel, draw: Draw, key: Term, others: list[Term]) -> DraftItem:
    chance = draw.chance
    right = Candidate(key.id, key.marks, (cited(key.means),))
    wrong = [
        Candidate(
            other.id,
            other.marks,
            (
                applied(chance.choice(_OTHER).format(_named(other))),
                cited(model.against(other.id, key.id)),
            ),
        )
        for other in others
    ]
    return assemble(
        model,
        draw,
        stem=chance.choice(model.scenes),
        asks=[ask.replace("{term}", _named(key)) for ask in model.asks.mark],
        options=[right, *wrong],
        key=key.id,
        circumstances=("mark", key.id),
        hardness=HARDNESS["mark"],
    )


def _named(term: Term) -> str:
    return term.wordings[0]
