"""A Hugging Face model that runs in this process, as a LangChain chat model.

`huggingface:NAME` or `huggingface:FOLDER` loads any causal language model of transformers, the first time from the hub
unless it is a folder. It is thin on purpose: one prompt in, the likeliest words out, streamed, with tokens counted.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.chat_models import generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import ConfigDict

from tutor.errors import EngineError

MOST_NEW_TOKENS = 1_200
_ROLES = {"system": "system", "human": "user", "ai": "assistant"}


class InProcessChatModel(BaseChatModel):
    """A transformers text-generation pipeline that chats. One answer at a time; others wait."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    pipeline: Any
    most_new_tokens: int = MOST_NEW_TOKENS

    @property
    def _llm_type(self) -> str:
        return "in-process"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002 - LangChain's signature
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> Iterator[ChatGenerationChunk]:
        """Generate in a thread, yield pieces as they come; closing the stream stops the generation."""
        tokenizer = self.pipeline.tokenizer
        inputs = tokenizer(self.prompt(messages), return_tensors="pt", add_special_tokens=False)
        inputs = inputs.to(self.pipeline.model.device)
        count = int(inputs["input_ids"].shape[1])
        self._require_room(count)
        running = _Generation(self.pipeline, inputs, self.most_new_tokens)
        try:
            for piece in running.pieces():
                yield _chunk(piece)
        finally:
            running.stop()
        yield _chunk("", tokens=(count, running.tokens_out), finish="stop" if running.ended_itself else "length")

    def prompt(self, messages: Sequence[BaseMessage]) -> str:
        """The messages as the model's own template writes them; plainly where it has none."""
        turns = [{"role": _ROLES[message.type], "content": str(message.text)} for message in messages]
        tokenizer = self.pipeline.tokenizer
        if tokenizer.chat_template:
            return str(tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True))
        return "\n\n".join(f"{turn['role']}: {turn['content']}" for turn in turns) + "\n\nassistant: "

    def _require_room(self, tokens_in: int) -> None:
        longest = getattr(self.pipeline.model.config, "max_position_embeddings", None)
        if longest and tokens_in >= longest:
            raise EngineError(f"the question with its passages has {tokens_in} tokens and it reads {longest} at most")


class _Generation:
    """A generation under way in a thread of its own."""

    def __init__(self, pipeline: Any, inputs: Any, most_new_tokens: int) -> None:
        from transformers import StoppingCriteria, StoppingCriteriaList, TextIteratorStreamer

        stopped = threading.Event()

        class Stopped(StoppingCriteria):  # type: ignore[misc]  # transformers is untyped
            def __call__(self, *_: Any, **__: Any) -> Any:
                import torch

                return torch.full((1,), stopped.is_set(), device=inputs["input_ids"].device, dtype=torch.bool)

        self._stopped = stopped
        self._pipeline = pipeline
        self._streamer = TextIteratorStreamer(pipeline.tokenizer, skip_prompt=True, skip_special_tokens=True)
        self._error: BaseException | None = None
        self._output: Any = None
        self._start = int(inputs["input_ids"].shape[1])
        room = getattr(pipeline.model.config, "max_position_embeddings", None) or self._start + most_new_tokens
        self._options = {
            **inputs,
            "streamer": self._streamer,
            "stopping_criteria": StoppingCriteriaList([Stopped()]),
            "max_new_tokens": min(most_new_tokens, room - self._start),
            "do_sample": False,
        }
        self._thread = threading.Thread(target=self._run, name="in-process model", daemon=True)

    def _run(self) -> None:
        try:
            with _one_at_a_time(id(self._pipeline)):
                self._output = self._pipeline.model.generate(**self._options)
        except BaseException as error:  # it belongs to the thread that reads
            self._error = error
            self._streamer.end()

    def pieces(self) -> Iterator[str]:
        """The words, as they are generated."""
        self._thread.start()
        yield from self._streamer
        self._thread.join()
        if self._error:
            raise EngineError(f"it failed while generating ({self._error})") from self._error

    def stop(self) -> None:
        """Generate no further."""
        self._stopped.set()

    @property
    def tokens_out(self) -> int:
        """How many tokens were generated."""
        return 0 if self._output is None else int(self._output.shape[1]) - self._start

    @property
    def ended_itself(self) -> bool:
        """Whether the model ended, rather than its allowance."""
        return self.tokens_out < int(self._options["max_new_tokens"])


@cache
def _one_at_a_time(_pipeline: int) -> threading.Lock:
    return threading.Lock()


def _chunk(text: str, tokens: tuple[int, int] | None = None, finish: str = "") -> ChatGenerationChunk:
    message = AIMessageChunk(content=text)
    if tokens:
        message.usage_metadata = {
            "input_tokens": tokens[0],
            "output_tokens": tokens[1],
            "total_tokens": sum(tokens),
        }
    return ChatGenerationChunk(message=message, generation_info={"finish_reason": finish} if finish else None)


def load_in_process(name: str) -> InProcessChatModel:
    """Load a model by its name on the hub or its folder."""
    from transformers import pipeline

    try:
        return InProcessChatModel(pipeline=pipeline("text-generation", model=name))
    except (OSError, ValueError, KeyError) as error:
        detail = " ".join(str(error).split())[:300]
        raise EngineError(f"transformers cannot load {name} ({detail}); name a model of the hub or a folder") from error
