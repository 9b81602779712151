"""Whole guides: every shape against its hand count, the seeds in rows of their own, and what is refused."""

from pathlib import Path

import pytest
import yaml

from tutor.errors import InputError
from tutor.read.extract import Extract, extract
from tutor.read.guides.blueprint import Blueprint
from tutor.read.guides.guide import read_guide

FIXTURES = Path(__file__).parents[1] / "fixtures"
GUIDES = FIXTURES / "guides"
EXPECTED = yaml.safe_load((GUIDES / "expected.yaml").read_text(encoding="utf-8"))
SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"

SEED_ROWS = ("seed-page.txt", "seed-overview.txt", "seed-beta-pdf.txt", "seed-notes.md", "seed-scopes.adoc")
"""Our reproductions of the seeds, in the order of the originals' numbers."""


def read(path: Path) -> Blueprint:
    return read_guide(extract(path.read_bytes(), name=path.name))


def counts(blueprint: Blueprint) -> dict:
    return {
        "title": blueprint.title,
        "edition": blueprint.edition,
        "weights": [
            list(section.weight_percent) if isinstance(section.weight_percent, tuple) else section.weight_percent
            for section in blueprint.sections
        ],
        "objectives": [
            [objective.number for objective in section.objectives if objective.title] for section in blueprint.sections
        ],
        "considerations": [
            [len(objective.considerations) for objective in section.objectives] for section in blueprint.sections
        ],
        "abilities": len(blueprint.abilities),
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_each_shape_is_read_with_its_counts(name):
    expected = dict(EXPECTED[name])
    facts = expected.pop("facts")
    blueprint = read(GUIDES / name)
    assert counts(blueprint) == expected
    stated = blueprint.as_json()["facts"]
    assert {fact: stated.get(fact) for fact in facts} == facts


def test_a_table_of_weights_is_believed_of_what_calls_itself_an_exam_guide():
    table = "| Topic | Weight | Covers |\n|---|---|---|\n| Boiling | 10% | Heat |\n| Steeping | 30% | Time |\n"
    front = "# Kettle Developer Certification KIND\nDuration: 90 minutes. 45 questions.\n\n"
    text = f"{front}{table}| Pouring | 60% | Flow |\n"
    guide = read_guide(Extract(text.replace("KIND", "Exam Guide"), "markdown", "kettle.md"))
    assert [(each.title, each.weight_percent) for each in guide.sections] == [
        ("Boiling", 10),
        ("Steeping", 30),
        ("Pouring", 60),
    ]
    with pytest.raises(InputError, match="could be those of any document"):
        read_guide(Extract(text.replace("KIND", "Survey"), "markdown", "kettle.md"))


def test_a_sentence_with_facts_behind_the_outline_is_no_topic():
    text = (
        "Certified Kettle Administrator\n\nDomains & Competencies\n\nStorage 40%\n- Understand storage classes\n"
        "Workloads 60%\n- Understand deployments\nThe exam costs $445 and lasts 2 hours.\n"
    )
    guide = read_guide(Extract(text, "text", "kettle.txt"))
    assert [each.text for each in guide.considerations] == ["Understand storage classes", "Understand deployments"]
    assert guide.facts.fee is not None
    assert (guide.facts.fee.amount, guide.facts.length_minutes) == (445, 120)


def test_every_fixture_has_a_count():
    assert {path.name for path in GUIDES.iterdir()} - {"expected.yaml"} == set(EXPECTED)


def seed_documents(row: int) -> list[Path]:
    """Our reproduction of a seed, and the original where it is at hand."""
    return [GUIDES / SEED_ROWS[row], *sorted(SEEDS.glob(f"{row:03d}_*"))]


def test_the_page_gives_facts_and_a_partial_outline():
    for path in seed_documents(0):
        blueprint = read(path)
        facts = blueprint.as_json()["facts"]
        assert [section.weight_percent for section in blueprint.sections] == [13]
        assert counts(blueprint)["considerations"] == [[3]]
        assert len(blueprint.abilities) == 6
        assert facts["length_minutes"] == 120
        assert facts["fee_usd"] == 200
        assert "tax" in facts["fee"]["note"]
        assert facts["questions"] == [50, 60]
        assert facts["formats"] == ["multiple choice", "multiple select"]
        assert [each["kind"] for each in facts["delivery"]] == ["online-proctored", "onsite-proctored"]
        assert all(each["url"].startswith("https://") for each in facts["delivery"])
        assert facts["prerequisites"] == "None"
        assert (facts["experience_years"], facts["experience_google_cloud_years"]) == (3, 1)
        assert (facts["validity_years"], facts["renewal_days_before_expiry"]) == (2, 60)
        assert any("partial" in warning for warning in blueprint.warnings)


def test_the_overview_is_not_taken_for_an_outline():
    for path in seed_documents(1):
        blueprint = read(path)
        assert blueprint.sections == ()
        assert len(blueprint.abilities) == 6
        assert blueprint.facts.length_minutes == 120
        assert blueprint.facts.experience_google_cloud_years == 1
        assert len(blueprint.facts.delivery) == 2
        assert "without an outline" in blueprint.warnings[0]
        assert "fee" in blueprint.warnings[-1]


def test_the_beta_guide_is_read_whole():
    for path in seed_documents(2):
        blueprint = read(path)
        assert blueprint.edition == "beta"
        assert counts(blueprint)["considerations"] == [[3, 2, 5], [5, 5, 1], [2, 6, 2], [4, 5], [7, 2, 3], [4, 5]]
        assert sum(1 for _ in blueprint.considerations) == 61
        apis = blueprint.sections[0].objectives[1].considerations[0]
        assert apis.products == ("Cloud Vision API", "Natural Language API", "Cloud Speech API", "Translation")
        preprocessing = blueprint.sections[1].objectives[0].considerations[2]
        assert "TensorFlow Extended [TFX]" in preprocessing.products
        assert not any(warning.startswith("Lines") for warning in blueprint.warnings)


def test_the_notes_keep_topics_remarks_and_resources():
    for path in seed_documents(3):
        blueprint = read(path)
        assert (blueprint.facts.length_minutes, blueprint.facts.questions) == (120, (60, 60))
        assert counts(blueprint)["considerations"] == [[3], [3], [3], [2], [3], [2]]
        apis = blueprint.sections[0].objectives[0].considerations[1]
        assert apis.examples == ("Model Garden", "Document AI API", "Retail API", "RAG")
        assert len(blueprint.out_of_scope) == 1
        urls = [resource.url for resource in blueprint.resources]
        assert urls[0].endswith("exam-guide-v4.0.pdf")
        assert sum(url is not None for url in urls) == 3
        assert len(blueprint.resources) == 10
        assert any("cod" in note for note in blueprint.notes)


def test_the_asciidoc_scopes_are_read_and_mended():
    for path in seed_documents(4):
        blueprint = read(path)
        assert blueprint.title == "Professional Machine Learning Engineer"
        assert len(blueprint.abilities) == 6
        assert counts(blueprint)["considerations"] == [[3], [3], [3], [2], [3], [2]]
        assert blueprint.sections[1].objectives[0].considerations[0].products[-1] == "Apache Hadoop"
        assert "â€" not in str(blueprint)


@pytest.mark.parametrize("path", sorted((FIXTURES / "no-guides").iterdir()), ids=lambda path: path.name)
def test_what_is_no_guide_is_refused_with_the_reason(path):
    with pytest.raises(InputError) as refusal:
        read(path)
    assert refusal.value.exit_code == 2
    assert str(refusal.value).startswith(f"{path.name} is no exam guide: ")


def test_a_text_without_words_is_refused():
    with pytest.raises(InputError, match="no text"):
        read_guide(Extract("---\n***\n", "markdown", "rules.md"))


def test_warnings_of_the_extraction_are_passed_on():
    text = (GUIDES / "skills.md").read_text()
    assert read_guide(Extract(text, "markdown", "skills.md", warnings=("Two pages were lost.",))).warnings[0] == (
        "Two pages were lost."
    )


def test_json_has_the_promised_shape():
    fields = read(GUIDES / "ranges.md").as_json()
    assert list(fields)[:6] == ["title", "edition", "facts", "abilities", "sections", "resources"]
    section = fields["sections"][0]
    assert section["weight_percent"] == [20, 25]
    assert list(section) == ["number", "title", "weight_percent", "objectives"]
    assert section["objectives"][0]["considerations"][2] == {
        "text": "Describe options for virtual machines, including:",
        "products": ["Meadow Burst", "Meadow Steady"],
        "examples": ["Meadow Burst", "Meadow Steady"],
    }


def test_an_outline_without_objectives_has_one_unnamed_objective_per_section():
    section = read(GUIDES / "competencies.md").as_json()["sections"][0]
    assert [(objective["number"], objective["title"]) for objective in section["objectives"]] == [(None, None)]
