"""The language models that are set up, as engines by name.

Light until one is asked for: clients and their libraries load with the first question that needs them, and stay.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from tutor.errors import UnknownEngineError
from tutor.settings import OFFLINE, ModelSetting, Settings

if TYPE_CHECKING:
    from tutor.engines.calls import Writing
    from tutor.engines.llm import LanguageModelEngine
    from tutor.engines.spending import ModelCall, SpendingLimit


class LanguageModels:
    """The engines that draft with a language model. Safe to share between threads."""

    def __init__(
        self, settings: Settings, record: Callable[[ModelCall], None], spent_today: Callable[[], float]
    ) -> None:
        self._settings = settings
        self._record = record
        self._spent_today = spent_today
        self._made: dict[str, LanguageModelEngine] = {}
        self._making = threading.Lock()

    def engine(self, name: str, writing: Writing | None = None) -> LanguageModelEngine:
        """The engine of the model with this name; `writing` hears how far it is."""
        for model in self._settings.models:
            if model.name == name:
                with self._making:
                    if name not in self._made:
                        self._made[name] = self._make(model)
                return self._made[name].telling(writing)
        known = ", ".join([OFFLINE, *(model.name for model in self._settings.models)])
        raise UnknownEngineError(f"No engine {name} is set up, only: {known}. Name it in TUTOR_MODEL.")

    @cached_property
    def _limit(self) -> SpendingLimit:
        from tutor.engines.spending import SpendingLimit

        return SpendingLimit(self._settings.spending_limit_usd, self._spent_today)

    def _make(self, model: ModelSetting) -> LanguageModelEngine:
        import time

        from tutor.engines.breaker import Breaker
        from tutor.engines.llm import ChatModel, LanguageModelEngine, Surroundings
        from tutor.engines.routes import open_chat_model

        opening = threading.Lock()
        opened: list[ChatModel] = []

        def open_once() -> ChatModel:
            with opening:
                if not opened:
                    opened.append(open_chat_model(model, self._settings))
                return opened[0]

        return LanguageModelEngine(
            name=model.name,
            open_model=open_once,
            limit=self._limit,
            breaker=Breaker(time.monotonic),
            price=model.price,
            seconds=self._settings.model_seconds,
            around=Surroundings(record=self._record),
        )
