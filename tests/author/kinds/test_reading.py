import re

import yaml

from tests.read.item_models.models import reading as fields
from tutor.author.kinds.drafters import draft
from tutor.author.kinds.reading import BLANKS, code, shown_code
from tutor.read.item_models.kinds import read_item_model
from tutor.read.item_models.reading import NAME


def small(**changes):
    return read_item_model(yaml.safe_dump(fields() | changes), name="small-reading")


def test_code_is_shown_with_its_line_and_its_names() -> None:
    model = small()
    shown = shown_code("yaml", model.snippets[0], model.scenes[1], "heat: hot\ntime: 4")
    assert shown == "```yaml\nkettle:\n  name: pot1\n  heat: hot\n  time: 4\n```"
    assert shown_code("yaml", model.snippets[0], model.scenes[1], "").count("\n") == 4 - 1
    assert shown_code("yaml", "a: {line} # of <pot>", model.scenes[0], "3") == "```yaml\na: 3 # of pot0\n```"
    assert code(model.variants[0], {}) == "`heat: cold`"


def test_variants_that_behave_alike_are_never_shown_together() -> None:
    for n in range(40):
        shown = {option.id for option in draft(small(), str(n)).options}
        assert not {"boiling", "seething"} <= shown


def test_the_change_is_asked_for_only_where_the_model_asks_for_it() -> None:
    asks = fields()["asks"] | {"change": []}
    variants = [{**variant, "like": []} for variant in fields()["variants"]]
    without, with_it = small(asks=asks, variants=variants), small(variants=variants)
    assert {draft(without, str(n)).circumstances[0] for n in range(30)} == {"behaviour", "line"}
    assert {draft(with_it, str(n)).circumstances[0] for n in range(30)} == {"behaviour", "line", "change"}


def test_a_wrong_line_is_told_by_what_it_leaves_unmet() -> None:
    model = small()
    for n in range(40):
        item = draft(model, str(n))
        key = model.variant[item.circumstances[-1]]
        for place, option in enumerate(item.options):
            unmet = [text for text in key.otherwise if text in option.explained]
            asked_for_a_line = item.circumstances[0] != "behaviour"
            assert len(unmet) == (asked_for_a_line and place not in item.key), option.explained
        if item.circumstances[0] == "behaviour":
            assert any(f"“{wish}”" in item.options[item.key[0]].explained for wish in key.wished)


def test_the_code_shows_what_decides(drawn, other_models) -> None:
    for item in drawn:
        if item.kind != "reading":
            continue
        model = other_models[item.model]
        way, *named = item.circumstances
        block = re.search(r"```\w+\n(.*?)\n```", item.stem, re.DOTALL)[1]
        assert not NAME.search(block)
        shown = model.variant[named[0]]
        if way == "line":
            assert BLANKS[model.language] in block
            assert any(wish in item.stem for wish in shown.wished)
        else:
            assert all(part.strip() in block for part in NAME.split(shown.line)[::2])
        right = item.options[item.key[0]]
        assert right.id == named[-1]
        others = [option.id for option in item.options if option is not right]
        assert not any(model.alike(right.id, other) for other in others)
        if way == "change":
            assert shown.id not in {right.id, *others}
