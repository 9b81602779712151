from collections import Counter
from random import Random

from tutor.author.kinds.assembly import (
    Candidate,
    Draw,
    applied,
    assemble,
    cited,
    even_wordings,
    listed,
    paragraph,
    silent_ask,
    without_repeats,
)
from tutor.engines.engine import DraftStatement, Quote
from tutor.read.item_models.evidence import Evidence


def test_parts_are_listed_as_in_a_sentence() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert paragraph("One.", "", " Two. ") == "One. Two."


def test_a_reason_is_cited_and_what_only_applies_it_is_not() -> None:
    reason = Evidence(because="Water boils in a kettle.", passage="kettle#use")
    assert cited(reason).quotes[0].passage == "kettle#use"
    assert applied("so it is").text == "So it is"
    assert applied("so it is").quotes == ()


def test_the_key_takes_every_rank_by_length_about_as_often() -> None:
    wordings = [["aa", "aaaa bbbb", "a" * 20]] * 4
    ranks: Counter[int] = Counter()
    for seed in range(400):
        texts = even_wordings(Random(seed), wordings, 0)
        ranks[sum(len(text) < len(texts[0]) for text in texts)] += 1
    assert all(ranks[rank] > 40 for rank in range(4)), ranks


def test_an_ask_that_points_at_the_key_is_passed_over() -> None:
    asks = ["Which kettle should be taken?", "What should be done now?"]
    texts = ["Take the kettle from the shelf", "Light the stove in the hall"]
    assert {silent_ask(Random(seed), asks, texts, 0) for seed in range(9)} == {asks[1]}


def test_the_key_stands_where_it_is_wanted() -> None:
    class Model:
        kind, id, treats = "concept", "m", ("2026-06/1.1.1",)

    options = [Candidate(name, (f"option {name}",), ()) for name in "abcd"]
    for place in range(4):
        item = assemble(
            Model(),
            Draw("s", Random(place), 4, place),
            stem="It is so.",
            asks=["What now?"],
            options=options,
            key="c",
            circumstances=("x",),
            hardness=0.4,
        )
        assert item.key == (place,)
        assert item.options[place].text == "Option c"
        assert sorted(option.id for option in item.options) == list("abcd")


def test_what_an_explanation_says_in_full_is_not_said_again() -> None:
    proof = (Quote("page#part", "The queue is full."),)
    short = DraftStatement("The queue is full.", proof)
    long = DraftStatement("The queue is full and no worker is free.", proof)
    assert without_repeats([short, long, long]) == (long,)
    applied_only = DraftStatement("Here, The queue is full.", ())
    assert without_repeats([short, applied_only]) == (short, applied_only), (
        "what cites is not given up for what does not"
    )
