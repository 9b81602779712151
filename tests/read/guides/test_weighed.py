from pathlib import Path

import pytest

from tutor.flow import Tutor
from tutor.read.extract import extract
from tutor.read.guides.align import word_overlap
from tutor.read.guides.blueprint import Blueprint
from tutor.read.guides.editions import current_edition, load_editions
from tutor.read.guides.guide import read_guide
from tutor.read.guides.weighed import weigh_like
from tutor.settings import PROJECT, load_settings

GUIDES = Path(__file__).parents[1] / "fixtures" / "guides"
OURS = current_edition(load_editions(PROJECT / "corpus" / "guides")).blueprint
WEIGHTS = (10, 20, 30, 5, 15, 20)


def own_copy(weights: tuple[int, ...] = WEIGHTS) -> str:
    """Our edition as a learner has it: the sections the other way round, with weights of its own."""
    parts = []
    for number, (section, weight) in enumerate(reversed(list(zip(OURS.sections, weights, strict=True))), 1):
        objectives = [f"### {number}.{n} {one.title}\n\n- Weighing it" for n, one in enumerate(section.objectives, 1)]
        share = f" (~{weight}% of the exam)" if weight else ""
        parts.append("\n\n".join((f"## Section {number}: {section.title}{share}", *objectives)))
    return "# Professional Machine Learning Engineer exam guide\n\n" + "\n\n".join(parts)


def read(text: str) -> Blueprint:
    return read_guide(extract(text.encode(), name="guide.md"))


def test_our_sections_take_the_weights_of_those_that_speak_of_the_same() -> None:
    weighed = weigh_like(read(own_copy()), OURS, word_overlap)
    assert weighed
    assert [section.weight_percent for section in weighed.sections] == list(WEIGHTS)
    assert [(section.number, section.title, section.objectives) for section in weighed.sections] == [
        (section.number, section.title, section.objectives) for section in OURS.sections
    ]


def test_the_guide_of_another_exam_and_one_without_weights_leave_ours_as_they_are() -> None:
    assert weigh_like(read((GUIDES / "tasks.md").read_text()), OURS, word_overlap) is None
    assert weigh_like(read(own_copy((0,) * 6)), OURS, word_overlap) is None


@pytest.mark.parametrize(("text", "expected"), [(own_copy(), True), ((GUIDES / "tasks.md").read_text(), False)])
def test_practice_goes_by_the_weights_of_an_added_guide(tmp_path: Path, text: str, expected: bool) -> None:
    (tmp_path / "guide.md").write_text(text)
    tutor = Tutor(load_settings({"TUTOR_HOME": str(tmp_path / "home")}))
    assert not tutor.guides.weighs_practice()
    tutor.guides.add(str(tmp_path / "guide.md"))
    assert tutor.guides.weighs_practice() is expected
    weights = [section.weight_percent for section in tutor.items.blueprint.sections]
    assert (weights == list(WEIGHTS)) is expected
    tutor.close()
