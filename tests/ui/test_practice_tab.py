"""The Practice tab in a real browser: a question answered by keyboard, its passages, the twin, a reload, a flag."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ui.running import CHROMIUM, ROOT, free_port, served

OPEN, ANSWERED = ".item[data-state=open]", ".item[data-state=answered]"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="NO BROWSER TESTS: chromium is not installed"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(free_port(), tmp_path_factory.mktemp("home"), ROOT / "corpus") as running:
        yield running


@pytest.fixture
def page(address: str):
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.set_default_timeout(90_000)
        yield page
        browser.close()


def test_a_question_is_answered_by_keyboard_and_survives_a_reload(page, address: str) -> None:
    page.goto(f"{address}/?tab=practice")
    page.wait_for_selector(".item.empty")
    page.click("#next-item")
    page.wait_for_selector(OPEN)
    asked = page.get_attribute(OPEN, "data-item")
    page.wait_for_function("document.activeElement.matches('.item')")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1_000)
    assert page.get_attribute(OPEN, "data-item") == asked, "without a choice nothing is answered, and nothing skipped"
    page.keyboard.press("b")
    page.keyboard.press("c")
    assert page.evaluate("window.chosenLetters()") == "C"
    page.keyboard.press("Enter")
    page.wait_for_selector(ANSWERED)
    assert page.get_attribute(".item", "data-item") == asked
    assert page.locator(".item .option.right").count() == 1
    page.click(".item a.cite >> nth=0")
    page.wait_for_selector(".item details[open] mark, .item details[open] .marked")
    page.reload()
    page.wait_for_selector(ANSWERED)
    assert page.get_attribute(".item", "data-item") == asked
    assert "of 1" in page.inner_text("#score")


def test_an_address_opens_a_question_on_its_objective_and_a_flag_reaches_review(page, address: str) -> None:
    page.goto(f"{address}/?tab=practice&objective=4.2")
    page.wait_for_selector(OPEN)
    assert page.inner_text(".item .about").startswith("4.2")
    page.click("text=Something is wrong with this question")
    page.fill("#flag-words textarea", "C fits as well.")
    page.click("#flag-item")
    page.wait_for_selector("#flagged:has-text('A reviewer will see it')")
    page.click('button[role=tab]:has-text("Review")')
    page.wait_for_selector("#case:has-text('C fits as well.')")


def test_a_wish_that_cannot_be_met_is_said_where_the_question_would_stand(page, address: str) -> None:
    page.goto(f"{address}/?tab=practice")
    page.wait_for_selector("#next-item")
    page.click("input[aria-label='Kind']")
    page.click("[role=option]:has-text('concept')")
    page.click("input[aria-label='Right']")
    page.click("[role=option]:has-text('three')")
    page.click("#next-item")
    page.wait_for_selector(".item.trouble:has-text('No item model')")
