"""A Jupyter notebook in, its prose and its code out; outputs are left out.

What is no notebook, although its name says so, raises `InputError`.
"""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tutor.errors import InputError
from tutor.read.formats import Reading
from tutor.read.formats.letters import clean
from tutor.read.formats.markdown import tidy
from tutor.read.formats.text import title_of


class _Cell(BaseModel):
    model_config = ConfigDict(extra="ignore")

    cell_type: str = ""
    source: str | list[str] = Field(default="")
    input: str | list[str] = Field(default="")
    """Where notebooks of format 3 keep their code."""
    level: int = 1


class _Worksheet(BaseModel):
    cells: list[_Cell] = []


class _Notebook(BaseModel):
    cells: list[_Cell] = []
    worksheets: list[_Worksheet] = []
    metadata: dict[str, Any] = {}


def read(text: str, name: str) -> Reading:
    """Read a notebook."""
    notebook = _parse(text, name)
    cells = notebook.cells or [cell for sheet in notebook.worksheets for cell in sheet.cells]
    language = _language(notebook.metadata)
    blocks = [written for cell in cells if (written := _written(cell, language))]
    whole = "\n\n".join(blocks) + "\n" if blocks else ""
    return Reading(whole, title_of(whole.split("\n")), ("The outputs of the notebook's code were left out.",))


def _parse(text: str, name: str) -> _Notebook:
    try:
        fields = json.loads(text)
        if not isinstance(fields, dict) or not ({"cells", "worksheets"} & fields.keys()):
            raise InputError(f"{name} is JSON but no notebook: it has no cells. Save it again from Jupyter.")
        return _Notebook.model_validate(fields)
    except RecursionError as error:
        raise InputError(f"{name} is nested too deeply to be a notebook. Save it again from Jupyter.") from error
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise InputError(f"{name} is no notebook that Jupyter wrote: {where}. Save it again from Jupyter.") from error
    except ValueError as error:
        raise InputError(f"{name} is a damaged notebook ({error}). Save it again from Jupyter.") from error


def _written(cell: _Cell, language: str) -> str:
    source = clean("".join(cell.source or cell.input)).strip("\n")
    if not source.strip():
        return ""
    if cell.cell_type == "markdown":
        return tidy(source).strip()
    if cell.cell_type == "heading":
        return f"{'#' * max(1, min(cell.level, 6))} {' '.join(source.split())}"
    if cell.cell_type == "code":
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", source)), default=0))
        return f"{fence}{language}\n{source}\n{fence}"
    return ""


def _language(metadata: dict[str, Any]) -> str:
    for key in ("kernelspec", "language_info"):
        about = metadata.get(key)
        named = (about.get("language") or about.get("name")) if isinstance(about, dict) else None
        if isinstance(named, str) and re.fullmatch(r"[A-Za-z+#]{1,20}", named):
            return named.lower()
    return "python"
