"""Product names, old and new, as one table: `corpus/names.yaml` in, names found in a text out.

A learner who writes "AI Platform Pipelines", "Vertex AI Pipelines" or "Agent Platform Pipelines" means one product.
Search reads a question with all of a product's names; an answer names the current one beside the one in the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, HttpUrl, TypeAdapter, ValidationError

from tutor.errors import InputError

Status = Literal["current", "renamed", "retired", "deprecated"]
_SHORT = 5
"""A name of so few letters counts only in its exact spelling: `NAS` is a product, `nas` a word."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NameSource(_Strict):
    """The page on which a name was seen."""

    title: str = Field(min_length=3)
    url: HttpUrl
    checked: date
    note: str = ""


class FormerName(_Strict):
    """A name that a product had, and when it lost it, as exactly as is known."""

    name: str = Field(min_length=2)
    until: str = Field(default="", pattern=r"^(\d{4}(-\d\d){0,2})?$")


class Product(_Strict):
    """One product under all its names."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    current: str = Field(min_length=2)
    short: str | None
    former: tuple[FormerName, ...]
    aliases: tuple[str, ...]
    status: Status
    retired_on: date | None
    successor: str | None
    note: str
    sources: tuple[NameSource, ...] = Field(min_length=1)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the current one first."""
        short = (self.short,) if self.short else ()
        former = (entry.name for entry in self.former)
        return tuple(dict.fromkeys((self.current, *short, *former, *self.aliases)))


@dataclass(frozen=True)
class Mention:
    """A product's name in a text: `text[start:end] == name`."""

    product: Product
    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Names:
    """The whole table."""

    products: tuple[Product, ...]

    def find(self, text: str) -> list[Mention]:
        """The products named in `text`, in order; of overlapping names the longest counts."""
        if not self.products:
            return []
        return [
            Mention(self._by_name[_key(match[0])], match[0], match.start(), match.end())
            for match in self._pattern.finditer(text)
            if _spelt_right(match[0], self._by_name[_key(match[0])])
        ]

    def others(self, text: str) -> list[str]:
        """The further names of every product named in `text`."""
        found = self.find(text)
        said = {_key(mention.name) for mention in found}
        wanted = (name for mention in found for name in mention.product.names)
        return [name for name in dict.fromkeys(wanted) if _key(name) not in said]

    def product(self, product_id: str) -> Product | None:
        """The product with this id."""
        return next((product for product in self.products if product.id == product_id), None)

    @cached_property
    def _by_name(self) -> dict[str, Product]:
        return {_key(name): product for product in reversed(self.products) for name in reversed(product.names)}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._by_name, key=len, reverse=True)
        either = "|".join(r"[\s-]+".join(map(re.escape, name.split())) for name in longest_first)
        return re.compile(rf"(?<![\w.])(?:{either})(?!\w)", re.IGNORECASE)


def read_names(path: Path) -> Names:
    """Read the table; a faulty one raises `InputError`. Without a file the table is empty."""
    if not path.exists():
        return Names(())
    try:
        products = TypeAdapter(tuple[Product, ...]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise InputError(f"{path}: {error}") from error
    _check(products, path)
    return Names(products)


def _check(products: Iterable[Product], path: Path) -> None:
    """Ids and names are unique, and successors exist."""
    ids: set[str] = set()
    owners: dict[str, str] = {}
    for product in products:
        if product.id in ids:
            raise InputError(f"{path}: the id {product.id} stands twice.")
        ids.add(product.id)
        for name in product.names:
            owner = owners.setdefault(_key(name), product.id)
            if owner != product.id:
                raise InputError(f"{path}: {name!r} belongs to both {owner} and {product.id}.")
    for product in products:
        if product.successor and product.successor not in ids:
            raise InputError(f"{path}: {product.id} names the successor {product.successor}, which is not there.")


def _key(name: str) -> str:
    return " ".join(re.split(r"[\s-]+", name.lower().strip()))


def _spelt_right(found: str, product: Product) -> bool:
    return len(found) > _SHORT or found in product.names
