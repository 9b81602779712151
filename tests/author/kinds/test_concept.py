import yaml

from tests.read.item_models.models import concept as fields
from tutor.author.kinds.drafters import draft
from tutor.read.item_models.kinds import read_item_model


def small(**changes):
    return read_item_model(yaml.safe_dump(fields() | changes), name="small-concept")


def test_both_directions_are_asked() -> None:
    assert {draft(small(), str(n)).circumstances[0] for n in range(30)} == {"term", "mark"}


def test_terms_that_overlap_are_never_shown_together() -> None:
    for n in range(60):
        item = draft(small(), str(n))
        key = item.options[item.key[0]].id
        shown = {option.id for option in item.options}
        assert not (key in {"black", "smoked"} and {"black", "smoked"} <= shown)


def test_a_term_with_too_few_neighbours_is_never_the_key() -> None:
    model = small(overlaps=[["green", other] for other in ("black", "white", "herbal")])
    assert all(draft(model, str(n)).circumstances[1] != "green" for n in range(40))


def test_each_wrong_term_is_set_against_what_the_case_shows() -> None:
    model = small()
    items = [item for n in range(30) if (item := draft(model, str(n))).circumstances[0] == "term"]
    for item in items:
        key, place = item.circumstances[1:]
        shows = model.term[key].cases[int(place)].shows
        told = [option.explanation[-1].text for option in item.options]
        assert shows in told[item.key[0]]
        for option, text in zip(item.options, told, strict=True):
            assert (model.term[option.id].sign in text) == (option.id != key)
        assert len({text.replace(shows, "") for text in told}) == len(told), "no two contrasts in the same words"


def test_a_case_or_a_mark_of_the_key_is_shown_and_of_no_other(drawn, other_models) -> None:
    for item in drawn:
        if item.kind != "concept":
            continue
        model = other_models[item.model]
        right = item.options[item.key[0]]
        assert right.id == item.circumstances[1]
        if item.circumstances[0] == "term":
            shown = [term.id for term in model.terms if any(case.text in item.stem for case in term.cases)]
            assert shown == [right.id]
        else:
            assert any(name in item.ask for name in model.term[right.id].wordings)
            for option in item.options:
                marks = [mark[:1].upper() + mark[1:] for mark in model.term[option.id].marks]
                assert option.text in marks
