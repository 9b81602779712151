"""Each route through its real client library, against servers on loopback that speak its wire format.

No real service is reached: these tests hold what the clients send, and what the engine makes of what comes back.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.engines.scripted import GOOD, OTHER, PASSAGE, said
from tests.engines.servers import Format, ModelServer, Saying, serving
from tutor.answer.answer import Answer, answer_from
from tutor.engines.breaker import Breaker
from tutor.engines.llm import LanguageModelEngine, Surroundings
from tutor.engines.offline import OfflineEngine
from tutor.engines.routes import open_chat_model
from tutor.engines.spending import ModelCall, SpendingLimit
from tutor.errors import EngineError
from tutor.settings import ModelSetting, Price, Settings, load_settings

QUESTION = "How often does Kettle train?"
PASSAGES = [PASSAGE, OTHER]


@dataclass(frozen=True)
class Route:
    """A way to a model."""

    name: str
    form: Format
    model: str
    environment: tuple[tuple[str, str], ...] = ()


ROUTES = [
    Route(
        "gemini-on-google-cloud",
        "gemini",
        "google_genai:gemini-3.5-flash",
        (("TUTOR_GOOGLE_PROJECT", "some-project"), ("TUTOR_GOOGLE_REGION", "europe-west4")),
    ),
    Route("gemini-by-key", "gemini", "google_genai:gemini-3.5-flash", (("TUTOR_MODEL_KEY", "some-key"),)),
    Route("ollama", "ollama", "ollama:gemma3"),
    Route("openai-compatible", "openai", "openai:qwen3", (("TUTOR_MODEL_KEY", "some-key"),)),
]


@pytest.fixture(params=ROUTES, ids=lambda route: route.name)
def route(request: pytest.FixtureRequest) -> Route:
    return request.param


@pytest.fixture(scope="session")
def private_key() -> str:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(*form).decode()


@pytest.fixture(autouse=True)
def _keys_that_must_not_travel(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's keys for the real services never reach another server."""
    for name in ("GOOGLE_API_KEY", "GEMINI_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, "a-real-key")
    for name in ("OLLAMA_HOST", "GOOGLE_CLOUD_PROJECT", "GOOGLE_GENAI_USE_VERTEXAI", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_GCE_CHECK", "true")


@pytest.fixture
def credentials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, private_key: str) -> Callable[[ModelServer], None]:
    """Application-default credentials of a service account whose tokens the loopback server hands out."""

    def write(server: ModelServer) -> None:
        account = {
            "type": "service_account",
            "client_email": "tutor@some-project.example",
            "private_key": private_key,
            "private_key_id": "1",
            "project_id": "another-project",
            "token_uri": f"{server.url}/token",
        }
        path = tmp_path / "credentials.json"
        path.write_text(json.dumps(account), encoding="utf-8")
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))

    return write


def settings_of(route: Route) -> Settings:
    return load_settings(dict(route.environment))


@pytest.fixture
def asking(route: Route, credentials: Callable[[ModelServer], None]):
    """Ask through a route; a server says what it is told to."""

    @contextmanager
    def asking(*sayings: Saying, seconds: float = 10.0) -> Iterator[tuple[ModelServer, Answer, list[ModelCall]]]:
        calls: list[ModelCall] = []
        with serving(route.form, *sayings) as server:
            credentials(server)
            engine = LanguageModelEngine(
                name=route.model,
                open_model=lambda: open_chat_model(ModelSetting(route.model, server.url), settings_of(route)),
                limit=SpendingLimit(None, lambda: 0.0),
                breaker=Breaker(time.monotonic),
                price=Price(0.3, 2.5),
                seconds=seconds,
                around=Surroundings(record=calls.append, sleep=lambda _: None),
            )
            yield server, answer_from(QUESTION, PASSAGES, engine, OfflineEngine()), calls

    return asking


def outcomes(calls: list[ModelCall]) -> list[str]:
    return [call.outcome for call in calls]


def assert_offline(answer: Answer, why: str) -> None:
    assert answer.engine == "offline"
    assert "Kettle trains once a day." in answer.text
    assert why in answer.note


def test_a_good_answer(asking, route: Route) -> None:
    with asking(Saying(GOOD)) as (server, answer, calls):
        assert answer.text == "Kettle trains once a day. [1]"
        assert (answer.engine, answer.note) == (route.model, "")
        assert outcomes(calls) == ["answered"]
        assert (calls[0].tokens_in, calls[0].tokens_out, calls[0].estimated) == (700, 100, False)
        assert calls[0].cost_micro_usd == pytest.approx(460)
        sent = json.dumps(server.asked[0].body)
        assert QUESTION in sent
        assert "Samovar reads pictures" in sent
        assert "a-real-key" not in sent + json.dumps(dict(server.asked[0].headers))


def test_malformed_json_is_repaired(asking) -> None:
    with asking(Saying(GOOD[:30]), Saying("Sorry, here: {"), Saying(GOOD)) as (server, answer, calls):
        assert answer.text == "Kettle trains once a day. [1]"
        assert outcomes(calls) == ["malformed", "malformed", "answered"]
        assert "one complete JSON object" in json.dumps(server.asked[1].body)
        assert answer.usage
        assert answer.usage.tokens_in == 2100


def test_malformed_json_for_good_goes_to_the_offline_engine(asking) -> None:
    with asking(Saying("I would rather chat.")) as (server, answer, _):
        assert len(server.asked) == 3
        assert_offline(answer, "could not be used, also after 2 repairs")


def test_wrong_quotes_are_dropped(asking, route: Route) -> None:
    text = said(("Kettle trains hourly.", 1, "Kettle trains hourly."), ("Kettle trains once a day.", 1, PASSAGE.text))
    with asking(Saying(text)) as (_, answer, _):
        assert [statement.text for statement in answer.statements] == ["Kettle trains once a day."]
        assert answer.dropped == ("quote not in passage",)
        assert answer.engine == route.model


def test_an_unknown_passage_is_repaired(asking) -> None:
    with asking(Saying(said(("Kettle trains.", 7, "Kettle trains."))), Saying(GOOD)) as (server, answer, calls):
        assert answer.text == "Kettle trains once a day. [1]"
        assert outcomes(calls) == ["malformed", "answered"]
        assert "only passages 1 to 2" in json.dumps(server.asked[1].body)


def test_too_many_requests_are_waited_out(asking) -> None:
    with asking(Saying(status=429, headers={"Retry-After": "1"}), Saying(GOOD)) as (_, answer, calls):
        assert answer.text == "Kettle trains once a day. [1]"
        assert outcomes(calls) == ["rate limited", "answered"]


def test_a_wait_that_is_too_long_is_said(asking) -> None:
    with asking(Saying(status=429, headers={"Retry-After": "3600"})) as (server, answer, _):
        assert len(server.asked) == 1
        assert_offline(answer, "(429) and wants 3600 s of rest")


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_that_fails_is_asked_again(asking, status: int) -> None:
    with asking(Saying(status=status), Saying(GOOD)) as (_, answer, calls):
        assert answer.text == "Kettle trains once a day. [1]"
        assert outcomes(calls) == ["failed", "answered"]


def test_a_server_that_keeps_failing_is_given_up(asking) -> None:
    with asking(Saying(status=500)) as (server, answer, calls):
        assert len(server.asked) == 3
        assert_offline(answer, "its server failed (500)")
        assert all(call.cost_micro_usd == 0 for call in calls)


@pytest.mark.parametrize(
    ("status", "says"),
    [(400, "does not accept the request"), (401, "key"), (403, "key"), (404, "does not know that model")],
)
def test_a_request_that_is_refused_is_not_repeated(asking, status: int, says: str) -> None:
    with asking(Saying(status=status)) as (server, answer, calls):
        assert len(server.asked) == 1
        assert outcomes(calls) == ["rejected"]
        assert_offline(answer, says)


def test_a_silent_server_is_not_waited_for(asking) -> None:
    begun = time.monotonic()
    with asking(Saying(GOOD, silent_seconds=3), seconds=1.2) as (_, answer, calls):
        assert time.monotonic() - begun < 3 + 3  # importing a client may take long; waiting does not
        assert set(outcomes(calls)) == {"timed out"}
        assert sum(call.seconds for call in calls) < 2.8
        assert_offline(answer, "did not draft this")
        assert calls[0].estimated
        assert calls[0].cost_micro_usd


def test_a_server_that_falls_silent_midway_is_not_waited_for(asking) -> None:
    with asking(Saying(GOOD, pause_seconds=1.5), Saying(GOOD), seconds=3) as (_, answer, calls):
        assert outcomes(calls) == ["timed out", "answered"]
        assert answer.text == "Kettle trains once a day. [1]"


@pytest.mark.parametrize("cut", [Saying(GOOD, cut_after=2), Saying(GOOD[:50], ends=False)], ids=["broken", "unended"])
def test_a_stream_cut_midway_is_asked_for_again(asking, cut: Saying) -> None:
    with asking(cut, Saying(GOOD)) as (_, answer, calls):
        assert outcomes(calls) == ["cut", "answered"]
        assert answer.text == "Kettle trains once a day. [1]"


def test_a_stream_that_stays_cut_shows_nothing_of_it(asking) -> None:
    with asking(Saying(GOOD, cut_after=2)) as (_, answer, calls):
        assert outcomes(calls) == ["cut"] * 3
        assert_offline(answer, "the connection broke off")


def test_an_empty_answer_is_repaired(asking) -> None:
    with asking(Saying(""), Saying(GOOD)) as (_, answer, calls):
        assert outcomes(calls) == ["empty", "answered"]
        assert answer.text == "Kettle trains once a day. [1]"


def test_a_stream_of_nothing_was_cut(asking) -> None:
    with asking(Saying("", ends=False), Saying(GOOD)) as (_, answer, calls):
        assert outcomes(calls) == ["cut", "answered"]
        assert answer.text == "Kettle trains once a day. [1]"


def test_a_refusal_or_safety_block_goes_to_the_offline_engine(asking, route: Route) -> None:
    with asking(Saying(GOOD, declines=True)) as (server, answer, calls):
        if route.form == "ollama":  # it has no form for a refusal: words in the wrong form are repaired first
            assert outcomes(calls) == ["malformed"] * 3
            assert_offline(answer, "could not be used")
        else:
            assert (outcomes(calls), len(server.asked)) == (["declined"], 1)
            assert_offline(answer, "declined to answer")


def test_a_block_midway_goes_to_the_offline_engine(asking, route: Route) -> None:
    finish = {"gemini": "SAFETY", "ollama": "content_filter", "openai": "content_filter"}[route.form]
    with asking(Saying(GOOD, finish=finish)) as (_, answer, calls):
        assert outcomes(calls) == ["declined"]
        assert_offline(answer, "declined to answer")


def test_an_answer_stopped_for_length_is_asked_for_again(asking, route: Route) -> None:
    finish = "MAX_TOKENS" if route.form == "gemini" else "length"
    with asking(Saying(GOOD[:60], finish=finish), Saying(GOOD)) as (server, answer, calls):
        assert outcomes(calls) == ["malformed", "answered"]
        assert "be brief" in json.dumps(server.asked[1].body)
        assert answer.text == "Kettle trains once a day. [1]"


def test_without_counts_tokens_are_estimated(asking) -> None:
    with asking(Saying(GOOD, counts=False)) as (_, answer, calls):
        assert calls[0].estimated
        assert calls[0].tokens_in > 300
        assert answer.usage
        assert answer.usage.cost_micro_usd


def test_what_each_client_sends(asking, route: Route) -> None:
    with asking(Saying(GOOD)) as (server, _, _):
        (asked,) = server.asked
        headers = {name.lower(): value for name, value in asked.headers.items()}
        if route.name == "gemini-on-google-cloud":
            place = "projects/some-project/locations/europe-west4/publishers/google"
            assert asked.path == f"/v1beta1/{place}/models/gemini-3.5-flash:streamGenerateContent?alt=sse"
            assert headers["authorization"] == "Bearer loopback-token"
            assert "x-goog-api-key" not in headers
        if route.name == "gemini-by-key":
            assert asked.path == "/v1beta/models/gemini-3.5-flash:streamGenerateContent?alt=sse"
            assert headers["x-goog-api-key"] == "some-key"
        if route.form == "gemini":
            form = asked.body["generationConfig"]
            assert form["responseMimeType"] == "application/json"
            assert form["responseJsonSchema"]["required"] == ["statements"]
        if route.form == "ollama":
            assert asked.path == "/api/chat"
            assert asked.body["format"]["required"] == ["statements"]
            assert asked.body["options"]["num_ctx"] == 16_384
            assert asked.body["stream"] is True
            assert "authorization" not in headers
        if route.form == "openai":
            assert asked.path == "/v1/chat/completions"
            assert asked.body["response_format"]["json_schema"]["strict"] is True
            assert asked.body["stream_options"] == {"include_usage": True}
            assert headers["authorization"] == "Bearer some-key"


class TestWhatIsMissing:
    """Said with the next step, before or instead of a call."""

    def problem(self, name: str, **environment: str) -> str:
        with pytest.raises(EngineError) as caught:
            open_chat_model(ModelSetting(name), load_settings(environment))
        return str(caught.value)

    @pytest.mark.parametrize(
        ("name", "variable"), [("google_genai:gemini-3.5-flash", "GOOGLE_API_KEY"), ("openai:gpt-5", "OPENAI_API_KEY")]
    )
    def test_a_key(self, monkeypatch: pytest.MonkeyPatch, name: str, variable: str) -> None:
        for other in ("GOOGLE_API_KEY", "GEMINI_API_KEY", "OPENAI_API_KEY"):
            monkeypatch.delenv(other)
        said = self.problem(name)
        assert "its key is missing" in said
        assert variable in said
        assert "input_value" not in said

    def test_a_package(self) -> None:
        assert "langchain-anthropic" in self.problem("anthropic:claude-sonnet-4-5")

    def test_a_provider(self) -> None:
        assert "cannot be set up" in self.problem("acme:model")

    def test_a_folder(self) -> None:
        assert "transformers cannot load /nowhere" in self.problem("huggingface:/nowhere")

    def test_credentials_of_google_cloud(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "none.json"))
        settings = load_settings({"TUTOR_GOOGLE_PROJECT": "some-project"})
        name = "google_genai:gemini-3.5-flash"
        engine = LanguageModelEngine(
            name=name,
            open_model=lambda: open_chat_model(ModelSetting(name), settings),
            limit=SpendingLimit(None, lambda: 0.0),
            breaker=Breaker(time.monotonic),
        )
        assert "gcloud auth application-default login" in engine.draft_answer(QUESTION, [PASSAGE]).gave_up

    def test_a_server(self) -> None:
        model = ModelSetting("ollama:gemma3", "http://127.0.0.1:1")
        engine = LanguageModelEngine(
            name=model.name,
            open_model=lambda: open_chat_model(model, load_settings({})),
            limit=SpendingLimit(None, lambda: 0.0),
            breaker=Breaker(time.monotonic),
            around=Surroundings(sleep=lambda _: None),
        )
        assert "cannot be reached" in engine.draft_answer(QUESTION, [PASSAGE]).gave_up
