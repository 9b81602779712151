import pytest

from tutor.index.attempts import attempted


class Failing:
    """Fails so many times, then succeeds."""

    def __init__(self, times: int) -> None:
        self.times, self.calls = times, 0

    def __call__(self) -> str:
        self.calls += 1
        if self.calls <= self.times:
            raise OSError(f"failure {self.calls}")
        return "done"


def test_what_may_pass_is_tried_again_after_growing_pauses() -> None:
    slept: list[float] = []
    action = Failing(2)
    assert attempted(action, lambda _: True, (0.2, 0.8, 3.0), slept.append) == "done"
    assert action.calls == 3
    assert 0.1 <= slept[0] <= 0.2 < slept[1] <= 0.8


def test_the_last_error_is_raised() -> None:
    action = Failing(9)
    with pytest.raises(OSError, match="failure 3"):
        attempted(action, lambda _: True, (0, 0), lambda _: None)


def test_what_will_not_pass_is_not_tried_again() -> None:
    action = Failing(1)
    with pytest.raises(OSError, match="failure 1"):
        attempted(action, lambda _: False, (0, 0))
    assert action.calls == 1
