"""An action that may fail in passing in; its result out, after a few attempts with growing pauses."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

Result = TypeVar("Result")

PAUSES_SECONDS = (0.2, 0.8, 3.0)
"""Pauses between attempts. Together they outlast a server's restart, and nobody waits long for one that is gone."""


def attempted(
    action: Callable[[], Result],
    may_pass: Callable[[Exception], bool],
    pauses: Sequence[float] = PAUSES_SECONDS,
    sleep: Callable[[float], None] = time.sleep,
) -> Result:
    """Do `action`, again after each pause while its error `may_pass`; the last error is raised."""
    for pause in pauses:
        try:
            return action()
        except Exception as error:
            if not may_pass(error):
                raise
        # Spread out, so that many programs that lost one server do not all come back at once.
        sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 - nothing secret
    return action()
