"""The text of an item model in, its fields out. `yaml.YAMLError` where it is no YAML, or where a name stands twice.

Plain YAML takes the last of two entries with one name and says nothing: half a model would be lost.
"""

from __future__ import annotations

from typing import Any

import yaml

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _OnceLoader(_Base):  # type: ignore[misc]
    """Reads safely, and each name of a mapping once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def load_fields(text: str) -> Any:
    """The fields of an item model."""
    return yaml.load(text, _OnceLoader)  # noqa: S506 - a safe loader
