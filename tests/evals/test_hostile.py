from evals.hostile import Hostile, harm_in, read_hostile
from tests.conftest import SMALL_CORPUS
from tutor.flow import Tutor
from tutor.settings import load_settings


def case(**told) -> Hostile:
    return Hostile(id="h", where="turn", text="What is Kettle?", **told)


def test_turns_are_read_and_typed_as_often_as_they_say() -> None:
    found = read_hostile()
    assert len(found) >= 20
    assert all(one.where == "turn" for one in found)
    assert case(times=3).typed == "What is Kettle?" * 3


def test_what_does_not_hold_is_named(tmp_path) -> None:
    tutor = Tutor(load_settings({"TUTOR_HOME": str(tmp_path), "TUTOR_CORPUS": str(SMALL_CORPUS)}))
    answer = tutor.answer("What is Kettle?")
    tutor.close()
    assert list(harm_in(case(refused=False, never=("pwned",), kind="answer"), answer)) == []
    assert list(harm_in(case(refused=True), answer)) == ["is not refused"]
    assert list(harm_in(case(never=("KETTLE",)), answer)) == ["shows “KETTLE”"]
    assert list(harm_in(case(kind="aside"), answer)) == ["is no aside but answer"]
