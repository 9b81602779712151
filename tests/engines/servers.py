"""Loopback servers that speak the wire formats of Gemini, Ollama and OpenAI, as far as the tutor's clients need.

A server is given what to say, request by request, good or bad; it keeps what it was asked. Written from the formats'
public descriptions; no recorded traffic.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Format = Literal["gemini", "ollama", "openai"]

PIECE = 40
"""Characters in a streamed piece."""


@dataclass(frozen=True)
class Saying:
    """How one request is answered."""

    text: str | Callable[[Any], str] = ""
    """What it says, or what makes that of the request's body."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    complaint: Any = None
    """The body that goes with a bad status."""
    silent_seconds: float = 0.0
    """Before the first piece."""
    pause_seconds: float = 0.0
    """After each piece."""
    cut_after: int | None = None
    """The connection breaks after so many pieces."""
    ends: bool = True
    """Whether the stream says that it is done."""
    declines: bool = False
    finish: str = ""
    """Another reason to end than being done."""
    counts: bool = True
    """Whether tokens are counted."""


@dataclass
class Asked:
    """A request as it came."""

    path: str
    headers: Mapping[str, str]
    body: Any


class QuietServer(ThreadingHTTPServer):
    """Says nothing of clients that break off, as they may."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class ModelServer:
    """Says what it is told to, then repeats the last of it."""

    def __init__(self, form: Format, *sayings: Saying) -> None:
        self.form = form
        self.sayings = list(sayings)
        self.asked: list[Asked] = []
        self._server = QuietServer(("127.0.0.1", 0), self._handler())

    @property
    def url(self) -> str:
        """Where it listens, as clients of its kind want it."""
        root = f"http://127.0.0.1:{self._server.server_address[1]}"
        return f"{root}/v1" if self.form == "openai" else root

    def next_saying(self) -> Saying:
        return self.sayings.pop(0) if len(self.sayings) > 1 else self.sayings[0]

    def run(self) -> None:
        self._server.serve_forever(poll_interval=0.02)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers.get("content-length", 0)))
                if self.path == "/token":  # where credentials are exchanged for a token
                    self._whole(200, {"access_token": "loopback-token", "expires_in": 3600, "token_type": "Bearer"})
                    return
                body = json.loads(raw)
                server.asked.append(Asked(self.path, dict(self.headers.items()), body))
                saying = server.next_saying()
                if not isinstance(saying.text, str):
                    saying = replace(saying, text=saying.text(body))
                if saying.status != 200:
                    self._whole(
                        saying.status, saying.complaint or complaint(server.form, saying.status), saying.headers
                    )
                    return
                with suppress(OSError):  # the client may go away
                    self._stream(saying)

            def _whole(self, status: int, body: Any, headers: Mapping[str, str] | None = None) -> None:
                data = json.dumps(body).encode()
                self.send_response(status)
                for name, value in {"content-type": "application/json", **(headers or {})}.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(data)))
                self.send_header("connection", "close")
                self.end_headers()
                self.wfile.write(data)

            def _stream(self, saying: Saying) -> None:
                self.send_response(200)
                kind = "application/x-ndjson" if server.form == "ollama" else "text/event-stream"
                self.send_header("content-type", kind)
                self.send_header("transfer-encoding", "chunked")
                self.send_header("connection", "close")
                self.end_headers()
                time.sleep(saying.silent_seconds)
                for number, event in enumerate(EVENTS[server.form](saying)):
                    if number == saying.cut_after:
                        return  # without the chunk that would end it
                    line = json.dumps(event) if not isinstance(event, str) else event
                    data = (f"{line}\n" if server.form == "ollama" else f"data: {line}\n\n").encode()
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
                    self.wfile.flush()
                    time.sleep(saying.pause_seconds)
                self.wfile.write(b"0\r\n\r\n")

        return Handler


@contextmanager
def serving(form: Format, *sayings: Saying) -> Iterator[ModelServer]:
    """A server while it is needed."""
    server = ModelServer(form, *sayings)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


def complaint(form: Format, status: int) -> Any:
    """An error as a server of this kind words it."""
    text = f"loopback says {status}"
    if form == "ollama":
        return {"error": text}
    if form == "openai":
        return {"error": {"message": text, "type": "loopback", "param": None, "code": None}}
    names = {400: "INVALID_ARGUMENT", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED"}
    return {"error": {"code": status, "message": text, "status": names.get(status, "INTERNAL")}}


def pieces(text: str) -> list[str]:
    return [text[start : start + PIECE] for start in range(0, len(text), PIECE)]


def gemini_events(saying: Saying) -> Iterator[Any]:
    about = {"modelVersion": "gemini-3.5-flash", "responseId": "loopback"}
    counted = {"usageMetadata": {"promptTokenCount": 700, "totalTokenCount": 700}} if saying.counts else {}
    if saying.declines:
        yield {"promptFeedback": {"blockReason": "SAFETY"}, **counted, **about}
        return
    for number, piece in enumerate(pieces(str(saying.text)), 1):
        so_far = {"promptTokenCount": 700, "candidatesTokenCount": number, "totalTokenCount": 700 + number}
        content = {"role": "model", "parts": [{"text": piece}]}
        yield {"candidates": [{"content": content}], **({"usageMetadata": so_far} if saying.counts else {}), **about}
    if saying.ends:
        total = {"promptTokenCount": 700, "candidatesTokenCount": 90, "thoughtsTokenCount": 10, "totalTokenCount": 800}
        content = {"role": "model", "parts": [{"text": ""}]}
        candidate = {"content": content, "finishReason": saying.finish or "STOP"}
        yield {"candidates": [candidate], **({"usageMetadata": total} if saying.counts else {}), **about}


def ollama_events(saying: Saying) -> Iterator[Any]:
    about = {"model": "gemma3", "created_at": "2026-11-20T12:00:00Z"}
    text = "I cannot help with that." if saying.declines else str(saying.text)
    for piece in pieces(text):
        yield {**about, "message": {"role": "assistant", "content": piece}, "done": False}
    if saying.ends:
        counted = {"prompt_eval_count": 700, "eval_count": 100} if saying.counts else {}
        ending = {"done": True, "done_reason": saying.finish or "stop", "total_duration": 5, **counted}
        yield {**about, "message": {"role": "assistant", "content": ""}, **ending}


def openai_events(saying: Saying) -> Iterator[Any]:
    about = {"id": "loopback", "object": "chat.completion.chunk", "created": 1795000000, "model": "qwen3"}

    def chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        return {**about, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}

    yield chunk({"role": "assistant", "content": ""})
    if saying.declines:
        yield chunk({"refusal": "I cannot help with that."})
    else:
        for piece in pieces(str(saying.text)):
            yield chunk({"content": piece})
    if saying.ends:
        yield chunk({}, saying.finish or "stop")
        if saying.counts:
            usage = {"prompt_tokens": 700, "completion_tokens": 100, "total_tokens": 800}
            yield {**about, "choices": [], "usage": usage}
        yield "[DONE]"


EVENTS: dict[Format, Callable[[Saying], Iterator[Any]]] = {
    "gemini": gemini_events,
    "ollama": ollama_events,
    "openai": openai_events,
}
