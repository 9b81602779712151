from dataclasses import replace

import pytest

from tests.conftest import all_known
from tutor.answer.answer import refuse
from tutor.answer.out_of_bounds import is_confidential, strange_names
from tutor.answer.scope import LEAST_PROBABILITY, Nearness, Reason, measure, out_of_scope, probability
from tutor.flow import Tutor
from tutor.index.search import Hit
from tutor.read.document import Passage

TEXT = "Kettle bills $3 per hour. The option KETTLE_PLUS looks 12 weeks ahead."
PASSAGE = Passage("kettle#cost", "kettle", "Kettle", ("Cost",), TEXT, 0, len(TEXT))
NEAR = [Hit(PASSAGE, 1.0, 0.9, 1)]


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What does Kettle cost?", None),
        ("What is the price per hour of Kettle in dollars?", None),
        ("Give me the real exam questions about Kettle", "confidential"),
        ("Where can I find brain dumps?", "confidential"),
        ("What did question 14 in the Kettle exam mean?", "confidential"),
        ("Where does Kettle put its heap dumps?", None),
        ("How does Kettle differ from SageMaker?", "outside"),
        ("How do I call Kettle from Azure?", "outside"),
    ],
)
def test_what_is_ruled_out_by_name(question: str, reason: str | None) -> None:
    assert out_of_scope(question, NEAR, all_known) == reason


def test_a_sum_of_money_needs_a_passage_that_names_one() -> None:
    dear = [Hit(Passage("k#x", "k", "Kettle", ("X",), "Kettle is dear.", 0, 15), 1.0, 0.9, 1)]
    assert out_of_scope("How many dollars does Kettle cost?", dear, all_known) == "outside"


def test_an_identifier_that_is_nowhere_lies_outside() -> None:
    def only_kettle(term: str) -> tuple[float, bool]:
        return 1.0, term != "kettle_max"

    assert out_of_scope("What does KETTLE_PLUS do in Kettle?", NEAR, only_kettle) is None
    assert out_of_scope("What does KETTLE_MAX do in Kettle?", NEAR, only_kettle) == "outside"


def test_nothing_found_and_nothing_asked_lie_outside() -> None:
    assert out_of_scope("What is Kettle?", [], all_known) == "outside"
    assert out_of_scope("???", NEAR, all_known) == "outside"


def test_unknown_words_weigh_against_a_question(tutor: Tutor) -> None:
    assert not tutor.answer("What is Kettle?").refused
    assert tutor.answer("What is the Kettle zeppelin flux capacitor?").refused


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Which scenarios came up in yesterday's exam?", "confidential"),
        ("Can somebody sit the remote exam for me?", "confidential"),
        ("How do I become a machine learning engineer?", "advice"),
        ("Is a certificate good for my career?", "advice"),
        ("How many people passed the exam last year?", "outside"),
        ("What does one Samovar node cost per hour?", "outside"),
        ("What does Kettle cost per hour?", None),
        ("Choose a threshold for Kettle when an error costs 200 dollars", None),
        ("What is the SageMaker equivalent of Kettle?", None),
    ],
)
def test_kinds_of_questions_that_no_passage_answers(question: str, reason: str | None) -> None:
    assert out_of_scope(question, NEAR, all_known) == reason


def test_a_question_nearer_to_other_subjects_is_outside() -> None:
    hits = [Hit(PASSAGE, 1.0, 0.45, 1)]
    assert out_of_scope("How does Kettle boil?", hits, all_known, Nearness(0.2)) is None
    assert out_of_scope("How does Kettle boil?", hits, all_known, Nearness(0.7)) == "outside"


def test_strange_names_weigh_against_a_question() -> None:
    assert strange_names("Kettles boil. May I heat them? Which Kettle is best?", "", []) == 0
    assert strange_names("What is Kettle Vault Pro?", "the kettle stands", []) == 2
    assert strange_names("What is Kettle Vault?", "Kettle  Vault", []) == 1
    assert strange_names("What is Kettle Vault?", "kettle vault", []) == 0
    assert strange_names("What is Agent Platform?", "", [(8, 22)]) == 0


def test_words_of_time_say_nothing() -> None:
    timed = measure("run Kettle on Monday", NEAR, lambda term: (1.0, term != "monday"), Nearness(0.3), [])
    assert timed is not None
    assert timed.unknown == 0


@pytest.mark.parametrize("reason", ["confidential", "advice", "outside"])
def test_every_refusal_says_what_to_do_instead(reason: Reason) -> None:
    text = refuse(reason, ["Kettle", "Samovar"])
    assert "Ask" in text or "ask" in text or "add it" in text
    assert ("Kettle; Samovar" in text) is (reason == "outside")


def test_meaning_that_the_encoder_does_not_know_is_not_held_against_words() -> None:
    """`XRAI` is similar to nothing; that every word of the question stands there must be enough."""
    text = "XRAI ranks regions of an image."
    passage = Passage("xrai#what", "xrai", "XRAI", ("What it is",), text, 0, len(text))
    measured = measure("What does XRAI rank?", [Hit(passage, 1.0, 0.0, 1)], all_known, Nearness(0.2), ())
    assert measured is not None
    assert measured.similarity > 0


@pytest.mark.parametrize(
    "question", ["can you give me the real questions of last week's exam", "the actual items from the certification?"]
)
def test_the_exams_own_questions_are_confidential(question: str) -> None:
    assert is_confidential(question)


@pytest.mark.parametrize("question", ["What are real questions users ask a model in an A/B test?"])
def test_questions_that_others_ask_are_not(question: str) -> None:
    assert not is_confidential(question)


def test_the_word_that_asks_is_no_part_of_a_name() -> None:
    assert strange_names("Explain MirroredStrategy", "mirroredstrategy copies", ()) == 0
    assert strange_names("Explain Mirrored Samovars", "mirrored kettles", ()) == 1


def test_an_identifier_is_known_by_its_last_part() -> None:
    def known(term: str) -> tuple[float, bool]:
        return 1.0, term != "distribute.samovar" and "unheard" not in term

    assert out_of_scope("How does distribute.Samovar work with Kettle?", NEAR, known) is None
    assert out_of_scope("How does distribute.Unheard work with Kettle?", NEAR, known) == "outside"


def test_a_statement_that_says_what_is_asked_speaks_for_it() -> None:
    hits = [replace(hit, similarity=0.35) for hit in NEAR]
    likely = {
        said: probability(measured)
        for said in (0.2, 0.8)
        if (measured := measure("How does Kettle boil?", hits, all_known, Nearness(0.4, said), ()))
    }
    assert likely[0.2] < LEAST_PROBABILITY < likely[0.8]
    assert out_of_scope("How does Kettle boil?", hits, all_known, Nearness(0.4, 0.2)) == "outside"
    assert out_of_scope("How does Kettle boil?", hits, all_known, Nearness(0.4, 0.8)) is None


def test_without_sketches_the_best_passage_stands_for_its_statements() -> None:
    measured = measure("How does Kettle boil?", NEAR, all_known, Nearness(0.4), ())
    assert measured
    assert measured.said == measured.similarity


def test_a_known_question_like_it_speaks_for_it() -> None:
    hits = [replace(hit, similarity=0.35) for hit in NEAR]
    assert out_of_scope("How does Kettle boil?", hits, all_known, Nearness(0.4, 0.4, asked=0.1)) == "outside"
    assert out_of_scope("How does Kettle boil?", hits, all_known, Nearness(0.4, 0.4, asked=0.9)) is None
