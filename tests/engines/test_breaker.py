from tests.engines.scripted import FakeTime
from tutor.engines.breaker import Breaker


def made(faked: FakeTime) -> Breaker:
    return Breaker(faked.clock, failures=3, window_seconds=10, rest_seconds=30)


def fail(breaker: Breaker, faked: FakeTime, times: int, apart: float = 0.0) -> None:
    for _ in range(times):
        breaker.note(failed=True)
        faked.now += apart


def test_it_opens_after_failures_within_the_window() -> None:
    faked = FakeTime()
    breaker = made(faked)
    fail(breaker, faked, 2)
    assert breaker.rest_left() == 0
    fail(breaker, faked, 1)
    assert breaker.rest_left() == 30


def test_failures_far_apart_do_not_add_up() -> None:
    faked = FakeTime()
    breaker = made(faked)
    fail(breaker, faked, 9, apart=6)
    assert breaker.rest_left() == 0


def test_a_success_wipes_the_slate() -> None:
    faked = FakeTime()
    breaker = made(faked)
    fail(breaker, faked, 2)
    breaker.note(failed=False)
    fail(breaker, faked, 2)
    assert breaker.rest_left() == 0


def test_one_trial_is_let_through_and_others_wait_for_it() -> None:
    faked = FakeTime()
    breaker = made(faked)
    fail(breaker, faked, 3)
    faked.now += 31
    assert breaker.rest_left() == 0
    assert breaker.rest_left() == 30
    breaker.note(failed=True)
    assert breaker.rest_left() == 30
    faked.now += 31
    assert breaker.rest_left() == 0
    breaker.note(failed=False)
    assert breaker.rest_left() == 0
    assert breaker.rest_left() == 0
