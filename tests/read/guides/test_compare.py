from pathlib import Path

import pytest

from tutor.read.guides.align import word_overlap
from tutor.read.guides.blueprint import Blueprint, Consideration, Objective, Section
from tutor.read.guides.compare import compare
from tutor.read.guides.editions import continuations, find_edition, load_editions

CORPUS = Path(__file__).resolve().parents[3] / "corpus" / "guides"


def guide(*sections):
    """A blueprint from (title, weight, {objective: [considerations]}) for each section."""
    return Blueprint(
        "Guide",
        sections=tuple(
            Section(
                str(number),
                title,
                weight,
                tuple(
                    Objective(f"{number}.{at}", name, tuple(map(Consideration, topics)))
                    for at, (name, topics) in enumerate(objectives.items(), start=1)
                ),
            )
            for number, (title, weight, objectives) in enumerate(sections, start=1)
        ),
    )


def changes(old, new):
    found = compare(old, new, similarity=word_overlap)
    return {
        (change.kind, change.level, tuple(p.text for p in change.old), tuple(p.text for p in change.new))
        for change in found
    }


WATER = ("Watering gardens", 40.0, {"Choosing water": ["Collect rain in barrels", "Dig a deep well"]})
PRUNE = ("Pruning trees", 60.0, {"Cutting branches": ["Cut dead branches", "Sharpen the saw"]})


def test_a_guide_against_itself_shows_no_change():
    assert changes(guide(WATER, PRUNE), guide(WATER, PRUNE)) == set()


def test_another_order_and_other_numbers_are_no_change():
    assert changes(guide(WATER, PRUNE), guide(PRUNE, WATER)) == set()


def test_new_and_gone_topics():
    newer = ("Watering gardens", 40.0, {"Choosing water": ["Collect rain in barrels", "Measure moisture by sensors"]})
    assert changes(guide(WATER, PRUNE), guide(newer, PRUNE)) == {
        ("new", "consideration", (), ("Measure moisture by sensors",)),
        ("gone", "consideration", ("Dig a deep well",), ()),
    }


def test_a_topic_that_stands_elsewhere_has_moved():
    older = guide(
        WATER, ("Pruning trees", 60.0, {"Cutting branches": ["Cut dead branches", "Sharpen the saw", "Test soil"]})
    )
    newer = guide(
        ("Watering gardens", 40.0, {"Choosing water": ["Collect rain in barrels", "Dig a deep well", "Test soil"]}),
        PRUNE,
    )
    assert changes(older, newer) == {("moved", "consideration", ("Test soil",), ("Test soil",))}


def test_weights_and_names_that_change():
    newer = guide(("Watering all gardens", 35.0, WATER[2]), ("Pruning trees", 65.0, PRUNE[2]))
    assert changes(guide(WATER, PRUNE), newer) == {
        ("renamed", "section", ("Watering gardens",), ("Watering all gardens",)),
        ("reweighted", "section", ("Watering gardens",), ("Watering all gardens",)),
        ("reweighted", "section", ("Pruning trees",), ("Pruning trees",)),
    }


def test_an_objective_merged_into_another_has_moved():
    older = guide(("Pruning trees", 100.0, {**PRUNE[2], "Tying vines": ["Tie vines loosely", "Choose wire for vines"]}))
    newer = guide(
        (
            "Pruning trees",
            100.0,
            {
                "Cutting branches": [
                    "Cut dead branches",
                    "Sharpen the saw",
                    "Tie vines loosely",
                    "Choose wire for vines",
                ]
            },
        )
    )
    assert changes(older, newer) == {("moved", "objective", ("Tying vines",), ("Cutting branches",))}


def test_a_section_may_be_new_or_gone_with_all_it_holds():
    kinds = {(kind, level) for kind, level, *_ in changes(guide(WATER), guide(WATER, PRUNE))}
    assert kinds == {("new", "section"), ("new", "objective"), ("new", "consideration")}
    assert {kind for kind, *_ in changes(guide(WATER, PRUNE), guide(WATER))} == {"gone"}


def test_a_weight_that_one_side_does_not_state_is_no_change():
    unweighted = ("Watering gardens", None, WATER[2])
    assert changes(guide(unweighted), guide(WATER)) == set()


def test_our_editions_are_aligned_by_their_links():
    editions = load_editions(CORPUS)
    old, new = find_edition(editions, "2024-10"), find_edition(editions, "2026-06")
    found = compare(old.blueprint, new.blueprint, links=continuations(editions, old, new), similarity=word_overlap)
    told = {(change.kind, change.level, *(place.number for place in (*change.old, *change.new))) for change in found}
    assert ("moved", "objective", "1.3", "1.1") in told
    assert ("moved", "objective", "5.3", "2.3") in told
    assert ("reweighted", "section", "3", "3") in told
    assert ("gone", "consideration", "2.2.3") in told
    assert ("new", "consideration", "1.2.4") in told
    assert not any(change.level == "section" and change.kind in ("new", "gone") for change in found)


@pytest.mark.parametrize(("old", "new", "least"), [("2023", "2024-10", 0.95), ("2024-10", "2026-06", 0.5)])
def test_similarity_finds_most_of_what_the_links_say(old, new, least):
    """Without links, as for a learner's own guide, the same pairs must come out, or nearly."""
    editions = load_editions(CORPUS)
    before, after = find_edition(editions, old), find_edition(editions, new)
    links = continuations(editions, before, after)
    gone_by_links = {p.number for c in compare(before.blueprint, after.blueprint, links=links, similarity=word_overlap)
                     if c.kind == "gone" and c.level == "consideration" for p in c.old}  # fmt: skip
    gone_by_words = {p.number for c in compare(before.blueprint, after.blueprint, similarity=word_overlap)
                     if c.kind == "gone" and c.level == "consideration" for p in c.old}  # fmt: skip
    kept = {each.id for each in before.blueprint.considerations} - gone_by_links
    assert gone_by_links <= gone_by_words
    assert len(kept - gone_by_words) >= least * len(kept)
