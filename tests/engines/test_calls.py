import threading
import time
from collections.abc import Iterator

import pytest
from langchain_core.messages import AIMessageChunk

from tutor.engines.calls import CallError, listen


def words(*pieces: str, pause: float = 0.0, closed: threading.Event | None = None) -> Iterator[AIMessageChunk]:
    try:
        for piece in pieces:
            yield AIMessageChunk(content=piece)
            time.sleep(pause)
    finally:
        if closed:
            closed.set()


def heard(stream: Iterator[AIMessageChunk], silence: float = 1.0, total: float = 5.0):
    return listen(lambda: stream, silence_seconds=silence, total_seconds=total)


def test_pieces_are_put_together() -> None:
    assert heard(words("a", "b", "c")).text == "abc"


def test_silence_ends_the_listening_early_and_closes_the_stream() -> None:
    closed = threading.Event()
    begun = time.monotonic()
    with pytest.raises(CallError) as caught:
        heard(words("abc", "def", pause=3, closed=closed), silence=0.5)
    assert time.monotonic() - begun < 2.5
    assert caught.value.outcome == "timed out"
    assert "after 3 characters" in str(caught.value)
    assert caught.value.heard.text == "abc"
    assert closed.wait(10)


def test_a_trickle_does_not_outlast_the_whole_time() -> None:
    begun = time.monotonic()
    with pytest.raises(CallError, match="not done within"):
        heard(words(*"abcdefghijklmnopqrstuvwxyz" * 4, pause=0.05), silence=3, total=0.3)
    assert time.monotonic() - begun < 3


def test_content_blocks_yield_their_text_alone() -> None:
    def blocks() -> Iterator[AIMessageChunk]:
        yield AIMessageChunk(content=[{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "tea"}])

    assert heard(blocks()).text == "tea"


def test_what_a_library_raises_is_named() -> None:
    class SomeConnectError(Exception):
        pass

    def unreachable() -> Iterator[AIMessageChunk]:
        raise SomeConnectError("refused")
        yield

    with pytest.raises(CallError, match="cannot be reached") as caught:
        heard(unreachable())
    assert caught.value.outcome == "unreachable"


def test_a_delay_in_googles_form_is_read() -> None:
    class ClientError(Exception):
        code = 429

    def busy() -> Iterator[AIMessageChunk]:
        raise ClientError("{'@type': 'type.googleapis.com/google.rpc.RetryInfo', 'retryDelay': '17s'}")
        yield

    with pytest.raises(CallError) as caught:
        heard(busy())
    assert (caught.value.outcome, caught.value.retry_after) == ("rate limited", 17.0)
