"""One call to a language model: read as it streams, given up early when it falls silent, and its failures named.

In goes what starts the stream; out comes what was heard. `CallError` says how it failed, whether another attempt may
help, and how long the server asked to be left alone.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any

from tutor.engines.spending import Outcome

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk

Writing = Callable[[int], None]
"""Told how many characters a model has written so far."""

LONGEST_ANSWER = 40_000
"""Characters after which a model is no longer listened to."""

PASSING: frozenset[Outcome] = frozenset({"cut", "timed out", "rate limited", "failed", "unreachable"})
"""Failures that another attempt may overcome."""

_LENGTH = {"length", "max_tokens", "max_output_tokens"}
_BLOCKED = re.compile(r"safety|blocklist|prohibited|recitation|spii|content_filter|refusal|blocked", re.IGNORECASE)
_RETRY_DELAY = re.compile(r"retryDelay\W+(\d+(?:\.\d+)?)s")


@dataclass
class Heard:
    """What a model said, as far as it was heard."""

    pieces: list[str] = field(default_factory=list)
    characters: int = 0
    finish: str = ""
    """The server's word for why the model ended; empty if it gave none."""
    declined: str = ""
    """Why the model or its safety filter would not answer."""
    tokens_in: int = 0
    tokens_out: int = 0

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.pieces)

    @property
    def is_too_long(self) -> bool:
        """Whether the model was stopped for length, by its server or here."""
        return self.finish in _LENGTH or self.characters > LONGEST_ANSWER

    def add(self, chunk: AIMessageChunk) -> None:
        """Take in one chunk."""
        text = str(chunk.text)
        self.pieces.append(text)
        self.characters += len(text)
        if chunk.usage_metadata:
            self.tokens_in += chunk.usage_metadata["input_tokens"]
            self.tokens_out += chunk.usage_metadata["output_tokens"]
        about: dict[str, Any] = chunk.response_metadata
        reason = str(about.get("finish_reason") or about.get("done_reason") or about.get("stop_reason") or "").lower()
        self.finish = reason or self.finish
        feedback = about.get("prompt_feedback") or {}
        blocked = feedback.get("block_reason") if isinstance(feedback, dict) else ""
        refusal = chunk.additional_kwargs.get("refusal") or (reason if _BLOCKED.search(reason) else "")
        if blocked or refusal:
            self.declined = str(getattr(blocked, "name", blocked) or refusal)[:200]


class CallError(Exception):
    """A call that brought nothing to use."""

    def __init__(self, outcome: Outcome, what: str, heard: Heard, retry_after: float | None = None) -> None:
        super().__init__(what)
        self.outcome = outcome
        self.heard = heard
        self.retry_after = retry_after


def listen(
    start: Callable[[], Iterator[AIMessageChunk]],
    *,
    silence_seconds: float,
    total_seconds: float,
    writing: Writing | None = None,
) -> Heard:
    """Read the stream that `start` opens, in a thread of its own, so that a silent server cannot hold anyone up."""
    heard = Heard()
    arriving: SimpleQueue[AIMessageChunk | BaseException | None] = SimpleQueue()
    stopped = threading.Event()
    threading.Thread(target=_read, args=(start, arriving, stopped), name="model", daemon=True).start()
    ends_at = monotonic() + total_seconds
    try:
        while True:
            patience = min(silence_seconds, ends_at - monotonic())
            try:
                chunk = arriving.get(timeout=max(patience, 0.0))
            except Empty:
                raise CallError("timed out", _said_nothing(heard, silence_seconds, total_seconds), heard) from None
            if chunk is None or heard.characters > LONGEST_ANSWER:
                return heard
            if isinstance(chunk, BaseException):
                if heard.finish in _LENGTH:  # OpenAI's client raises after it has passed on everything
                    return heard
                raise _translated(chunk, heard) from chunk
            heard.add(chunk)
            if writing and heard.characters:
                writing(heard.characters)
    finally:
        stopped.set()


def _read(
    start: Callable[[], Iterator[AIMessageChunk]],
    arriving: SimpleQueue[AIMessageChunk | BaseException | None],
    stopped: threading.Event,
) -> None:
    try:
        with closing(start()) as chunks:  # type: ignore[type-var]  # LangChain's streams are generators
            for chunk in chunks:
                if stopped.is_set():
                    return
                arriving.put(chunk)
        arriving.put(None)
    except BaseException as error:  # whatever it is belongs to the thread that waits
        arriving.put(error)


def _said_nothing(heard: Heard, silence_seconds: float, total_seconds: float) -> str:
    if heard.characters:
        return f"it fell silent after {heard.characters} characters, or was not done within {total_seconds:.0f} s"
    return f"it said nothing for {min(silence_seconds, total_seconds):.3g} s"


def _translated(error: BaseException, heard: Heard) -> CallError:
    """Name what a client library raised; the libraries agree on little but HTTP's status codes."""
    status, retry_after = _status_and_wait(error)
    outcome, what = _named(error, status, heard)
    return CallError(outcome, what, heard, retry_after)


def _named(error: BaseException, status: int | None, heard: Heard) -> tuple[Outcome, str]:
    names = {kind.__name__ for one in _chain(error) for kind in type(one).__mro__}
    detail = _detail(error)
    if "ContentFilterFinishReasonError" in names:
        return "declined", "its content filter declined to answer"
    if status == 429:
        return "rate limited", "it is asked too much at the moment (429)"
    if names & {"DefaultCredentialsError", "RefreshError"}:
        return "rejected", f"Google Cloud credentials are missing: `gcloud auth application-default login` ({detail})"
    if status in (401, 403):
        return "rejected", f"it does not accept the key or the credentials ({detail})"
    if status == 404:
        return "rejected", f"its server does not know that model ({detail})"
    if status and status >= 500:
        return "failed", f"its server failed ({status})"
    if status:
        return "rejected", f"its server does not accept the request ({status}: {detail})"
    if any("Timeout" in name for name in names):
        return "timed out", "its server did not answer in time"
    if names & {"RemoteProtocolError", "ReadError", "IncompleteRead", "ChunkedEncodingError"} or (
        heard.characters and names & {"JSONDecodeError", "UnknownApiResponseError", "ConnectionError"}
    ):
        return "cut", "the connection broke off"
    if any("Connect" in name or "Transport" in name for name in names):
        return "unreachable", f"its server cannot be reached ({detail})"
    if "No generation chunks" in detail or "No data received" in detail:
        return "cut", "it said nothing and broke off"
    return "rejected", detail


def _detail(error: BaseException) -> str:
    """What the server or library said, without the wrapping that libraries put around it."""
    said = (getattr(one, name, None) for one in _chain(error) for name in ("error", "message"))
    text = next((word for word in said if isinstance(word, str) and word.strip()), str(error))
    return " ".join(text.split())[:300] or type(error).__name__


def _status_and_wait(error: BaseException) -> tuple[int | None, float | None]:
    status: int | None = None
    wait: float | None = None
    for one in _chain(error):
        response = getattr(one, "response", None)
        for place in (one, response):
            for attribute in ("status_code", "code"):
                found = getattr(place, attribute, None)
                if status is None and isinstance(found, int) and 400 <= found < 600:
                    status = found
        header = getattr(response, "headers", None) or {}
        named = str(header.get("retry-after", "")) or "".join(_RETRY_DELAY.findall(str(one))[:1])
        if wait is None and re.fullmatch(r"\d+(\.\d+)?", named):
            wait = float(named)
    return status, wait


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what led to it, hidden causes too: some libraries hide the response in them."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
