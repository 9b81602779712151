import shutil
from pathlib import Path

import pytest

from tutor.errors import InputError
from tutor.read.guides.blueprint import Blueprint
from tutor.read.guides.edition import Edition
from tutor.read.guides.editions import continuations, current_edition, find_edition, load_editions

CORPUS = Path(__file__).resolve().parents[3] / "corpus" / "guides"


@pytest.fixture(scope="module")
def editions():
    return load_editions(CORPUS)


def test_the_editions_are_there_oldest_first(editions):
    assert [edition.id for edition in editions] == ["pmle-2022", "pmle-2023", "pmle-2024-10", "pmle-2026-06"]
    assert [sum(1 for _ in edition.blueprint.considerations) for edition in editions] == [77, 61, 66, 52]


def test_every_weight_says_what_it_rests_on(editions):
    for edition in editions:
        for section in edition.blueprint.sections:
            assert section.weight_basis in ("published", "reported", "estimate")
            assert section.weight_note or section.weight_basis == "published"
        assert sum(section.weight_percent for section in edition.blueprint.sections) == pytest.approx(100, abs=2)


def test_what_is_uncertain_comes_with_its_source(editions):
    assert all(edition.sources and edition.uncertain for edition in editions)


def test_the_current_edition_is_the_default_until_the_learner_adds_one(editions):
    own = Edition("own-guide", "own", Blueprint("My guide"))
    assert current_edition(editions).id == "pmle-2026-06"
    assert current_edition([*editions, own]) is own


def test_an_edition_is_found_by_what_tells_it_apart(editions):
    assert find_edition(editions, "2024-10").id == "pmle-2024-10"
    assert find_edition(editions, "Current").id == "pmle-2026-06"


@pytest.mark.parametrize(("name", "said"), [("pmle", "several guides"), ("2031", "no guide")])
def test_a_name_that_fits_several_or_none_is_refused_with_the_known_ones(editions, name, said):
    with pytest.raises(InputError, match=said) as refusal:
        find_edition(editions, name)
    assert "pmle-2026-06" in str(refusal.value)


def test_links_reach_over_the_editions_between(editions):
    old, middle, new = (find_edition(editions, name) for name in ("2022", "2023", "2024-10"))
    step = continuations(editions, old, middle)
    leap = continuations(editions, old, new)
    for consideration in new.blueprint.considerations:
        through = frozenset(before for at in consideration.continues for before in step[at])
        assert leap[consideration.id] == through


def test_there_are_no_links_backwards_or_to_an_own_guide(editions):
    own = Edition("own-guide", "own", Blueprint("My guide"))
    assert continuations(editions, editions[2], editions[1]) is None
    assert continuations([*editions, own], editions[0], own) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("weight_percent: 13", "weight_percent: thirteen"), "sections.0.weight_percent"),
        (("status: current", "status: former"), "one edition must be current"),
        (('continues: ["1.1.2"]', 'continues: ["9.9.9"]'), "continues 9.9.9, which pmle-2024-10 does not have"),
        (("abilities:", "skills: []\nabilities:"), "skills"),
        (("live_from: 2026-06-01", "live_from: [2026"), "is not YAML"),
    ],
)
def test_a_file_that_breaks_the_form_is_named_with_its_fault(tmp_path, change, said):
    for path in CORPUS.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    path = tmp_path / "pmle-2026-06.yaml"
    text = path.read_text(encoding="utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(InputError, match=said):
        load_editions(tmp_path)


def test_a_folder_without_guides_says_what_to_set(tmp_path):
    with pytest.raises(InputError, match="TUTOR_CORPUS"):
        load_editions(tmp_path)


def test_json_of_an_edition_marks_estimates(editions):
    fields = editions[0].as_json()
    assert fields["id"] == "pmle-2022"
    assert fields["sections"][0]["weight_basis"] == "estimate"
    assert "estimated from the number of considerations" in fields["sections"][0]["weight_note"]
    assert fields["sections"][0]["objectives"][0]["considerations"][0]["id"] == "1.1.1"
