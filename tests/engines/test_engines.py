"""What every engine must keep, whoever it is."""

import pytest

from tests.engines.scripted import ScriptedModel, engine_of, quoting
from tutor.engines.engine import Engine, Manner
from tutor.engines.kinds import plan_for
from tutor.engines.offline import OfflineEngine
from tutor.flow import PASSAGES_READ, Tutor
from tutor.read.document import Passage

ENGINES: list[Engine] = [OfflineEngine(), engine_of(ScriptedModel(quoting))]


@pytest.fixture(scope="module")
def passages(tutor: Tutor) -> list[Passage]:
    return [hit.passage for hit in tutor.search("What is Kettle and when should I choose it?", PASSAGES_READ)]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
class TestEveryEngine:
    def test_quotes_stand_in_the_passages_given(self, engine: Engine, passages: list[Passage]) -> None:
        by_id = {passage.id: passage for passage in passages}
        draft = engine.draft_answer("What is Kettle?", passages)
        assert draft.statements
        for statement in draft.statements:
            assert statement.quotes
            for quote in statement.quotes:
                assert quote.text in by_id[quote.passage].text

    def test_without_passages_there_is_nothing_to_say(self, engine: Engine) -> None:
        assert engine.draft_answer("What is Kettle?", []).statements == ()

    def test_the_same_question_gets_the_same_draft(self, engine: Engine, passages: list[Passage]) -> None:
        assert engine.draft_answer("What is Kettle?", passages) == engine.draft_answer("What is Kettle?", passages)

    @pytest.mark.parametrize("question", ["", "?", "\x00", "🙂" * 500, "word " * 10_000, "what is <script>"])
    def test_odd_questions_are_met_calmly(self, engine: Engine, passages: list[Passage], question: str) -> None:
        engine.draft_answer(question, passages)


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("What is Kettle?", "What it is"),
        ("Kettle vs Samovar", "Against its neighbours"),
        ("When should I choose Kettle?", "When to choose it"),
        ("How many series does Kettle take?", "Limits and defaults"),
        ("What does Samovar cost?", "Cost"),
        ("How do I set up Kettle?", "Steps"),
        ("Why does my alert fail every night?", "Common mistakes"),
    ],
)
def test_the_kind_of_question_names_the_section(question: str, section: str) -> None:
    assert section in plan_for(question).answering


@pytest.mark.parametrize(
    ("question", "marks"),
    [
        ("Does Reduction Server work with TPUs?", "TPU jobs are excluded."),
        ("Can Kettle run on Windows machines?", "Windows is not supported."),
        ("does the endpoint support gRPC", "gRPC needs a dedicated endpoint."),
    ],
)
def test_what_something_is_to_work_with_marks_the_answer(question: str, marks: str) -> None:
    plan = plan_for(question)
    assert plan.kind == "support"
    assert plan.marks
    assert plan.marks.search(marks)
    assert not plan.marks.search("Reduction Server sums gradients of an endpoint; Kettle works.")


def test_customer_support_is_no_question_of_support() -> None:
    assert plan_for("Can I tune Gemini on the support tickets?").kind != "support"


def test_what_something_is_to_work_with_leads() -> None:
    text = "Kettle works well. Kettle works in every region. Kettle boils. No job of this kind may use Samovars."
    passage = Passage("kettle#h", "kettle", "Kettle", ("How it works",), text, 0, len(text))
    draft = OfflineEngine().draft_answer("Does Kettle work with Samovars?", [passage])
    assert draft.statements[0].text.startswith("No job of this kind")


def test_what_means_the_same_in_other_words_leads() -> None:
    text = "Kettle reacts to nothing. Changes reach every pot within a minute. Pots are made of steel."
    passage = Passage("kettle#h", "kettle", "Kettle", ("How it works",), text, 0, len(text))
    question = "How quickly does Kettle notice a new setting?"
    plain = OfflineEngine().draft_answer(question, [passage]).statements
    engine = OfflineEngine(lambda _, passages: {one.id: [0.1, 0.9, 0.2] for one in passages})
    assert plain[0].text != "Changes reach every pot within a minute."
    assert engine.draft_answer(question, [passage]).statements[0].text == "Changes reach every pot within a minute."


def test_what_questions_like_it_call_for_leads() -> None:
    text = "Kettle is a kettle. Kettle boils water. Pots are made of steel."
    passage = Passage("kettle#h", "kettle", "Kettle", ("How it works",), text, 0, len(text))
    engine = OfflineEngine(called_for=lambda _, passages: {one.id: [0.0, 0.0, 9.0] for one in passages})
    assert OfflineEngine().draft_answer("What is Kettle?", [passage]).statements[0].text != "Pots are made of steel."
    assert engine.draft_answer("What is Kettle?", [passage]).statements[0].text == "Pots are made of steel."


def test_a_likeness_of_other_statements_counts_for_nothing() -> None:
    text = "Kettle boils water. Pots are made of steel."
    passage = Passage("kettle#h", "kettle", "Kettle", ("How it works",), text, 0, len(text))
    engine = OfflineEngine(lambda _, passages: {one.id: [0.0, 0.9, 0.0] for one in passages})
    assert engine.draft_answer("What is Kettle?", [passage]) == OfflineEngine().draft_answer(
        "What is Kettle?", [passage]
    )


TABLES = (
    "| Tool | Use |\n|---|---|\n| Kettle | water |\n| Pot | soup |\n\n{}\n\n| Tool | Use |\n|---|---|\n| Pan | eggs |"
)


def tables_told(question: str, prose: str) -> int:
    text = TABLES.format(prose)
    passage = Passage("kettle#h", "kettle", "Kettle", ("Against its neighbours",), text, 0, len(text))
    draft = OfflineEngine().draft_answer(question, [passage])
    return sum(one.text.startswith("|") for one in draft.statements)


def test_one_table_is_enough_where_no_figures_or_differences_are_asked_for() -> None:
    prose = "Kettle or Pot is what is needed. A Kettle needs a Pot. Pot needs Kettle. Kettle is no Pot. Need a Kettle."
    assert tables_told("Is Kettle or Pot what I need?", prose) == 1
    assert tables_told("How do Kettle and Pot differ?", prose) == 2


def test_two_tables_are_told_where_both_answer_better_than_most_of_the_rest() -> None:
    assert tables_told("Is Kettle or Pot what I need?", "Steel is hard. Tea is green.") == 2


def test_the_steps_found_first_are_told_whole_whatever_was_asked() -> None:
    steps = "1. Look for a hole in the Kettle.\n2. Taste the water.\n3. Buy a lid."
    first = Passage("kettle#s", "kettle", "Kettle", ("Steps",), steps, 0, len(steps))
    text = "A Kettle that leaks has a hole. Kettle water is lost where it leaks."
    other = Passage("kettle#h", "kettle", "Kettle", ("Common mistakes",), text, 0, len(text))
    question = "Why does my Kettle leak water?"
    told = [one.text for one in OfflineEngine().draft_answer(question, [first, other]).statements if one.is_step]
    assert told == ["Look for a hole in the Kettle.", "Taste the water.", "Buy a lid."]
    assert not any(one.is_step for one in OfflineEngine().draft_answer(question, [other, first]).statements)
    short = OfflineEngine().draft_answer(question, [first, other], Manner(length="short")).statements
    assert len(short) <= 2
    assert not any(one.is_step for one in short)


def test_one_step_alone_is_no_list() -> None:
    alone = "A Kettle is set up by hand since\n2026) and boils water."
    steps = "1. Fill the Kettle.\n2. Set a fire."
    passages = [
        Passage(f"kettle#{place}", "kettle", "Kettle", ("Steps",), text, 0, len(text))
        for place, text in enumerate((alone, steps))
    ]
    told = OfflineEngine().draft_answer("How do I set up a Kettle to boil water?", passages).statements
    assert [one.text for one in told if one.is_step] == ["Fill the Kettle.", "Set a fire."]


def test_no_kind_no_section() -> None:
    assert plan_for("Kettle").kind == "open"


def test_the_definition_comes_for_a_definition(passages: list[Passage]) -> None:
    draft = OfflineEngine().draft_answer("What is Kettle?", passages)
    assert draft.statements[0].text.startswith("Kettle is a made-up forecasting service")


def test_short_is_two_statements_and_long_is_more(passages: list[Passage]) -> None:
    drafts = {
        length: OfflineEngine().draft_answer("What is Kettle?", passages, Manner(length=length)).statements
        for length in ("short", "usual", "long")
    }
    assert len(drafts["short"]) <= 2 < len(drafts["usual"]) <= len(drafts["long"])
    assert drafts["short"][0] == drafts["usual"][0]


def test_where_a_table_is_wanted_it_leads(passages: list[Passage]) -> None:
    draft = OfflineEngine().draft_answer("What is Kettle?", passages, Manner(form="table"))
    assert sum(statement.text.startswith("|") for statement in draft.statements) == 1


def test_what_was_said_is_not_said_again(passages: list[Passage]) -> None:
    first = OfflineEngine().draft_answer("What is Kettle?", passages)
    told = frozenset(statement.text for statement in first.statements)
    more = OfflineEngine().draft_answer("What is Kettle?", passages, Manner(length="long", said=told))
    assert not told & {statement.text for statement in more.statements}
