"""The ground, an engine's name and a task in; the author out. `UnknownEngineError` where none is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.flow.ground import Ground

if TYPE_CHECKING:
    from tutor.engines.item_author import LanguageModelAuthor
    from tutor.engines.spending import ModelCall
    from tutor.engines.tasks import Task


def open_author(ground: Ground, name: str, task: Task) -> LanguageModelAuthor:
    """The language model of this name, as an author of what the task says."""
    from tutor.engines.choice import LanguageModels
    from tutor.engines.item_author import author_of

    def record(call: ModelCall) -> None:
        ground.store.add_model_call(call, ground.clock())

    models = LanguageModels(ground.settings, record, lambda: ground.store.spent(ground.today()).cost_micro_usd)
    engine = models.engine(name)
    return author_of(engine, next(one for one in ground.settings.models if one.name == name), ground.settings, task)
