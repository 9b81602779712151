from dataclasses import replace
from datetime import timedelta

from tests.conftest import NOON
from tests.review.test_edit import ITEM
from tutor.flow.review import Notice
from tutor.review.case import Case, case_id, gather
from tutor.review.flag import Flag
from tutor.review.ruling import Reservation, Ruling
from tutor.review.similar import Similar
from tutor.ui.review_view import about, case_html, notices_html

CASE = case_id("item", "kettle-1", "two right")
FLAG = Flag("item", "kettle-1", "two right", "<b>Both</b> fit.", "me", NOON, {**ITEM, "checks": {"solver": "agree"}})
RULING = Ruling("r1", CASE, "uphold", "retire", "Both <i>fit</i>.", "first", NOON)


def case(*rulings: Ruling, wanted: int = 1) -> Case:
    held = {CASE: Reservation(CASE, "second", NOON)}
    return gather([FLAG], rulings, frozenset(), {"kettle-1": 3}, held, reviewers_wanted=wanted)[0]


def test_one_screen_has_all_that_a_ruling_needs_and_runs_no_markup() -> None:
    other = Similar("kettle-2", 0.8, "the same circumstances: no-staff", {**ITEM, "id": "kettle-2"})
    version = {"version": 1, "at": NOON, "why": "mended by ruling r0"}
    told = case_html(case(), {}, [other], [version])
    for part in ("3 learners met it", "second is at it", "&lt;b&gt;Both&lt;/b&gt; fit.", "<em>(key)</em>", "agree"):
        assert part in told
    for part in ("kettle#what", "version 1 until 20 November 2026", "kettle-2: the same circumstances", "no-staff"):
        assert part in told
    assert "<b>Both" not in told


def test_disagreement_is_shown_side_by_side() -> None:
    against = replace(RULING, id="r2", by="second", verdict="dismiss", remedy="none", words="Only one fits.")
    told = case_html(case(RULING, against, wanted=2), {})
    assert "Rulings, which disagree" in told
    assert told.index("Both &lt;i&gt;fit") < told.index("Only one fits.")


def test_a_flagged_statement_is_shown_as_it_stood() -> None:
    cited = [{"n": 1, "passage": "kettle#what", "quote": "Kettles run."}]
    shown = {"question": "Do kettles fly?", "text": "Kettles <u>fly</u>.\nHigh.", "citations": cited}
    flag = Flag("statement", "1/1/1", "unsupported", "", "me", NOON, shown)
    told = case_html(gather([flag], [], frozenset(), {}, {})[0], {})
    assert "Kettles &lt;u&gt;fly&lt;/u&gt;.<br>High." in told
    assert "statement 1/1/1" in told
    assert "Kettles run." in told
    assert told.count("kettle#what") == 1, "what it cites is told once, as a passage"


def test_a_learner_is_told_which_question_it_was_and_whether_the_answer_counts() -> None:
    notice = Notice(RULING, case(RULING), NOON - timedelta(days=1), counts_no_longer=True)
    told = notices_html([notice])
    assert "19 November 2026: two right. Your answer no longer counts." in told
    assert "A tea house runs in the EU." in told
    assert "no longer counts" not in notices_html([replace(notice, counts_no_longer=False)])
    assert notices_html([]) == ""


def test_who_flagged_an_answer_is_told_when_it_is_upheld() -> None:
    flag = Flag("statement", "1/1/1", "unsupported", "", "me", NOON, {"text": "Kettles fly."})
    ruling = replace(RULING, case=case_id("statement", "1/1/1", "unsupported"), words="They do not.")
    upheld = gather([flag], [ruling], frozenset(), {}, {})[0]
    told = notices_html([Notice(ruling, upheld, NOON, counts_no_longer=False)])
    assert "upheld what you flagged in an answer on 20 November 2026: unsupported." in told
    assert "Kettles fly." in told
    assert "They do not." in told


def test_code_in_an_item_keeps_its_form_and_runs_no_markup() -> None:
    stem = "What does it do?\n\n```sql\nSELECT\n  <b>tea</b>\n```\n\nChoose `one`."
    flag = replace(FLAG, shown={**ITEM, "stem": stem, "options": {**ITEM["options"], "A": "Use `tea`"}})
    told = case_html(gather([flag], [], frozenset(), {}, {})[0], {})
    assert "SELECT\n  &lt;b&gt;tea&lt;/b&gt;" in told
    assert "<pre>" in told
    assert "Choose <code>one</code>." in told
    assert "Use <code>tea</code>" in told


def test_many_flags_are_folded_and_cases_are_told_apart() -> None:
    flags = [replace(FLAG, by=f"learner {number}") for number in range(9)]
    told = case_html(gather(flags, [], frozenset(), {}, {})[0], {})
    assert "Flags (9)" in told
    assert told.index("learner 3") < told.index("5 more") < told.index("learner 4")
    assert about(case()) == "kettle"
    asked = Flag("answer", "1/1", "unclear", "", "me", NOON, {"question": "What boils? " * 20})
    assert about(gather([asked], [], frozenset(), {}, {})[0]).startswith("What boils?")
    assert len(about(gather([asked], [], frozenset(), {}, {})[0])) < 70


def test_a_flagged_answer_is_laid_out_as_it_was_read() -> None:
    shown = {"question": "Which?", "answer": "| a | b |\n|---|---|\n| 1 | <i>2</i> |\n\n**When it fits**"}
    flag = Flag("answer", "1/1", "unclear", "", "me", NOON, shown)
    told = case_html(gather([flag], [], frozenset(), {}, {})[0], {})
    assert "<td>&lt;i&gt;2&lt;/i&gt;</td>" in told
    assert "<strong>When it fits</strong>" in told
