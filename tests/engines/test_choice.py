"""Choosing who drafts: through the tutor, the command line and the doctor, with a model on loopback."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import NOON, SMALL_CORPUS
from tests.engines.scripted import quoting_ollama
from tests.engines.servers import ModelServer, Saying, serving
from tutor.errors import UnknownEngineError
from tutor.flow import Tutor
from tutor.settings import ModelSetting, Price, Settings

MODEL = "ollama:gemma3"
QUESTION = "What is Kettle?"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serving("ollama", Saying(quoting_ollama)) as running:
        yield running


def tutor_with(settings: Settings, server: ModelServer, tmp_path: Path, **changes: object) -> Tutor:
    models = (ModelSetting(MODEL, server.url, Price(0.3, 2.5)),)
    url = f"sqlite:///{tmp_path / 'tutor.sqlite'}"
    return Tutor(replace(settings, models=models, database_url=url, **changes), clock=lambda: NOON)  # type: ignore[arg-type]


@pytest.fixture
def tutor_of_two(small_settings: Settings, server: ModelServer, tmp_path: Path) -> Iterator[Tutor]:
    made = tutor_with(small_settings, server, tmp_path)
    yield made
    made.close()


def test_offline_drafts_unless_a_model_is_asked_for(tutor_of_two: Tutor, server: ModelServer) -> None:
    assert tutor_of_two.engines() == ("offline", MODEL)
    assert tutor_of_two.ask(QUESTION).answer.engine == "offline"
    assert server.asked == []
    reply = tutor_of_two.ask(QUESTION, engine=MODEL)
    assert reply.answer.engine == MODEL
    assert reply.answer.statements
    assert reply.answer.citations


def test_the_settings_choose(small_settings: Settings, server: ModelServer, tmp_path: Path) -> None:
    tutor = tutor_with(small_settings, server, tmp_path, engine=MODEL)
    assert tutor.ask(QUESTION).answer.engine == MODEL
    assert tutor.ask(QUESTION, engine="offline").answer.engine == "offline"
    tutor.close()


def test_an_unknown_engine_is_named_with_those_there_are(tutor_of_two: Tutor) -> None:
    with pytest.raises(UnknownEngineError, match="only: offline, ollama:gemma3") as caught:
        tutor_of_two.ask(QUESTION, engine="ollama:llama")
    assert caught.value.exit_code == 2


def test_what_calls_took_is_kept_with_the_answer_and_in_total(tutor_of_two: Tutor) -> None:
    reply = tutor_of_two.ask(QUESTION, engine=MODEL)
    tutor_of_two.ask(QUESTION, engine=MODEL)
    today, in_all = tutor_of_two.spent()
    assert today == in_all
    assert (today.calls, today.tokens_in, today.tokens_out) == (2, 1400, 200)
    assert today.cost_micro_usd == pytest.approx(920)
    kept = tutor_of_two.conversations.turns(reply.conversation)[0].answer["model"]
    assert kept["cost_usd"] == pytest.approx(0.00046)
    assert len(kept["prompt"]) == 16


def test_the_days_limit_counts_what_was_spent_before(
    small_settings: Settings, server: ModelServer, tmp_path: Path
) -> None:
    tutor = tutor_with(small_settings, server, tmp_path, spending_limit_usd=0.0225)
    assert tutor.ask(QUESTION, engine=MODEL).answer.engine == MODEL
    tutor._ground.clock = lambda: NOON.replace(hour=23)
    reply = tutor.ask(QUESTION, engine=MODEL)
    for _ in range(20):
        if reply.answer.engine == "offline":
            break
        reply = tutor.ask(QUESTION, engine=MODEL)
    assert "spending limit of $0.0225 a day leaves no room" in reply.answer.note
    assert tutor.spent()[0].cost_micro_usd <= 22_500
    tutor._ground.clock = lambda: NOON.replace(day=21)
    assert tutor.ask(QUESTION, engine=MODEL).answer.engine == MODEL
    tutor.close()


def test_threads_share_one_client(tutor_of_two: Tutor, server: ModelServer) -> None:
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda _: tutor_of_two.ask(QUESTION, engine=MODEL), range(8)))
    assert {reply.answer.engine for reply in replies} == {MODEL}
    assert tutor_of_two.spent()[0].calls == 8


def test_outside_the_corpus_no_model_is_asked(tutor_of_two: Tutor, server: ModelServer) -> None:
    assert tutor_of_two.ask("Who won the football world cup in 1998?", engine=MODEL).answer.refused
    assert server.asked == []


def test_the_offline_engine_loads_no_model_library(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom tutor.flow import Tutor\nfrom tutor.settings import load_settings\n"
        "tutor = Tutor(load_settings()); tutor.ask('What is Kettle?'); tutor.close()\nprint(*sys.modules)"
    )
    environment = {
        **os.environ,
        "TUTOR_HOME": str(tmp_path),
        "TUTOR_CORPUS": str(SMALL_CORPUS),
        "TUTOR_MODEL": "google_genai:gemini-3.5-flash",
    }
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, cwd=root)
    loaded = {name.split(".")[0] for name in run.stdout.split()}
    assert "tutor" in loaded
    assert not loaded & {"langchain", "langchain_core", "langchain_google_genai", "openai", "ollama", "transformers"}


class TestCommandLine:
    def run(self, tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tutor.cli", *arguments],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "TUTOR_HOME": str(tmp_path / "home"), "TUTOR_CORPUS": str(SMALL_CORPUS), **environment},
        )

    def test_ask_takes_an_engine(self, tmp_path: Path, server: ModelServer) -> None:
        result = self.run(tmp_path, "ask", QUESTION, "--engine", MODEL, "--json", TUTOR_MODEL=f"{MODEL}@{server.url}")
        reply = json.loads(result.stdout)
        assert (reply["engine"], reply["note"], reply["refused"]) == (MODEL, "", False)
        assert reply["model"] == {
            "name": MODEL,
            "prompt": reply["model"]["prompt"],
            "calls": 1,
            "tokens_in": 700,
            "tokens_out": 100,
            "estimated": False,
            "cost_usd": None,
        }

    def test_what_a_model_took_is_said(self, tmp_path: Path, server: ModelServer) -> None:
        result = self.run(tmp_path, "ask", QUESTION, TUTOR_ENGINE=f"{MODEL}@{server.url}")
        assert "700 + 100 tokens, price unknown" in " ".join(result.stdout.split())

    def test_a_model_out_of_reach_is_said_and_the_offline_engine_answers(self, tmp_path: Path) -> None:
        result = self.run(tmp_path, "ask", QUESTION, TUTOR_ENGINE=f"{MODEL}@http://127.0.0.1:1")
        said = " ".join(result.stdout.split())
        assert result.returncode == 0
        assert "Kettle is a made-up forecasting service" in said
        assert f"{MODEL} did not draft this: its server cannot be reached" in said
        assert "offline engine answered instead" in said

    def test_an_unknown_engine_cannot_be_used(self, tmp_path: Path) -> None:
        result = self.run(tmp_path, "ask", QUESTION, "--engine", "ollama:llama")
        assert result.returncode == 2
        assert "tutor: No engine ollama:llama is set up, only: offline." in result.stderr

    def test_the_doctor_lets_each_model_answer(self, tmp_path: Path) -> None:
        with serving("ollama", Saying(quoting_ollama)) as good, serving("openai", Saying(status=401)) as bad:
            models = f"{MODEL}@{good.url},openai:qwen3@{bad.url}"
            result = self.run(tmp_path, "doctor", "--json", TUTOR_MODEL=models, TUTOR_MODEL_PRICES=f"{MODEL}=0/0")
        findings = json.loads(result.stdout)["findings"]
        engines = [finding for finding in findings if finding["what"] == "Engine"]
        assert [finding["state"] for finding in engines] == ["fine", "fine", "broken"]
        assert engines[1]["state_of_things"].startswith(f"{MODEL}: answered with citations that hold, in ")
        assert "does not accept the key" in engines[2]["state_of_things"]
        (spending,) = [finding for finding in findings if finding["what"] == "Spending"]
        assert "for 2 calls, 700 + 100 tokens, 1 calls of unknown price" in spending["state_of_things"]
        assert result.returncode == 1

    def test_the_doctor_says_when_answers_cannot_be_used(self, tmp_path: Path) -> None:
        wrong = json.dumps({"statements": [{"text": "It sings.", "citations": [{"passage": 1, "quote": "It sings."}]}]})
        with serving("ollama", Saying(wrong)) as server:
            result = self.run(tmp_path, "doctor", TUTOR_MODEL=f"{MODEL}@{server.url}")
        assert "not to use: quote not in passage" in " ".join(result.stdout.split())
