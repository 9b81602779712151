from itertools import combinations

import pytest

from tests.author.test_soundness import model
from tutor.author.case import Case, best
from tutor.author.circumstances import draw_case
from tutor.author.soundness import count_items
from tutor.author.table import Table, drafts
from tutor.author.wanted import Wanted
from tutor.read.item_models.decision import DecisionModel

WISHES = [
    Wanted(),
    Wanted(options=3),
    Wanted(options=5),
    Wanted(choose=2),
    Wanted(choose=3),
    Wanted(difficulty="easy"),
    Wanted(difficulty="hard"),
]
SEEDS = ("one", "two", "three")


def drawn(models: list[DecisionModel], wanted: Wanted) -> list[Case]:
    cases = [draw_case(each, seed, wanted) for each in models for seed in SEEDS]
    return [case for case in cases if case is not None]


def ruled_out(case: Case, option: str) -> bool:
    """By the rulings themselves, read anew."""
    stated = {*case.facts, *case.model.scenes[case.scene].states, *((case.background,) if case.background else ())}
    return any(r.option == option and r.says == "violates" and r.fact in stated for r in case.model.rulings)


@pytest.mark.parametrize("wanted", WISHES, ids=str)
def test_exactly_the_keyed_options_survive(decision_models, wanted: Wanted) -> None:
    cases = drawn(decision_models, wanted)
    assert len(cases) > 2 * len(decision_models)
    for case in cases:
        alive = {option for option in case.shown if not ruled_out(case, option)}
        assert case.key <= alive
        assert len(case.key) == wanted.choose
        assert len(case.shown) == wanted.shown
        if case.preference is None:
            assert alive == case.key, case.model.id
        else:
            ranks = {option: place for place, rank in enumerate(case.preference.order) for option in rank}
            (key,) = case.key
            assert alive != case.key, "a preference that decides nothing must not be stated"
            assert all(ranks[key] < ranks[option] for option in alive - case.key), case.model.id
        assert case.survivors == case.key


def test_facts_stand_together_and_none_is_idle(decision_models) -> None:
    for wanted in WISHES:
        for case in drawn(decision_models, wanted):
            assert case.model.stand_together(case.stated | ({case.background} if case.background else set()))
            assert not case.idle, case.model.id
            if case.background:
                assert case.is_silent_on(case.shown, case.background)


def test_each_fact_decides(decision_models) -> None:
    """Without it another option would survive, or it points to the key as well as ruling an option out."""
    for case in drawn(decision_models, Wanted()):
        for fact in case.facts:
            left = case.stated - {fact}
            freed = {o for o in case.distractors if not case.model.violated[o] & left} - {
                o for o in case.distractors if not case.against(o)
            }
            (key,) = case.key
            assert freed or (fact in case.model.fitted[key] and any(fact in case.against(o) for o in case.distractors))


def test_items_have_two_to_four_deciding_circumstances(decision_models) -> None:
    for case in drawn(decision_models, Wanted()):
        given = len(case.model.scenes[case.scene].states)
        assert 2 <= len(case.circumstances) <= 4 + given + (case.preference is not None)


def test_something_points_to_each_key(decision_models) -> None:
    for wanted in WISHES:
        for case in drawn(decision_models, wanted):
            assert all(case.behind(option) for option in case.key), case.model.id


def test_nearly_every_option_is_the_key_of_some_item(decision_models) -> None:
    """An option that too little points to is left out; the report of a run names them."""
    never = []
    for each in decision_models:
        table = Table(each)
        for place, option in enumerate(table.options):
            wishes = [
                (given, p) for given in {table.bits(s.states) for s in each.scenes} for p in (None, *each.preferences)
            ]
            if not any(
                next(drafts(table, (place,), given, preference, 4), None)
                for given, preference in wishes
                if not given & table.against[place]
            ):
                never.append(f"{each.id}: {option}")
    assert len(never) <= 0.01 * sum(len(each.options) for each in decision_models), never


def test_near_misses_are_drawn_oftener_than_straw_men(decision_models) -> None:
    broken = [len(case.against(option)) for case in drawn(decision_models, Wanted()) for option in case.distractors]
    assert sum(count <= 1 for count in broken) > 0.6 * len(broken)
    assert sum(count >= 3 for count in broken) < 0.05 * len(broken)


@pytest.mark.parametrize("level", ["easy", "medium", "hard"])
def test_the_level_asked_for_is_the_level_drawn(decision_models, level) -> None:
    for each in decision_models[::5]:
        case = draw_case(each, "level", Wanted(difficulty=level))
        if case:
            assert {"easy": case.hardness < 0.46, "hard": case.hardness >= 0.61}.get(
                level, 0.46 <= case.hardness < 0.61
            )


def test_the_same_seed_gives_the_same_case(decision_models) -> None:
    first, again = (drawn(decision_models, Wanted()) for _ in range(2))
    assert first == again
    other = [draw_case(each, "another", Wanted()) for each in decision_models]
    assert sum(one in first for one in other) < len(other) / 4


def test_what_is_enumerated_is_what_holds_counted_the_slow_way() -> None:
    """Every key, every set of facts, every three distractors of a small model, by the rulings alone."""
    made = model()
    table = Table(made)
    options, facts = [o.id for o in made.options], [f.id for f in made.facts]
    slow = set()
    for size in (2, 3, 4):
        for stated in map(set, combinations(facts, size)):
            for key in options:
                if stated & made.violated[key]:
                    continue
                for shown in combinations([o for o in options if o != key], 3):
                    against = [stated & made.violated[o] for o in shown]
                    alone = set().union(*(a for a in against if len(a) == 1))
                    useful = set().union(*against)
                    if all(against) and stated <= alone | (useful & made.fitted[key]):
                        slow.add((key, frozenset(stated), frozenset(shown)))
    found = {
        (options[key], frozenset(table.ids(one.stated)), frozenset(options[place] for place in one.distractors))
        for key in range(len(options))
        for one in drafts(table, (key,), 0, None, 4)
    }
    weak = slow - found
    support = {fact: sum(fact in made.fitted[o] for o in options) for fact in facts}
    assert found
    assert found <= slow
    assert count_items(made) == len(found)
    for key, stated, _ in weak:
        strength = sum({1: 1.0, 2: 0.6, 3: 0.4}.get(support[f], 0.25) for f in stated & made.fitted[key])
        assert strength < 0.8, "only cases in which too little points to the key are left out"


def test_a_preference_chooses_among_survivors_alone() -> None:
    made = model(
        preferences=[
            {
                "id": "least",
                "wordings": ["with the least work", "as simply as possible"],
                "order": [["kettle"], ["pot", "urn"], ["samovar", "flask"]],
                "because": "The kettle needs nothing else.",
                "passage": "doc#place",
            }
        ]
    )
    (least,) = made.preferences
    assert best(["urn", "flask", "pot"], least) == ["urn", "pot"]
    assert best(["flask"], least) == ["flask"]
    assert best(["flask", "urn"], None) == ["flask", "urn"]
    assert count_items(made) > count_items(model()), "a preference makes more items"
    with_preference = [c for n in range(200) if (c := draw_case(made, str(n), Wanted())) and c.preference]
    assert with_preference
    assert all(case.survivors == case.key for case in with_preference)
