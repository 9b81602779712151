import pytest

from tests.conftest import all_known
from tutor.answer.scope import out_of_scope
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
