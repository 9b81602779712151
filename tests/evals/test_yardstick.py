import math

import pytest

from evals.speed import TURNS, measure_speed
from evals.yardstick import PorterBM25, fused_by_rank
from tutor.read.document import Passage


def passage(text: str, title: str = "") -> Passage:
    return Passage("d#h", "d", title, (), text, 0, len(text))


def test_bm25_by_hand() -> None:
    words = PorterBM25([passage("kettle kettles tea"), passage("cup", title="Tea"), passage("spoon of the tea")])
    assert words.best("What is a kettle?", 5) == [0]
    assert words.best("teas", 2) == [1, 2], "all have it once, the shorter first"
    assert words.best("the of", 5) == []
    rarity, norm = math.log(1 + 2.5 / 1.5), 1.2 * (0.25 + 0.75 * 3 / (7 / 3))
    rows, shares = words._shares["kettl"]
    assert (rows.tolist(), shares.tolist()) == ([0], [pytest.approx(rarity * 2 * 2.2 / (2 + norm))])


def test_fusion_by_hand() -> None:
    assert fused_by_rank([1, 2, 3], [3, 1]) == [1, 3, 2]
    assert fused_by_rank([], [4]) == [4]


def test_speed_is_taken_in_turns_and_with_nothing_remembered() -> None:
    asked: list[str] = []

    class Encoder:
        """Remembers nothing; notes that it was told to forget."""

        forgotten = 0

        def encode_query(self, text: str) -> None: ...

    encoder = Encoder()

    def cache_clear() -> None:
        Encoder.forgotten += 1

    encoder.encode_query = lambda text: None  # type: ignore[method-assign]
    encoder.encode_query.cache_clear = cache_clear  # type: ignore[attr-defined]
    rankers = {name: lambda question, depth, name=name: asked.append(name) or [] for name in ("ours", "other")}
    told = measure_speed(["one?", "two?"], rankers, encoder)  # type: ignore[arg-type]
    once = ["ours", "ours", "other"]
    assert asked[:8] == ["ours", "other", *once, "other", "ours", "ours"], "loaded, then asked in turns"
    assert len(asked) == 2 + 2 * TURNS * len(once)
    assert Encoder.forgotten == 2 * TURNS * 2
    assert told["ours"]["times_ours"] == 1
    assert told.keys() == {"ours", "other"}
