"""Follow-ups become questions that stand on their own, and new questions stay as they are."""

import pytest

from evals.gold_set import read_questions
from tutor.answer.conversation.earlier import Earlier, exchanges, recall
from tutor.answer.conversation.follow_up import lean_on_topic, understand
from tutor.answer.conversation.phrases import pattern_of
from tutor.answer.conversation.references import rows
from tutor.answer.conversation.subjects import topic_of
from tutor.answer.conversation.wishes import wish_in
from tutor.read.document import Passage
from tutor.read.names import read_names
from tutor.settings import PROJECT

NAMES = read_names(PROJECT / "corpus" / "names.yaml")
TEXT = "Model Armor screens prompts. It works with all models."
ARMOR = Passage("model-armor#what-it-is", "model-armor", "Model Armor", ("What it is",), TEXT, 0, len(TEXT))
LEAK = Passage("data-leakage#a", "data-leakage", "Data leakage", ("A",), "x", 0, 1, names=("data leakage", "leakage"))
TABLE = "| Tool | Use |\n|---|---|\n| Dataflow | streams |\n| `BigQuery` | SQL |"


def after(asked: str, said: str, passage: Passage = ARMOR, *statements: str, **more) -> tuple[str, str]:
    told = statements or ("Model Armor screens prompts.", "It works with all models.")
    turn = Earlier(asked, asked, statements=told, passages=(passage,), **more)
    found = understand(said, [turn], NAMES)
    return found.move, found.question


@pytest.mark.parametrize(
    ("asked", "said", "meant"),
    [
        (
            "Which tool should I use for batch preprocessing of text?",
            "and for streaming?",
            "streaming preprocessing of text?",
        ),
        (
            "Which tool should I use for batch preprocessing of text?",
            "no, I meant images",
            "batch preprocessing of images?",
        ),
        ("Which tool for text data?", "sorry, tabular data", "Which tool for tabular data?"),
        ("How do I deploy a model with a GPU?", "and a TPU?", "How do I deploy a model with a TPU?"),
        ("How do I deploy a model?", "no, I meant to a phone", "How do I deploy a model to a phone?"),
        ("How do I deploy a model?", "without downtime?", "How do I deploy a model without downtime?"),
        ("How do I deploy a model?", "what if it is large?", "How do I deploy a model, if it is large?"),
        ("How do I deploy a model?", "can I do that with Terraform?", "Can I deploy a model with Terraform?"),
        ("Does Vertex AI Pipelines cache steps?", "And Cloud Composer?", "Does Cloud Composer cache steps?"),
        ("Does Vertex AI Pipelines cache steps?", "not Vertex AI Pipelines but TFX", "Does TFX cache steps?"),
        ("Does Vertex AI Pipelines cache steps?", "how do I turn it off?", "How do I turn Vertex AI Pipelines off?"),
        ("What is Model Armor?", "what about costs?", "What does Model Armor cost?"),
        ("What is Model Armor?", "and the alternatives?", "How does Model Armor compare with its alternatives?"),
        ("What is Model Armor?", "does it support GPUs?", "Does Model Armor support GPUs?"),
        ("What is Model Armor?", "what are its limits?", "What are Model Armor's limits?"),
        ("What is Model Armor?", "What are the limits?", "What are the limits of Model Armor?"),
        ("What is Model Armor?", "which regions?", "Which regions for Model Armor?"),
        ("What is Model Armor?", "why not Dataflow?", "When should I not choose Dataflow instead of Model Armor?"),
        ("Compare BigQuery ML and AutoML", "which one is cheaper?", "Which is cheaper: BigQuery ML or AutoML?"),
        ("Compare BigQuery ML and AutoML", "how do they differ?", "How do BigQuery ML and AutoML differ?"),
        (
            "Compare BigQuery ML and AutoML",
            "why not the second?",
            "When should I not choose AutoML instead of BigQuery ML?",
        ),
        (
            "Compare BigQuery ML and AutoML",
            "what about Dataflow?",
            "When should I choose Dataflow instead of BigQuery ML or AutoML?",
        ),
        (
            "difference between online and batch prediction",
            "which one is cheaper?",
            "Which is cheaper: online prediction or batch prediction?",
        ),
    ],
)
def test_a_fragment_becomes_a_whole_question(asked: str, said: str, meant: str) -> None:
    move, question = after(asked, said)
    assert move == "reworded"
    assert question.endswith(meant)


def test_a_name_of_the_cited_page_can_be_spoken_of() -> None:
    assert after("What is data leakage?", "how do I prevent it?", LEAK) == (
        "reworded",
        "How do I prevent data leakage?",
    )


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("Shorter, please!", "shorter"),
        ("ok, in one sentence please", "shorter"),
        ("could you summarise this?", "shorter"),
        ("in more detail", "longer"),
        ("tell me more", "more"),
        ("can you put that in a table?", "table"),
        ("bullet points please", "list"),
        ("explain that in simpler words", "simpler"),
        ("but why?", "why"),
        ("can you give me an example?", "example"),
        ("what does the exam turn on here?", "exam"),
        ("how would this be asked on the exam?", "exam"),
        ("what's the trap?", "trap"),
        ("are you sure?", "sources"),
        ("quiz me on this", "quiz"),
        ("Give me another practice question", "quiz"),
        ("sure", None),
        ("what is overfitting?", None),
        ("in a table of user, film and rating, which column is the label?", None),
        ("why is vLLM fast", None),
        ("shorter " * 50, None),
    ],
)
def test_a_wish_is_known_where_the_turn_says_nothing_else(said: str, wish: str | None) -> None:
    assert wish_in(said) == wish


def test_the_manner_of_the_same_question_changes() -> None:
    turn = Earlier("What is Model Armor?", "What is Model Armor?", passages=(ARMOR,), form="list")
    shorter, table = understand("shorter", [turn], NAMES), understand("as a table", [turn], NAMES)
    assert (shorter.move, shorter.question, shorter.length, shorter.form) == ("again", turn.asked, "short", "list")
    assert (table.length, table.form) == ("usual", "table")


def test_more_leaves_out_what_was_said() -> None:
    turn = Earlier("What is Model Armor?", "What is Model Armor?", statements=("A.", "B."), passages=(ARMOR,))
    more = understand("tell me more", [turn], NAMES)
    assert (more.length, more.omit) == ("long", {"A.", "B."})


def test_the_exam_and_reasons_are_looked_up_where_the_answer_stood() -> None:
    turn = Earlier("What is Model Armor?", "What is Model Armor?", statements=("A.",), passages=(ARMOR,))
    exam, why = (understand(said, [turn], NAMES) for said in ("what does the exam turn on here?", "why?"))
    assert (exam.move, exam.docs) == ("within", ("model-armor",))
    assert why.omit == {"A."}


@pytest.mark.parametrize(
    ("said", "letter"), [("why not the second?", "B"), ("why is C wrong?", "C"), ("Why not D?", "")]
)
def test_options_of_a_solved_question_are_pointed_at(said: str, letter: str) -> None:
    turn = Earlier("Which tool?", "Which tool?", kind="solution", state={"letters": ["A", "B", "C"]})
    found = understand(said, [turn], NAMES)
    assert found.option == letter
    assert (found.move == "option") is bool(letter)


def test_a_row_of_the_last_table_is_pointed_at() -> None:
    assert after("Which tool is there for me?", "what about the second?", ARMOR, TABLE) == (
        "reworded",
        "When should I choose BigQuery?",
    )
    assert rows("| Property | Kettle | Samovar |\n|---|---|---|\n| Input | a | b |") == ("Kettle", "Samovar")


@pytest.mark.parametrize("said", ["explain like I know AWS", "what is it called on AWS?", "in AWS terms please"])
def test_who_knows_another_cloud_is_heard(said: str) -> None:
    turn = Earlier("What is Model Armor?", "What is Model Armor?", passages=(ARMOR,))
    found = understand(said, [turn], NAMES)
    assert (found.move, found.topic.names) == ("equivalents", ("Model Armor",))
    alone = understand("Explain Pub/Sub as if I knew AWS", [], NAMES)
    assert (alone.move, alone.topic.names) == ("equivalents", ("Pub/Sub",))


@pytest.mark.parametrize(
    ("said", "thing"),
    [
        ("What is the Google equivalent of AWS Inferentia?", "AWS Inferentia"),
        ("what's Google Cloud's counterpart to Amazon S3", "Amazon S3"),
        ("Which Google Cloud service corresponds to SageMaker Pipelines?", "SageMaker Pipelines"),
        ("What is SageMaker Clarify called on Google Cloud?", "SageMaker Clarify"),
        ("I come from AWS. What is the equivalent of SageMaker Feature Store on GCP?", "SageMaker Feature Store"),
        ("What is AWS's counterpart of Pub/Sub?", "Pub/Sub"),
        ("What is the AWS equivalent of Pub/Sub?", "Pub/Sub"),
    ],
)
def test_a_counterpart_is_asked_for_either_way_round(said: str, thing: str) -> None:
    found = understand(said, [], NAMES)
    assert (found.move, found.topic.names) == ("equivalents", (thing,))


@pytest.mark.parametrize(
    "said", ["What is BigQuery on Google Cloud?", "What is the equivalent of a join in Google SQL?"]
)
def test_what_is_of_google_cloud_has_no_counterpart_there(said: str) -> None:
    assert understand(said, [], NAMES).move == "new"


@pytest.mark.parametrize("case", read_questions(), ids=lambda case: case.id)
def test_a_whole_question_is_not_mixed_with_what_went_before(case) -> None:
    assert after("When is BigQuery ML a better choice than AutoML?", case.question) == ("new", case.question)


@pytest.mark.parametrize(
    "said",
    [
        "Is it worth using TPUs for small models?",
        "Does it make sense to shuffle twice?",
        "What is overfitting?",
        "reduction server",
        "I have a table that has nulls. How do I fill it?",
        "no",
        "this model that I trained is bad",
    ],
)
def test_what_names_its_own_matter_is_new(said: str) -> None:
    assert after("What is Model Armor?", said)[0] == "new"


@pytest.mark.parametrize(
    ("asked", "said", "meant"),
    [
        ("Dataflow or Dataproc for streams?", "why does the first one scale?", "Why does Dataflow scale?"),
        ("Dataflow or Dataproc for streams?", "what does the latter cost?", "What does Dataproc cost?"),
        ("Dataflow or Dataproc?", "our jobs run on premises", "Dataflow or Dataproc, if our jobs run on premises?"),
        ("Which tool for nightly scores?", "and for fraud checks in the middle of a card payment?",
         "Which tool for fraud checks in the middle of a card payment?"),
        ("Which tool for nightly scores?", "what about events that come without end?",
         "Which tool for events that come without end?"),
        ("What is Model Armor?", "which metric instead?", "Which metric: What is Model Armor?"),
        ("What is Model Armor?", "when is it the wrong choice?", "When should I not use Model Armor?"),
        ("What is Model Armor?", "in English please: what does it cost?", "What does Model Armor cost?"),
        ("What is Dataproc?", "serverless or cluster?", "Serverless or cluster for Dataproc?"),
        ("What is leakage?", "ok what abt costs", "What does leakage cost?"),
    ],
)  # fmt: skip
def test_turns_of_a_few_words_are_understood(asked: str, said: str, meant: str) -> None:
    assert after(asked, said)[1] == meant


def test_a_thing_of_the_same_page_takes_the_topics_place() -> None:
    assert after("Does leakage raise the score?", "and data leakage?", LEAK)[1] != "Does leakage raise the score?"
    smote = Passage("imbalance#a", "imbalance", "Imbalance", ("A",), "x", 0, 1, names=("downsampling", "SMOTE"))
    assert after("What does downsampling do?", "and SMOTE?", smote)[1] == "What does SMOTE do?"


def test_what_stands_here_is_looked_for_in_the_pages_of_the_answer() -> None:
    assert after("What is Model Armor?", "what is a threshold here?") == ("within", "What is a threshold?")


def test_a_short_question_that_names_nothing_may_lean_on_the_topic() -> None:
    turn = Earlier("What is Model Armor?", "What is Model Armor?", passages=(ARMOR,))

    def leaning(said: str) -> tuple[str, str] | None:
        found = lean_on_topic(understand(said, [turn], NAMES), [turn], NAMES)
        return (found.move, found.question) if found else None

    assert leaning("under whose identity?") == ("within", "Under whose identity?")
    assert leaning("what is a teapot?") is None, "it has a subject of its own"
    assert leaning("does Dataflow cost much?") is None
    assert leaning("what does ML.PREDICT need?") is None
    assert leaning("a question of more than eight words names something of its own, surely") is None
    assert lean_on_topic(understand("under whose identity?", [], NAMES), [], NAMES) is None


def test_a_form_may_be_asked_for_with_any_question() -> None:
    found = understand("compare Dataflow and Dataproc in a table", [], NAMES)
    assert (found.question, found.form) == ("compare Dataflow and Dataproc", "table")
    assert understand("list them as bullets", [], NAMES).form == "list"
    assert understand("in a table", [], NAMES).form == "usual", "alone it is a wish about the last answer"


@pytest.mark.parametrize("said", ["and C?", "what about c?", "C?", "why not C?", "why is C wrong?"])
def test_an_option_may_be_named_alone(said: str) -> None:
    turn = Earlier("Which?", "Which?", kind="solution", state={"letters": ["A", "B", "C"]})
    found = understand(said.replace("c?", "C?"), [turn], NAMES)
    assert (found.move, found.option) == ("option", "C")


def test_another_product_of_the_other_cloud() -> None:
    turn = Earlier("What is Dataflow in AWS?", "What is Dataflow, for somebody who knows AWS?", passages=(ARMOR,))
    found = understand("and of Bedrock?", [turn], NAMES)
    assert (found.move, found.topic.names) == ("equivalents", ("Bedrock",))


def test_either_or_names_two_things() -> None:
    assert topic_of("RAG or tuning when facts change?", (), NAMES).names == ("RAG", "tuning")
    assert topic_of("Should I use batch or online inference for scores?", (), NAMES).names[-1] == "online inference"


@pytest.mark.parametrize("said", ["🙂", "", "?", "\x00", "A", "1"])
def test_what_says_nothing_is_unclear(said: str) -> None:
    assert understand(said, [], NAMES).move == "unclear"


@pytest.mark.parametrize("said", ["why?", "shorter", "give an example", "which one is cheaper?"])
def test_a_wish_without_anything_before_it_is_unclear_or_new(said: str) -> None:
    assert understand(said, [], NAMES).move in ("unclear", "new")
    nothing = Earlier("hm", "hm", statements=("I do not know.",))
    assert understand("give an example", [nothing], NAMES).move == "unclear"


def test_things_asked_about_one_after_the_other_can_be_compared() -> None:
    turns = [Earlier(said, said, passages=(ARMOR,)) for said in ("What is Dataflow?", "What is Dataproc?")]
    assert understand("which one is cheaper?", turns, NAMES).question == "Which is cheaper: Dataflow or Dataproc?"


def test_talk_of_the_exam_goes_on() -> None:
    turn = Earlier("How long is the exam?", "How long is the exam?", kind="exam")
    assert understand("and how much does it cost?", [turn], NAMES).question == "How much does it cost of the exam?"
    assert understand("and the passing score?", [turn], NAMES).question == "The passing score of the exam?"


def test_what_was_asked_within_the_pages_is_not_asked_upon() -> None:
    first = Earlier("What is Model Armor?", "What is Model Armor?", statements=("A.",), passages=(ARMOR,))
    why = understand("why?", [first], NAMES)
    second = Earlier("why?", why.question, about=why.about, passages=(ARMOR,))
    exam = understand("what does the exam turn on here?", [first, second], NAMES)
    assert exam.question == "What does the exam turn on for Model Armor? What is Model Armor?"
    assert understand("shorter", [first, second], NAMES).docs == ("model-armor",)


def test_thanks_are_no_topic() -> None:
    about = Earlier("What is Model Armor?", "What is Model Armor?", passages=(ARMOR,))
    thanks = Earlier("thanks", "thanks", kind="aside")
    assert understand("what does it cost?", [about, thanks], NAMES).question == "What does Model Armor cost?"
    assert understand("what does it cost?", [thanks], NAMES).move == "new"


def test_what_was_kept_is_recalled() -> None:
    kept = {
        "refused": False, "asked": "What is Model Armor?", "kind": "answer", "statements": [{"text": "A."}],
        "citations": [{"passage": ARMOR.id}, {"passage": "gone"}], "manner": {"length": "short", "form": "list"},
    }  # fmt: skip
    turn = recall("and it?", kept, {ARMOR.id: ARMOR}.get)
    assert (turn.asked, turn.passages, turn.length, turn.form) == ("What is Model Armor?", (ARMOR,), "short", "list")
    old = recall("What?", {"refused": True, "answer": "no"}, {}.get)
    assert (old.asked, old.kind, old.statements) == ("What?", "refusal", ())
    assert exchanges([turn, old])[0].answer == "A."


def test_a_question_is_about_what_it_names_first() -> None:
    assert topic_of("What is Model Armor?", (), NAMES).names == ("Model Armor",)
    assert topic_of("What does `KETTLE_PLUS` do?", (), NAMES).names == ("KETTLE_PLUS",)
    assert topic_of("hm", (LEAK,), NAMES).names == ("Data leakage",)
    assert topic_of("How do I run it?", (), NAMES).names == ("running it",)
    assert not topic_of("hm", (), NAMES)


def test_phrases_become_patterns() -> None:
    assert pattern_of("[so] (is|are) {it} [true|right] [now]", {"it": "(?:it|that)"}) == (
        "(?:(?:so) )?(?:is|are) (?:it|that)(?: (?:true|right))?(?: (?:now))?"
    )
