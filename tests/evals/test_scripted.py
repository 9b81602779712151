import json
import re

from evals.scripted import Script
from tests.engines.scripted import PASSAGE
from tutor.engines.prompt import answer_messages
from tutor.read.document import Passage

TEXT = "Kettle trains 12 times a day. Kettle needs a lid. Kettle is not red. Samovar fits tea. Cups are warm."
LONG = Passage("kettle#how", "kettle", "Kettle", ("How",), TEXT, 0, len(TEXT))


def body(question: str, passages=(LONG,), rules: str | None = None):
    messages = answer_messages(question, list(passages))
    roles = [{"role": role, "content": text} for role, text in messages]
    if rules is not None:
        roles[0]["content"] = rules
    return {"messages": roles}


def statements(reply: str) -> list[dict]:
    return json.loads(reply)["statements"]


def test_it_quotes_what_shares_words_with_the_question() -> None:
    script = Script()
    said = statements(script.reply(body("How often does Kettle train?")))
    assert {one["citations"][0]["passage"] for one in said} == {1}
    assert all(one["citations"][0]["quote"] in TEXT for one in said)
    assert said[0]["citations"][0]["quote"].startswith("Kettle trains")


def test_it_remembers_what_it_falsified() -> None:
    script = Script()
    said = [
        one
        for word in ("train", "lid", "red", "tea", "warm")
        for one in statements(script.reply(body(f"Kettle {word}?")))
    ]
    falsified = [one for one in said if one["text"] in script.lies]
    assert falsified
    assert all(one["text"] != one["citations"][0]["quote"] for one in falsified)


def test_it_says_nothing_where_the_passages_do_not_answer() -> None:
    assert statements(Script().reply(body("Who won the football world cup in Brasilia?", [PASSAGE]))) == []


def test_it_lapses_where_a_rule_is_gone() -> None:
    system = body("x")["messages"][0]["content"]

    def without(pattern: str) -> str:
        shortened = re.sub(pattern, "", system, flags=re.DOTALL | re.IGNORECASE)
        assert shortened != system
        return Script().reply(body("How often does Kettle train?", rules=shortened))

    assert " … " in statements(without(r"character by\s+character"))[0]["citations"][0]["quote"]
    assert len(statements(without("Two to six statements"))) == 1
    assert not without(r"\{.statements.: \[.*").startswith("{")
    assert any("newest product" in one["text"] for one in statements(without("Answer from the passages alone")))
