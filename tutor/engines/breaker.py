"""A circuit breaker: a model that keeps failing is left alone for a while, so that learners need not wait for it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

MOST_FAILURES = 5
WINDOW_SECONDS = 60.0
REST_SECONDS = 60.0


class Breaker:
    """Counts failed calls; after too many in a window it refuses calls for a while, then lets one through as a trial.

    Safe to share between threads. `clock` counts seconds and never goes back.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        *,
        failures: int = MOST_FAILURES,
        window_seconds: float = WINDOW_SECONDS,
        rest_seconds: float = REST_SECONDS,
    ) -> None:
        self._clock = clock
        self._most = failures
        self._window = window_seconds
        self._rest = rest_seconds
        self._failed_at: deque[float] = deque()
        self._rests_until: float | None = None
        self._lock = threading.Lock()

    def rest_left(self) -> float:
        """Seconds until calls are let through again; 0 lets this one through."""
        with self._lock:
            now = self._clock()
            if self._rests_until is None:
                return 0.0
            if now < self._rests_until:
                return self._rests_until - now
            self._rests_until = now + self._rest  # others wait for the outcome of this trial
            return 0.0

    def note(self, *, failed: bool) -> None:
        """Take note of how a call went."""
        with self._lock:
            now = self._clock()
            if not failed:
                self._failed_at.clear()
                self._rests_until = None
                return
            self._failed_at.append(now)
            while self._failed_at[0] < now - self._window:
                self._failed_at.popleft()
            if len(self._failed_at) >= self._most or self._rests_until is not None:
                self._rests_until = now + self._rest
                self._failed_at.clear()
