from dataclasses import replace

import pytest

from evals.guessing import SOLVERS, draw_items, guess
from tutor.author.item import DraftItem, ItemOption
from tutor.settings import PROJECT


def item(*texts: str, key: int = 0, stem: str = "A bank has rows.", ask: str = "What now?") -> DraftItem:
    return DraftItem("decision", (), stem, ask, tuple(ItemOption(text, ()) for text in texts), (key,))


FOUR = ("Copy the rows", "Move all tables", "Ask the owner", "Drop the model entirely")


@pytest.mark.parametrize(
    ("solver", "made"),
    [
        ("longest option", item(*FOUR, key=3)),
        ("shortest option", item("Go", "Go there today", "Stay there today", "Come here today")),
        ("most words of the stem", item(*FOUR, stem="Rows to copy.")),
        ("most words of the ask", item(*FOUR, ask="What of the owner?", key=2)),
        ("odd one out", item("Buy bread", "Train the net fast", "Train the net late", "Train the net twice")),
        ("odd opening", item("Buy bread", "Train it fast", "Train it late", "Train it twice")),
        ("always C", item(*FOUR, key=2)),
        ("most numbers and names", item("Use 8 TPUs in GKE", "Use chips", "Use cards", "Use boards")),
    ],
)
def test_each_solver_finds_what_gives_the_key_away(solver: str, made: DraftItem) -> None:
    assert guess([made])["solvers"][solver] == 1.0


def test_a_tie_is_worth_the_chance_of_one_of_them() -> None:
    alike = item("Take the one", "Take the two", "Take the six", "Take the ten")
    assert guess([alike])["solvers"]["longest option"] == 0.25
    assert guess([replace(alike, key=(0, 1))])["single_key_of_four"] == 0


def test_no_solver_reaches_thirty_percent_on_drawn_items() -> None:
    figures = guess(list(draw_items(PROJECT / "corpus", 600, "guessing")))
    assert figures["single_key_of_four"] == 600
    assert set(figures["solvers"]) == set(SOLVERS)
    # Three standard errors over the 30% that 2,000 items are held to.
    assert max(figures["solvers"].values()) <= 0.30 + 0.055, figures["solvers"]
