"""Item models of every kind: folders of files in, models out. A faulty file raises `InputError`.

`corpus/decisions` holds decision models, `corpus/item-models/KIND` the others; a file says its kind itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from tutor.errors import InputError
from tutor.read.item_models.concept import ConceptModel
from tutor.read.item_models.decision import DecisionModel
from tutor.read.item_models.diagnosis import DiagnosisModel
from tutor.read.item_models.loading import load_fields
from tutor.read.item_models.quantity import QuantityModel
from tutor.read.item_models.reading import ReadingModel
from tutor.read.item_models.sequence import SequenceModel

OtherModel = DiagnosisModel | SequenceModel | QuantityModel | ReadingModel | ConceptModel
ItemModel = DecisionModel | OtherModel

FOLDERS = ("decisions", "item-models")
"""Where item models lie in a corpus."""
_KINDS: dict[str, type[ItemModel]] = {
    "decision": DecisionModel,
    "diagnosis": DiagnosisModel,
    "sequence": SequenceModel,
    "quantity": QuantityModel,
    "reading": ReadingModel,
    "concept": ConceptModel,
}


def read_item_models(*folders: Path) -> Iterator[ItemModel]:
    """Read every item model below these folders, in the order of their paths."""
    seen: dict[str, Path] = {}
    for path in (path for folder in folders for path in sorted(folder.rglob("*.yaml"))):
        model = read_item_model(path.read_text(encoding="utf-8"), name=path.stem)
        if model.id in seen:
            raise InputError(f"{path} and {seen[model.id]} have the same id {model.id!r}. Rename one of them.")
        seen[model.id] = path
        yield model


def read_item_model(text: str, *, name: str) -> ItemModel:
    """Read one item model; `name` is the file's name without its ending."""
    try:
        fields = load_fields(text)
        model = _kind(fields, name).model_validate(fields)
    except yaml.YAMLError as error:
        raise InputError(f"{name}: not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{name}: {where or 'whole'}: {first['msg']}") from error
    if model.id != name:
        raise InputError(f"{name}: its id is {model.id!r}. File name and id must be the same.")
    return model


def _kind(fields: Any, name: str) -> type[ItemModel]:
    said = fields.get("kind", "decision") if isinstance(fields, dict) else "decision"
    if said not in _KINDS:
        raise InputError(f"{name}: unknown kind {said!r}. It is one of {', '.join(_KINDS)}.")
    return _KINDS[said]
