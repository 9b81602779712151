"""The Review tab in a real browser: a flag, a ruling by keyboard, and its undoing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import NOON, SMALL_CORPUS
from tests.store.test_bank import ITEM
from tests.test_review import TOLD
from tests.ui.running import CHROMIUM, free_port, served
from tutor.flow import Tutor
from tutor.settings import load_settings
from tutor.store import Attempt

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="NO BROWSER TESTS: chromium is not installed"),
]


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    environment = {"TUTOR_HOME": str(tmp_path), "TUTOR_CORPUS": str(SMALL_CORPUS)}
    tutor = Tutor(load_settings(environment))
    tutor._ground.store.bank.keep(replace(ITEM, item=TOLD))
    tutor._ground.store.bank.attempt(Attempt("kettle-1", "me", ("B",), False, 3.0, NOON), 0.2)
    tutor.review.flag("item", "kettle-1", "wrong key", "<b>B</b> fits as well.", "me")
    tutor.close()
    with served(free_port(), tmp_path) as running:
        yield running


def test_a_case_is_ruled_on_and_undone_by_keyboard(address: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        page = browser.new_page(viewport={"width": 1250, "height": 1000})
        page.set_default_timeout(90_000)
        page.goto(address)
        page.click('button[role=tab]:has-text("Review")')
        page.wait_for_selector(".case .options")
        assert "<b>B</b> fits as well." in page.inner_text(".case")
        page.keyboard.press("u")
        page.wait_for_selector("#ruled:has-text('needs a remedy'), #ruled:has-text('Say in a few words')")
        page.fill("#ruling-words textarea", "Both fit.")
        page.click("#case h4")
        page.keyboard.press("u")
        page.wait_for_selector("#ruled:has-text('upheld')")
        page.wait_for_selector(".case.empty")
        page.click('button[role=tab]:has-text("Practice")')
        page.wait_for_selector(".notices:has-text('no longer counts')")
        page.click("#notices-read")
        page.wait_for_selector(".notices", state="detached")
        page.click('button[role=tab]:has-text("Review")')
        page.wait_for_selector(".case.empty")
        page.keyboard.press("z")
        page.wait_for_selector("#ruled:has-text('taken back')")
        page.wait_for_selector(".case .options")
        page.keyboard.press("r")
        page.wait_for_selector("#ruled:has-text('half an hour')")
        page.keyboard.press("e")
        page.wait_for_function("document.querySelector('#edited textarea')?.value.includes('stem:')")
        page.fill("#edited textarea", "stem: [")
        page.click("#check-edit")
        page.wait_for_selector("#edit-checked:has-text('cannot be read')")
        browser.close()
