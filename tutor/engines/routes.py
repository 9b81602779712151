"""The name of a model and the settings in; a LangChain chat model out, ready to stream, bound to the answer's form.

Clients neither retry nor wait longer than the engine does: both are the engine's business. What is missing (a package,
a key, credentials) raises `EngineError` with the next step.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from pydantic import ValidationError

from tutor.engines.llm import MOST_TOKENS_OUT, ChatModel
from tutor.engines.output import answer_schema
from tutor.errors import EngineError
from tutor.settings import ModelSetting, Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

NO_KEY = "no-key"
"""Sent to servers of one's own that ask for none; a provider's key must never reach another server."""
OLLAMA_CONTEXT = 16_384
"""Tokens: Ollama's own default is so short that it would cut off the rules at the top without a word."""

_CHOOSES_ITSELF = re.compile(r"openai:|google_genai:(?!gemini-[12]\b)")
"""Models that refuse a temperature, or answer worse with one: OpenAI's own, and Gemini from the third generation on."""


def open_chat_model(model: ModelSetting, settings: Settings, schema: Mapping[str, Any] | None = None) -> ChatModel:
    """Make the client of a model, which keeps to the form of answers, or of `schema`. No call is made yet."""
    provider, _, name = model.name.partition(":")
    try:
        if provider == "huggingface":
            from tutor.engines.in_process import load_in_process

            return cast(ChatModel, load_in_process(name))
        return _bound(provider, _client(model, settings), schema or answer_schema())
    except EngineError:
        raise
    except ImportError as error:
        raise EngineError(f"its package is not installed ({error})") from error
    except Exception as error:  # each library has its own way to say that something is missing
        raise EngineError(_what_is_missing(model, error)) from error


def _client(model: ModelSetting, settings: Settings) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {**_options(model, settings)}
    if not _CHOOSES_ITSELF.match(model.name) or model.url:
        options["temperature"] = 0
    return cast("BaseChatModel", init_chat_model(model.name, **options))


def _options(model: ModelSetting, settings: Settings) -> Mapping[str, Any]:
    """What each provider's client is told, in its own words."""
    provider = model.name.partition(":")[0]
    seconds = settings.model_seconds
    address = {"base_url": model.url} if model.url else {}
    key = {"api_key": settings.model_key or NO_KEY} if model.url else {}
    if provider == "google_genai":
        logging.getLogger("langchain_google_genai").setLevel(logging.ERROR)  # what it warns of is told to the reader
        known = {"max_tokens": MOST_TOKENS_OUT, "timeout": seconds, "max_retries": 1, **address}
        if settings.google_project:
            place = {"project": settings.google_project, "location": settings.google_region}
            return {**known, "vertexai": True, **place}
        return {**known, "vertexai": False, **key}
    if provider == "ollama":
        asks_key = bool(model.url and settings.model_key)
        headers = {"headers": {"Authorization": f"Bearer {settings.model_key}"}} if asks_key else {}
        size = {"num_ctx": OLLAMA_CONTEXT, "num_predict": MOST_TOKENS_OUT}
        return {**size, "client_kwargs": {"timeout": seconds, **headers}, **address}
    if provider == "openai":
        return {
            **{"max_tokens": MOST_TOKENS_OUT, "timeout": seconds, "max_retries": 0, "stream_usage": True},
            **{"use_responses_api": False, **address, **key},
        }
    return {**address, **key}


def _bound(provider: str, client: BaseChatModel, schema: Mapping[str, Any]) -> ChatModel:
    """Ask the server to keep to the form, where it can; the prompt asks for it anyway."""
    bindings: dict[str, dict[str, Any]] = {
        "google_genai": {"response_mime_type": "application/json", "response_json_schema": schema},
        "ollama": {"format": schema},
        "openai": {
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "answer", "schema": schema, "strict": True},
            }
        },
    }
    return cast(ChatModel, client.bind(**bindings.get(provider, {})))


def _what_is_missing(model: ModelSetting, error: Exception) -> str:
    """Say it without the settings themselves, which hold keys."""
    faults = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
    detail = " ".join(faults.split())[:200]
    if "key" in detail.lower():
        return (
            f"its key is missing ({detail}); set the provider's variable, such as GOOGLE_API_KEY or OPENAI_API_KEY, or "
            "TUTOR_GOOGLE_PROJECT for Gemini through Google Cloud"
        )
    return f"{model.name} cannot be set up ({detail})"
