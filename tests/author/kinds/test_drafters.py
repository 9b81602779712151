from collections import Counter

from tutor.author.checks.lint import lint
from tutor.author.checks.schema import schema_faults
from tutor.author.checks.support import citation_faults
from tutor.author.kinds.drafters import draft
from tutor.author.quoting import with_quotes
from tutor.author.wanted import Wanted

KINDS = ("diagnosis", "sequence", "quantity", "reading", "concept")


def of(drawn, kind):
    return [item for item in drawn if item.kind == kind]


def test_the_same_seed_gives_the_same_item_and_another_seed_another(other_models) -> None:
    for model in other_models.values():
        assert draft(model, "7/1") == draft(model, "7/1")
        assert len({draft(model, f"7/{n}").text for n in range(12)}) > 3, model.id


def test_every_draft_is_an_item(drawn) -> None:
    for item in drawn:
        assert not list(schema_faults(item)), item
        assert len(item.options) == 4
        assert len(item.key) == 1
        assert item.circumstances
        assert len({option.id for option in item.options}) == 4


def test_keys_stand_where_they_are_wanted(drawn) -> None:
    for kind in KINDS:
        places = Counter(item.key[0] for item in of(drawn, kind))
        assert all(abs(places[place] / len(of(drawn, kind)) - 0.25) <= 0.02 for place in range(4)), (kind, places)


def test_the_longest_option_is_the_key_no_oftener_than_chance_allows(drawn) -> None:
    for kind in KINDS:
        longest = 0.0
        for item in of(drawn, kind):
            lengths = [len(option.text) for option in item.options]
            top = [place for place, length in enumerate(lengths) if length == max(lengths)]
            longest += (item.key[0] in top) / len(top)
        assert longest / len(of(drawn, kind)) <= 0.25 + 0.05, kind


def test_every_option_is_explained_by_what_its_passages_say(drawn, shipped_passages) -> None:
    for item in drawn[::2]:
        assert not list(citation_faults(with_quotes(item, shipped_passages), shipped_passages)), item


def test_few_drafts_have_a_flaw(drawn) -> None:
    flawed = Counter(fault.name for item in drawn for fault in lint(item))
    assert sum(flawed.values()) / len(drawn) <= 0.04, flawed


def test_a_wish_is_met_or_nothing_comes(other_models) -> None:
    for model in other_models.values():
        assert draft(model, "1", Wanted(choose=2)) is None
        for level in ("easy", "medium", "hard"):
            item = draft(model, "1", Wanted(difficulty=level))
            assert item is None or item.difficulty == level
    shown = draft(other_models["poor-results-in-production"], "1", Wanted(options=5))
    assert shown is not None
    assert len(shown.options) == 5
