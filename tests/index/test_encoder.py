from collections.abc import Sequence

import numpy as np
import pytest

from tutor.errors import ModelError
from tutor.index.encoder import ShippedEncoder, Vectors, _in_batches, load_encoder


def lengths(texts: Sequence[str]) -> Vectors:
    return np.array([[len(text)] for text in texts], np.float32)


def test_batches_keep_the_order_of_the_texts_and_tell_their_progress() -> None:
    told: list[tuple[int, int]] = []
    texts = ["x" * (number * 7 % 50) for number in range(150)]
    vectors = _in_batches(lengths, texts, lambda done, total: told.append((done, total)))
    assert vectors[:, 0].tolist() == [len(text) for text in texts]
    assert told == [(64, 150), (128, 150), (150, 150)]


def test_a_question_is_encoded_once() -> None:
    encoder = ShippedEncoder()
    assert encoder.encode_query("the same") is encoder.encode_query("the same")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_any_sentence_transformers_model_serves_by_setting() -> None:
    from tutor.index.weights import shipped_model_folder

    other = load_encoder(str(shipped_model_folder()))
    assert other.name != ShippedEncoder.name
    np.testing.assert_allclose(other.encode_query("drift"), ShippedEncoder().encode_query("drift"), atol=1e-5)
    np.testing.assert_allclose(other.encode_passages(["drift"]), ShippedEncoder().encode_passages(["drift"]), atol=1e-5)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_model_that_is_not_there_is_said_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelError, match="no-such-model"):
        load_encoder("nobody/no-such-model").encode_query("anything")
