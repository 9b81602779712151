import httpx
import pytest

from tests.engines.scripted import GOOD, OTHER, PASSAGE, TEXT, FakeTime, ScriptedModel, engine_of, said
from tutor.answer.answer import answer_from
from tutor.engines.breaker import Breaker
from tutor.engines.engine import Quote
from tutor.engines.offline import OfflineEngine
from tutor.engines.prompt import prompt_hash
from tutor.engines.spending import ModelCall
from tutor.errors import EngineError
from tutor.settings import Price

QUESTION = "How often does Kettle train?"
PASSAGES = [PASSAGE, OTHER]


def broken(status: int, **headers: str) -> httpx.HTTPStatusError:
    request = httpx.Request("POST", "http://127.0.0.1/")
    response = httpx.Response(status, request=request, headers=headers)
    return httpx.HTTPStatusError(f"loopback says {status}", request=request, response=response)


def test_a_good_answer_becomes_a_draft_with_its_usage() -> None:
    calls: list[ModelCall] = []
    engine = engine_of(ScriptedModel(GOOD), price=Price(0.3, 2.5), calls=calls)
    draft = engine.draft_answer(QUESTION, PASSAGES)
    assert draft.statements[0].quotes == (Quote(PASSAGE.id, "Kettle trains once a day."),)
    assert not draft.gave_up
    assert draft.usage
    assert draft.usage.as_json() == {
        "name": "scripted:model",
        "prompt": prompt_hash(),
        "calls": 1,
        "tokens_in": 100,
        "tokens_out": 20,
        "estimated": False,
        "cost_usd": 0.00008,
    }
    assert [(call.outcome, call.cost_micro_usd, call.prompt_hash) for call in calls] == [
        ("answered", 80.0, prompt_hash())
    ]


def test_without_passages_the_model_is_not_asked() -> None:
    model = ScriptedModel(GOOD)
    assert engine_of(model).draft_answer(QUESTION, []).usage is None
    assert model.heard == []


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("Kettle trains once a day.", "not one complete JSON object"),
        (GOOD[:-10], "not one complete JSON object"),
        ('{"statements": [{"text": "Kettle trains."}]}', "statements 1 citations: Field required"),
        (said({"text": "Kettle trains.", "citations": []}), "at least 1 item"),
        (said(("Kettle trains once a day.", 9, "Kettle trains once a day.")), "cites passage 9"),
        (said(("Kettle trains once a day.", 0, "Kettle trains once a day.")), "there are only passages 1 to 2"),
    ],
)
def test_what_cannot_be_used_goes_back_with_the_reasons(bad: str, reason: str) -> None:
    calls: list[ModelCall] = []
    model = ScriptedModel(bad, GOOD)
    draft = engine_of(model, calls=calls).draft_answer(QUESTION, PASSAGES)
    assert draft.statements
    assert [call.outcome for call in calls] == ["malformed", "answered"]
    (said_before, repair) = model.heard[1][-2:]
    assert said_before == ("ai", bad)
    assert reason in repair[1]


def test_after_two_repairs_the_engine_gives_up_and_the_offline_engine_answers() -> None:
    model = ScriptedModel("PWNED")
    answer = answer_from(QUESTION, PASSAGES, engine_of(model), OfflineEngine())
    assert len(model.heard) == 3
    assert answer.engine == "offline"
    assert "Kettle trains once a day." in answer.text
    assert "PWNED" not in answer.text
    assert "scripted:model did not draft this: what it wrote could not be used" in answer.note
    assert "offline engine answered instead" in answer.note
    assert answer.usage
    assert answer.usage.calls == 3
    assert answer.as_json(0.1)["note"] == answer.note


def test_an_empty_answer_is_repaired_too() -> None:
    calls: list[ModelCall] = []
    assert engine_of(ScriptedModel("", GOOD), calls=calls).draft_answer(QUESTION, PASSAGES).statements
    assert [call.outcome for call in calls] == ["empty", "answered"]


def test_an_answer_cut_for_length_is_asked_for_again_but_shorter() -> None:
    model = ScriptedModel(GOOD[:-10], finish="length")
    draft = engine_of(model).draft_answer(QUESTION, PASSAGES)
    assert "be brief" in model.heard[1][-1][1]
    assert draft.gave_up


def test_finding_no_answer_is_an_answer() -> None:
    answer = answer_from(QUESTION, PASSAGES, engine_of(ScriptedModel('{"statements": []}')), OfflineEngine())
    assert answer.refused
    assert answer.engine == "scripted:model"
    assert answer.note == ""


def test_a_draft_that_loses_every_statement_is_replaced_and_said() -> None:
    wrong = said(("Kettle trains 9 times a day.", 1, "Kettle trains once a day."), ("Tea is good.", 1, "Tea is good."))
    answer = answer_from(QUESTION, PASSAGES, engine_of(ScriptedModel(wrong)), OfflineEngine())
    assert answer.engine == "offline"
    assert answer.note.startswith("Nothing that scripted:model wrote held against the passages.")
    assert answer.dropped[:2] == ("not supported", "quote not in passage")


def test_wrong_statements_are_dropped_and_the_others_stay() -> None:
    mixed = said(
        ("Kettle trains 9 times a day.", 1, "Kettle trains once a day."),
        ("Kettle accepts 5,000 series at most.", 1, "It accepts at most 5,000 series."),
    )
    answer = answer_from(QUESTION, PASSAGES, engine_of(ScriptedModel(mixed)), OfflineEngine())
    assert [statement.text for statement in answer.statements] == ["Kettle accepts 5,000 series at most."]
    assert (answer.engine, answer.note, answer.dropped) == ("scripted:model", "", ("not supported",))


class TestPassingFailures:
    def test_they_are_tried_again_after_growing_pauses(self) -> None:
        calls: list[ModelCall] = []
        faked = FakeTime()
        model = ScriptedModel(broken(500), broken(503), GOOD)
        assert engine_of(model, faked=faked, calls=calls).draft_answer(QUESTION, PASSAGES).statements
        assert faked.slept == [0.5, 1.0]
        assert [call.outcome for call in calls] == ["failed", "failed", "answered"]
        assert [call.tokens_in for call in calls] == [0, 0, 100]

    def test_jitter_shortens_a_pause_by_half_at_most(self) -> None:
        faked = FakeTime()
        engine = engine_of(ScriptedModel(broken(500), GOOD), faked=faked)
        object.__setattr__(engine.around, "chance", lambda: 0.0)
        engine.draft_answer(QUESTION, PASSAGES)
        assert faked.slept == [0.25]

    def test_a_server_that_asks_for_a_pause_gets_it(self) -> None:
        faked = FakeTime()
        model = ScriptedModel(broken(429, **{"retry-after": "3"}), GOOD)
        assert engine_of(model, faked=faked).draft_answer(QUESTION, PASSAGES).statements
        assert faked.slept == [3.0]

    def test_a_pause_longer_than_the_time_left_is_not_waited_for(self) -> None:
        faked = FakeTime()
        model = ScriptedModel(broken(429, **{"retry-after": "300"}), GOOD)
        draft = engine_of(model, faked=faked).draft_answer(QUESTION, PASSAGES)
        assert "wants 300 s of rest" in draft.gave_up
        assert faked.slept == []

    def test_three_failures_are_enough(self) -> None:
        model = ScriptedModel(broken(500))
        draft = engine_of(model, faked=FakeTime()).draft_answer(QUESTION, PASSAGES)
        assert len(model.heard) == 3
        assert "its server failed (500)" in draft.gave_up

    @pytest.mark.parametrize(
        ("error", "says"),
        [
            (broken(401), "does not accept the key"),
            (broken(404), "does not know that model"),
            (broken(400), "does not accept the request"),
            (RuntimeError("odd"), "odd"),
        ],
    )
    def test_lasting_failures_are_not_tried_again(self, error: Exception, says: str) -> None:
        model = ScriptedModel(error, GOOD)
        draft = engine_of(model, faked=FakeTime()).draft_answer(QUESTION, PASSAGES)
        assert len(model.heard) == 1
        assert says in draft.gave_up

    def test_a_stream_that_ends_without_a_word_why_was_cut(self) -> None:
        calls: list[ModelCall] = []
        model = ScriptedModel(GOOD[:40], finish="", tokens=None)
        draft = engine_of(model, faked=FakeTime(), calls=calls).draft_answer(QUESTION, PASSAGES)
        assert "broke off" in draft.gave_up
        assert {call.outcome for call in calls} == {"cut"}
        assert all(call.estimated and call.tokens_in > 300 and call.tokens_out == 14 for call in calls)

    def test_a_whole_answer_needs_no_word_why_it_ended(self) -> None:
        assert engine_of(ScriptedModel(GOOD, finish="")).draft_answer(QUESTION, PASSAGES).statements


class TestBreaker:
    def test_a_model_that_keeps_failing_is_left_alone_and_this_is_said(self) -> None:
        faked = FakeTime()
        model = ScriptedModel(broken(500))
        breaker = Breaker(faked.clock, failures=5, window_seconds=60, rest_seconds=60)
        engine = engine_of(model, faked=faked, breaker=breaker)
        engine.draft_answer(QUESTION, PASSAGES)
        engine.draft_answer(QUESTION, PASSAGES)
        assert len(model.heard) == 5
        draft = engine.draft_answer(QUESTION, PASSAGES)
        assert len(model.heard) == 5
        assert "left alone for another" in draft.gave_up
        assert draft.usage is None

    def test_after_its_rest_one_call_decides(self) -> None:
        faked = FakeTime()
        model = ScriptedModel(*[broken(500)] * 5, GOOD)
        breaker = Breaker(faked.clock, failures=5, window_seconds=60, rest_seconds=60)
        engine = engine_of(model, faked=faked, breaker=breaker)
        engine.draft_answer(QUESTION, PASSAGES)
        engine.draft_answer(QUESTION, PASSAGES)
        faked.now += 61
        assert engine.draft_answer(QUESTION, PASSAGES).statements
        assert engine.draft_answer(QUESTION, PASSAGES).statements

    def test_a_wrong_key_is_no_outage(self) -> None:
        model = ScriptedModel(broken(401))
        engine = engine_of(model, faked=FakeTime())
        for _ in range(8):
            assert "key" in engine.draft_answer(QUESTION, PASSAGES).gave_up


class TestMoney:
    def test_no_call_is_made_that_could_pass_the_limit(self) -> None:
        model = ScriptedModel(GOOD)
        spent = 0.0
        engine = engine_of(model, price=Price(1.0, 1.0), limit_usd=0.02, spent=lambda: spent)
        assert engine.draft_answer(QUESTION, PASSAGES).statements
        spent = 19_000.0
        draft = engine.draft_answer(QUESTION, PASSAGES)
        assert len(model.heard) == 1
        assert "spending limit of $0.02 a day leaves no room" in draft.gave_up

    def test_with_a_limit_an_unknown_price_is_not_taken_for_zero(self) -> None:
        model = ScriptedModel(GOOD)
        draft = engine_of(model, limit_usd=5.0).draft_answer(QUESTION, PASSAGES)
        assert model.heard == []
        assert "TUTOR_MODEL_PRICES=scripted:model=IN/OUT" in draft.gave_up

    def test_an_unknown_price_is_said_to_be_unknown(self) -> None:
        usage = engine_of(ScriptedModel(GOOD)).draft_answer(QUESTION, PASSAGES).usage
        assert usage
        assert usage.cost_micro_usd is None
        assert usage.as_json()["cost_usd"] is None

    def test_tokens_that_the_server_does_not_count_are_estimated(self) -> None:
        usage = engine_of(ScriptedModel(GOOD, tokens=None)).draft_answer(QUESTION, PASSAGES).usage
        assert usage
        assert usage.estimated
        assert usage.tokens_in > 300
        assert usage.tokens_out == -(-len(GOOD) // 3)


def test_it_tells_that_it_writes_and_nothing_of_what() -> None:
    told: list[int] = []
    engine_of(ScriptedModel(GOOD)).telling(told.append).draft_answer(QUESTION, PASSAGES)
    assert told == sorted(told)
    assert told[-1] == len(GOOD)


def test_a_model_that_cannot_be_had_is_said() -> None:
    engine = engine_of(ScriptedModel(GOOD))

    def missing() -> ScriptedModel:
        raise EngineError("its key is missing")

    object.__setattr__(engine, "open_model", missing)
    assert engine.draft_answer(QUESTION, PASSAGES).gave_up == "scripted:model did not draft this: its key is missing."


def test_a_refusal_by_the_model_goes_to_the_other_engine() -> None:
    model = ScriptedModel("No.", finish="content_filter")
    draft = engine_of(model).draft_answer(QUESTION, PASSAGES)
    assert len(model.heard) == 1
    assert "declined to answer (content_filter)" in draft.gave_up


def test_a_model_without_end_is_stopped() -> None:
    model = ScriptedModel("tea " * 20_000)
    draft = engine_of(model).draft_answer(QUESTION, PASSAGES)
    assert "could not be used" in draft.gave_up
    assert draft.usage
    assert draft.usage.tokens_out < 3 * 15_000
    assert len(model.heard[1][-2][1]) < 7_000  # nor is all of it sent back


def test_quotes_without_their_markup_are_set_right() -> None:
    assert TEXT.startswith("Kettle trains once a day.")
    marked = "**Kettle** trains “once” a `day`."
    draft = engine_of(ScriptedModel(said(("Kettle trains once a day.", 1, marked)))).draft_answer(QUESTION, PASSAGES)
    assert draft.statements[0].quotes[0].text == marked  # the added quotation marks are not in the passage
    marked = "**Kettle** trains _once_ a `day`."
    draft = engine_of(ScriptedModel(said(("Kettle trains once a day.", 1, marked)))).draft_answer(QUESTION, PASSAGES)
    assert draft.statements[0].quotes[0].text == "Kettle trains once a day."
