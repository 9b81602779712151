import pytest

from tutor.read.guides.cover import read_edition, read_title
from tutor.read.guides.lines import read_lines


def title(text, page_title=""):
    return read_title(read_lines(text), page_title)


def edition(text):
    return read_edition(text, read_lines(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Professional Data Engineer\n\n## Certification exam guide", "Professional Data Engineer"),
        (
            "Professional Machine Learning Engineer^{BETA}\n\nCertification Exam Guide",
            "Professional Machine Learning Engineer",
        ),
        (
            "Google Cloud Certified\nProfessional Machine Learning\nEngineer\n\n"
            "A Professional Machine Learning Engineer builds models.",
            "Professional Machine Learning Engineer",
        ),
        (
            "https://example.com/exam\n\nA Professional Cloud Architect enables organizations to use the cloud.",
            "Professional Cloud Architect",
        ),
        ("Study guide for Exam AI-102: Designing Solutions", "Study guide for Exam AI-102: Designing Solutions"),
        ("# Skills measured\n\n- Plan (40%)\n- Build (60%)", None),
        ("Exam Version: ABC-C02\n\nSome words that follow.", None),
    ],
)
def test_titles(text, expected):
    assert title(text) == expected


def test_the_title_of_the_page_helps_where_the_text_has_none():
    assert (
        title("Some words that follow.", "Cloud Architect Certification | Example Cloud")
        == "Cloud Architect Certification"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Professional Machine Learning Engineer^{BETA}", "beta"),
        ("Cloud Engineer (Beta) exam guide", "beta"),
        ("AWS Exam Guide\nVersion 2.4 MLS-C01 1 | PAGE", "version 2.4"),
        ("CKA_Curriculum_v1.35", "version 1.35"),
        ("Skills measured as of April 20, 2026", "April 20, 2026"),
        ("*This version of the exam guide will go live on October 1, 2024", "October 1, 2024"),
        ("Effective Date: April 15, 2024", "April 15, 2024"),
        ("The exam covers alphabets and betas.", None),
    ],
)
def test_editions(text, expected):
    assert edition(text) == expected
