"""The panel of conversations and the form to flag an answer, without a browser; the last tests are with one."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SMALL_CORPUS
from tests.hostile import IN_BROWSER, dangers_in, text_of, write_documents
from tests.ui.running import CHROMIUM, free_port, served
from tutor.flow import Tutor
from tutor.settings import load_settings
from tutor.ui.chat_flag import WHOLE, parts_of, told_of
from tutor.ui.chat_flag import _Desk as FlagDesk
from tutor.ui.chat_history import _Desk as HistoryDesk
from tutor.ui.passage import answer_html


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Tutor]:
    made = Tutor(load_settings({"TUTOR_HOME": str(tmp_path), "TUTOR_CORPUS": str(SMALL_CORPUS)}))
    yield made
    made.close()


def test_conversations_are_opened_renamed_deleted_and_put_back(own: Tutor) -> None:
    desk = HistoryDesk(own, with_engine=False)
    first = own.ask("What is Kettle?", is_guided=True).conversation
    second = own.ask("What is Samovar?").conversation
    own.ask("shorter", second)
    assert [choice[1] for choice in desk.listed("", second)[0].choices] == [second, first]
    conversation, messages, is_guided = desk.open(second)
    assert (conversation, len(messages), is_guided) == (second, 4, False)
    assert 'id="cite-' in messages[1]["content"]
    assert desk.open(first)[2] is True
    desk.rename(second, "  Tea <b>cups</b> ")
    assert desk.listed("cups", None)[0].choices == [("Tea <b>cups</b>", second)]
    assert "write a title" in desk.rename(second, " ")
    deleted, told, undo, *parts = desk.delete(second)
    assert (deleted, undo.visible, parts) == (second, True, [None, [], False])
    assert "Deleted" in told
    assert desk.open(second) == (None, [], False)
    assert desk.put_back(second)[2] == second


def test_a_conversation_can_be_taken_along(own: Tutor) -> None:
    desk = HistoryDesk(own, with_engine=False)
    kept_in = own.ask("What is Kettle?").conversation
    name, text, told = desk.export(kept_in, "markdown")
    assert (name, told) == ("what-is-kettle.md", "")
    assert text.startswith("# What is Kettle?\n\n> What is Kettle?\n\n")
    assert "https://docs.example.com/kettle-forecasting" in text
    name, text, _ = desk.export(kept_in, "json")
    assert name.endswith(".json")
    assert json.loads(text)["turns"][0]["answer"]["statements"]
    assert "first" in desk.export(None, "json")[2]


def test_an_answer_and_each_of_its_parts_can_be_flagged_and_unflagged(own: Tutor) -> None:
    desk = FlagDesk(own)
    reply = own.ask("What is Kettle?")
    choices = [choice[1] for choice in desk.parts(reply.conversation, None)[0].choices]
    assert choices[:2] == [WHOLE, "statement 1"]
    assert "citation 1" in choices
    raised, told, words, undo = desk.flag(reply.conversation, 1, "statement 1", "unsupported", "Not so.")
    assert raised is not None
    assert ("Thank you" in told, words, undo.visible) == (True, "", True)
    case = own.review.cases()[0]
    assert (case.target, case.target_id) == ("statement", f"{reply.conversation}/1/1")
    assert case.shown["text"] == reply.answer.statements[0].text
    assert case.shown["citations"][0]["passage"].startswith("kettle-forecasting#")
    assert "Taken back" in desk.take_back(raised)[0]
    assert own.review.cases() == []
    assert "Ask something first" in desk.flag(None, None, WHOLE, "unclear", "")[1]


def test_every_answer_of_a_conversation_can_be_flagged(own: Tutor) -> None:
    desk = FlagDesk(own)
    first = own.ask("What is Kettle?")
    kept_in = first.conversation
    own.ask("What is Samovar?", kept_in)
    form, answers, parts, *_ = desk.offered(kept_in)
    assert form.visible
    assert (answers.choices, answers.value, answers.visible) == (
        [("What is Samovar?", 2), ("What is Kettle?", 1)],
        2,
        True,
    )
    assert "Samovar" in parts.choices[1][0]
    assert "Kettle" in desk.parts(kept_in, 1)[0].choices[1][0]
    desk.flag(kept_in, 1, "statement 1", "unsupported", "Not so.")
    case = own.review.cases()[0]
    assert (case.target_id, case.shown["text"]) == (f"{kept_in}/1/1", first.answer.statements[0].text)
    desk.flag(kept_in, 7, WHOLE, "unclear", "of another conversation")
    assert {case.target_id for case in own.review.cases()} == {f"{kept_in}/1/1", f"{kept_in}/2"}


def test_without_an_answer_there_is_no_form_to_flag_it(own: Tutor) -> None:
    desk = FlagDesk(own)
    form, answers, *_ = desk.offered(None)
    assert (form.visible, answers.choices, answers.visible) == (False, [], False)
    form, answers, *_ = desk.offered(own.ask("What is Kettle?").conversation)
    assert (form.visible, answers.value, answers.visible) == (True, 1, False)


def test_a_flag_that_was_ruled_on_stays(own: Tutor) -> None:
    desk = FlagDesk(own)
    kept_in = own.ask("What is Kettle?").conversation
    raised = desk.flag(kept_in, None, "citation 1", "outdated", "")[0]
    assert raised is not None
    own.review.rule(raised.target_id, "dismiss", "reviewer", words="It is not.")
    assert "flag stays" in desk.take_back(raised)[0]


def test_every_part_leads_to_what_was_shown(own: Tutor) -> None:
    answer = {"question": "?", **own.answer("What is Kettle?").as_json(0.1)}
    for _, part in parts_of(answer):
        target, place, shown = told_of(part, answer)
        assert part.startswith(target)
        assert place in ("", f"/{part.split()[-1]}")
        assert shown["citations"]


def test_a_long_rest_is_folded_and_chips_lead_on(tutor: Tutor) -> None:
    answer = tutor.answer("What is Kettle?")
    html = answer_html(answer, "1", 0.1)
    assert html.count('<details class="more">') == 1
    for statement in answer.statements:
        assert html.count(f'href="#cite-1-{statement.citations[0]}"') >= 1, "folded, not dropped"
    assert '<a class="chip" href="#say">Give an example</a>' in html
    assert 'href="?tab=practice&amp;objective=1.1"' in html
    assert dangers_in(html) == []


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over the small corpus and every hostile document."""
    folder = tmp_path_factory.mktemp("home")
    tutor = Tutor(load_settings({"TUTOR_HOME": str(folder), "TUTOR_CORPUS": str(SMALL_CORPUS)}))
    list(tutor.corpus.add(write_documents(folder / "documents")))
    tutor.close()
    with served(free_port(), folder) as running:
        yield running


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="NO BROWSER TESTS: chromium is not installed")
class TestInTheBrowser:
    @pytest.fixture
    def page(self, address: str):
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(viewport={"width": 1200, "height": 900})
            page.requested = []
            page.on("request", lambda request: page.requested.append(request.url))
            page.goto(address)
            page.wait_for_selector("#question textarea")
            page.wait_for_timeout(1000)
            yield page
            browser.close()

    def ask(self, page, question: str) -> None:
        before = len(page.query_selector_all("#conversation .answer"))
        page.fill("#question textarea", question)
        page.press("#question textarea", "Enter")
        page.wait_for_function(f"document.querySelectorAll('#conversation .answer').length > {before}")

    def test_hostile_markup_neither_runs_nor_loads(self, page, address: str) -> None:
        for case in IN_BROWSER:
            if case["where"] in ("turn", "document"):
                self.ask(page, case.get("asks") or text_of(case))
        assert page.evaluate("window.hacked") is None
        assert all(url.startswith((address, "data:", "blob:")) for url in page.requested)
        for element in ("script", "iframe", "form", "style", "base", "img[onerror]", "svg[onload]"):
            assert page.query_selector(f"#conversation .message-wrap {element}, #conversation .user {element}") is None

    def test_conversations_survive_a_reload_and_a_title_is_only_text(self, page) -> None:
        self.ask(page, "What is Samovar?")
        title = next(case["text"] for case in IN_BROWSER if case["where"] == "title")
        page.click("#history-verbs button >> nth=0")
        page.fill("#history-title input, #history-title textarea", title)
        page.click("#rename")
        page.wait_for_function("document.querySelector('#conversations').innerText.includes('onerror')")
        assert page.query_selector("#conversations img") is None
        page.reload()
        page.wait_for_selector("#conversation .answer")
        assert "What is Samovar?" in page.inner_text("#conversation")
        page.click("#history-verbs button >> nth=0")
        page.click("#delete")
        page.wait_for_selector("text=What would you like to understand?")
        page.click("#undo-delete")
        page.wait_for_selector("#conversation .answer")
        assert page.evaluate("window.hacked") is None

    def test_chips_ask_and_keys_lead_to_the_question(self, page) -> None:
        self.ask(page, "What is Kettle?")
        page.click("text=Give an example")
        page.wait_for_function("document.querySelectorAll('#conversation .user').length >= 2")
        page.press("#question textarea", "Escape")
        assert page.evaluate("document.activeElement.closest('#question')") is None
        page.keyboard.press("/")
        page.wait_for_function("document.activeElement.closest('#question') !== null")
        page.keyboard.press("ArrowUp")
        assert page.input_value("#question textarea") == "Give an example"

    def test_the_beginning_of_a_long_answer_is_in_view(self, page) -> None:
        for _ in range(2):
            self.ask(page, "What is Kettle?")
        page.wait_for_timeout(1500)
        top = page.evaluate("""() => {
            const asked = [...document.querySelectorAll('#conversation .user')].pop().getBoundingClientRect();
            return asked.top - document.querySelector('#conversation').getBoundingClientRect().top;
        }""")
        assert -20 <= top <= 200
