import random
import re
from collections import Counter

import pytest

from tutor.author.ask import STOCK
from tutor.author.contrast import read_back
from tutor.author.decision import draft
from tutor.author.flow import flow
from tutor.author.former_names import with_one_former_name, without_former_names, without_platform_names
from tutor.author.opening import openings
from tutor.author.sentences import can_be_inner, inner, leans, opening, shorten, small_words
from tutor.author.wanted import Wanted

SMALL = small_words(("The rows lie in tables of the warehouse.", "Auditors ask for rows, and analysts write queries."))


@pytest.fixture(scope="module")
def items(composing_models):
    drafted = [(each, draft(each, f"text{n}", Wanted())) for each in composing_models for n in range(6)]
    return [(each, item) for each, item in drafted if item]


def test_every_stated_fact_stands_in_the_text_in_its_own_words(items) -> None:
    for each, item in items:
        case, told = read_back(item, each)
        told_scenes = map(without_former_names, openings(each.scenes[case.scene].text))
        assert without_former_names(item.stem).startswith(tuple(told_scenes))
        assert set(told) >= set(case.facts)
        assert {*case.facts, *each.scenes[case.scene].states} == {
            entry for entry in item.circumstances if not entry.startswith("preference:")
        }


def test_texts_are_whole_sentences(items) -> None:
    for each, item in items:
        assert item.ask.endswith("?"), item.ask
        assert item.ask.count("?") == 1
        for paragraph in re.split(r"\n+(?:- )?", item.stem):
            assert paragraph[0].isupper() or paragraph[0].isdigit(), paragraph
            assert paragraph.rstrip().endswith((".", ".)", ".”", ":")), paragraph
        assert not re.search(r"\.\.(?!\.)|\s,|  |\.,|,\.|;\.", item.text.replace("\n\n", "\n")), (each.id, item.text)
        assert not re.search(
            r"[a-z], (?:and|given that) [A-Z][a-z]+ (?:is|are|has|have) .*\bnobody nobody\b", item.text
        )


def test_options_are_worded_without_a_full_stop_and_in_their_own_words(items) -> None:
    for each, item in items:
        wordings = {option.id: option.wordings for option in each.options}
        for option in item.options:
            assert option.text in map(without_platform_names, wordings[option.id])
            assert not option.text.endswith(".")
        assert len({option.text for option in item.options}) == len(item.options)


def test_few_neighbouring_facts_open_alike(items) -> None:
    alike = 0
    for each, item in items:
        _, told = read_back(item, each)
        begun = [opening(wording) for wording in told.values()]
        alike += len(begun) != len(set(begun))
    assert alike < 0.02 * len(items)


def test_one_model_reads_differently_each_time(composing_models) -> None:
    for each in composing_models[::9]:
        drafted = [item for n in range(12) if (item := draft(each, f"again{n}", Wanted()))]
        shapes = Counter((item.stem.count("\n\n"), item.ask) for item in drafted)
        assert len({item.stem for item in drafted}) >= 11
        assert shapes.most_common(1)[0][1] < len(drafted)


def test_a_sentence_goes_into_another_one_only_where_that_is_safe() -> None:
    assert can_be_inner("The rows may not leave the warehouse.", SMALL)
    assert can_be_inner("Analysts write queries.", SMALL)
    assert inner("Analysts write queries.") == "analysts write queries"
    for unsafe in (
        "Python is all they know.",
        "PCA halved the columns.",
        "The rule is plain: nothing leaves.",
        "Rows stay; tables move.",
        "The rows " + "very " * 20 + "often move.",
    ):
        assert not can_be_inner(unsafe, SMALL), unsafe


def test_a_sentence_that_stands_for_something_before_it_is_known() -> None:
    assert leans("It must work without a network.")
    assert leans("Should it fail, staff are called.")
    assert not leans("The rows may not leave the warehouse.")


def test_long_sentences_are_shortened_to_be_recognised() -> None:
    assert shorten("Rows may not leave the warehouse.") == "Rows may not leave the warehouse"
    long = "Rows that were written by hand may not leave the warehouse" + ", unless an auditor agrees" * 5 + "."
    assert shorten(long).endswith(" …")
    assert long.startswith(shorten(long).removesuffix(" …"))


def test_flow_keeps_every_sentence_whatever_is_drawn() -> None:
    told = ["Rows may not leave the warehouse.", "Analysts write queries.", "Auditors ask for a trace."]
    texts = {flow("A bank has rows.", told, random.Random(seed)) for seed in range(200)}
    assert len(texts) == 3
    for text in texts:
        assert text.startswith("A bank has rows.")
        for sentence in told:
            assert sentence[1:].rstrip(".") in text


def test_four_circumstances_are_listed_now_and_then_and_three_never() -> None:
    four = ["Rows stay.", "Analysts write queries.", "Auditors ask for a trace.", "Costs are capped."]
    texts = [flow("A bank has rows.", four, random.Random(seed)) for seed in range(100)]
    listed = [text for text in texts if "\n\n- Rows stay.\n- Analysts" in text]
    assert 15 < len(listed) < 45
    assert not any("- " in flow("A bank has rows.", four[:3], random.Random(seed)) for seed in range(100))


def test_no_paragraph_is_a_single_circumstance() -> None:
    three = ["Rows stay.", "Analysts write queries.", "Auditors ask for a trace."]
    for seed in range(100):
        _, *paragraphs = flow("A bank has rows.", three, random.Random(seed)).split("\n\n")
        assert all(paragraph.count(".") > 1 for paragraph in paragraphs)


def test_a_scene_opens_in_several_ways_and_says_the_same() -> None:
    own, *others = openings("A port operator has trained a model and wants to serve it.")
    assert own == "A port operator has trained a model and wants to serve it."
    assert others == [
        "Your client, a port operator, has trained a model and wants to serve it.",
        "You work for a port operator that has trained a model and wants to serve it.",
        "You advise a port operator that has trained a model and wants to serve it.",
    ]


@pytest.mark.parametrize(
    "scene",
    [
        "A bank's scoring model is renewed each week.",
        "A water utility with 800,000 meters has a model.",
        "You work for a bank that has a model.",
        "A network of parcel shops has a model.",
        "A data scientist at a cement company has written a notebook.",
    ],
)
def test_a_scene_whose_company_cannot_be_told_apart_stays_as_it_is(scene: str) -> None:
    assert openings(scene) == (scene,)


def test_a_former_name_stands_once_at_most_and_that_of_the_platform_seldom() -> None:
    both = "Agent Retrieval (formerly Vector Search 2.0) and Managed Airflow (formerly Cloud Composer) are in use."
    assert with_one_former_name(both, random.Random(0)) == (
        "Agent Retrieval (formerly Vector Search 2.0) and Managed Airflow are in use."
    )
    platform = "An Agent Platform endpoint (formerly Vertex AI endpoint) is in use."
    told = Counter(with_one_former_name(platform, random.Random(seed)) for seed in range(300))
    assert set(told) == {platform, "An Agent Platform endpoint is in use."}
    assert 10 < told[platform] < 60


def test_few_stems_name_what_the_platform_was_called(items) -> None:
    told = [item.text for _, item in items]
    assert sum("(formerly Vertex AI" in text for text in told) < 0.05 * len(told)
    assert all(text.count("(formerly ") <= 1 for text in told)


def test_asks_that_say_nothing_of_the_matter_are_varied(items) -> None:
    asked = Counter(item.ask for _, item in items)
    assert all(asked[ask] < 0.06 * len(items) for ask in STOCK)
