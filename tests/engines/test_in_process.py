"""The in-process model on a tiny network of random weights, made here: it talks nonsense, but it talks."""

import threading
import time
from pathlib import Path

import pytest

from tests.engines.scripted import OTHER, PASSAGE, engine_of
from tutor.answer.answer import answer_from
from tutor.engines.in_process import InProcessChatModel, load_in_process
from tutor.engines.offline import OfflineEngine
from tutor.engines.routes import open_chat_model
from tutor.errors import EngineError
from tutor.settings import ModelSetting, load_settings

TEMPLATE = "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}<assistant>"
MESSAGES = [("system", "Be brief."), ("human", "What is tea?")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A causal language model of a few thousand random weights, as a folder that transformers loads."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.decoders import ByteLevel as ByteLevelDecoder
    from tokenizers.models import BPE
    from tokenizers.pre_tokenizers import ByteLevel
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    path = tmp_path_factory.mktemp("model")
    vocabulary = {letter: number for number, letter in enumerate(sorted(ByteLevel.alphabet()))}
    vocabulary["<end>"] = len(vocabulary)
    tokenizer = Tokenizer(BPE(vocabulary, []))
    tokenizer.pre_tokenizer = ByteLevel(add_prefix_space=False)
    tokenizer.decoder = ByteLevelDecoder()
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<end>", pad_token="<end>").save_pretrained(path)
    torch.manual_seed(7)
    config = LlamaConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        max_position_embeddings=16_384,
        eos_token_id=None,
        bos_token_id=None,
        pad_token_id=vocabulary["<end>"],
    )
    LlamaForCausalLM(config).save_pretrained(path)
    return path


@pytest.fixture(scope="module")
def model(folder: Path) -> InProcessChatModel:
    loaded = load_in_process(str(folder))
    loaded.most_new_tokens = 24
    return loaded


def test_it_streams_what_it_would_say_at_once(model: InProcessChatModel) -> None:
    streamed = list(model.stream(MESSAGES))
    whole = model.invoke(MESSAGES)
    assert "".join(str(chunk.text) for chunk in streamed) == whole.text
    assert len(whole.text) > 5


def test_tokens_are_counted(model: InProcessChatModel) -> None:
    said = model.invoke(MESSAGES)
    assert said.usage_metadata
    prompt = model.prompt(model._convert_input(MESSAGES).to_messages())
    assert said.usage_metadata["input_tokens"] == len(prompt)  # a token is a byte here
    assert said.usage_metadata["output_tokens"] == 24
    assert said.response_metadata["finish_reason"] == "length"


def test_the_models_own_template_is_used(model: InProcessChatModel, monkeypatch: pytest.MonkeyPatch) -> None:
    messages = model._convert_input(MESSAGES).to_messages()
    assert model.prompt(messages) == "system: Be brief.\n\nuser: What is tea?\n\nassistant: "
    monkeypatch.setattr(model.pipeline.tokenizer, "chat_template", TEMPLATE)
    assert model.prompt(messages) == "<system>Be brief.<user>What is tea?<assistant>"


def test_closing_the_stream_stops_the_generation(folder: Path) -> None:
    model = load_in_process(str(folder))
    model.most_new_tokens = 16_000
    begun = time.monotonic()
    stream = model.stream(MESSAGES)
    next(stream)
    stream.close()
    while any(thread.name == "in-process model" for thread in threading.enumerate()):
        assert time.monotonic() - begun < 20
        time.sleep(0.02)


def test_a_prompt_that_is_too_long_is_said(model: InProcessChatModel) -> None:
    with pytest.raises(EngineError, match="reads 16384 at most"):
        model.invoke([("human", "tea " * 5_000)])


def test_nonsense_from_the_model_is_not_shown(folder: Path) -> None:
    opened = open_chat_model(ModelSetting(f"huggingface:{folder}"), load_settings({}))
    assert isinstance(opened, InProcessChatModel)
    opened.most_new_tokens = 24
    passages = [PASSAGE, OTHER]
    engine = engine_of(opened, seconds=60)
    answer = answer_from("How often does Kettle train?", passages, engine, OfflineEngine())
    assert answer.engine == "offline"
    assert "could not be used, also after 2 repairs" in answer.note
    assert answer.usage
    assert answer.usage.calls == 3
    assert not answer.usage.estimated


def test_a_prompt_that_is_too_long_goes_to_the_offline_engine(model: InProcessChatModel) -> None:
    long = [PASSAGE] * 60
    draft = engine_of(model).draft_answer("How often does Kettle train? " * 300, long)
    assert "reads 16384 at most" in draft.gave_up
