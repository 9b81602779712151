"""The ground and an engine's name in; the author of that name out. `UnknownEngineError` where none is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.flow.ground import Ground

if TYPE_CHECKING:
    from tutor.author.written import Author
    from tutor.engines.spending import ModelCall


def open_author(ground: Ground, name: str) -> Author:
    """The language model of this name, as an author of items."""
    from tutor.engines.choice import LanguageModels
    from tutor.engines.item_author import item_author

    def record(call: ModelCall) -> None:
        ground.store.add_model_call(call, ground.clock())

    models = LanguageModels(ground.settings, record, lambda: ground.store.spent(ground.today()).cost_micro_usd)
    engine = models.engine(name)
    return item_author(engine, next(one for one in ground.settings.models if one.name == name), ground.settings)
