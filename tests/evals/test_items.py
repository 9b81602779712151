from pathlib import Path

import pytest

from evals.items import as_table, measure_items
from tutor.flow import Tutor
from tutor.settings import PROJECT, load_settings


@pytest.mark.slow
def test_generated_items_pass_and_are_even(tmp_path: Path) -> None:
    tutor = Tutor(load_settings({"TUTOR_HOME": str(tmp_path), "TUTOR_CORPUS": str(PROJECT / "corpus")}))
    figures = measure_items(tutor, 120, "test")
    tutor.close()
    assert figures["passed"] == 120
    assert figures["drawn"] < 1.25 * figures["passed"]
    assert figures["distinct"] == 120
    assert figures["near_duplicates_percent"] <= 2.0
    assert all(17 < share < 33 for share in figures["key_positions_percent"].values())
    assert figures["longest_is_key_percent"] < 36
    assert "planted flaws found" in as_table(figures)
