"""The choice of who drafts, in the page: there only where there is a choice."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.engines.scripted import quoting_ollama
from tests.engines.servers import ModelServer, Saying, serving
from tests.ui.running import CHROMIUM, ROOT, free_port, served
from tutor.answer.answer import Answer
from tutor.answer.layout import AnswerStatement
from tutor.engines.engine import Usage
from tutor.flow import Tutor
from tutor.ui.passage import answer_html
from tutor.ui.writing import asked

MODEL = "ollama:gemma3"


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with serving("ollama", Saying(quoting_ollama, pause_seconds=0.05)) as running:
        yield running


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, server: ModelServer) -> Iterator[str]:
    """The app with a model beside the offline engine."""
    home = tmp_path_factory.mktemp("home")
    with served(free_port(), home, environment={"TUTOR_MODEL": f"{MODEL}@{server.url}"}) as running:
        yield running


def ask(address: str, *data: object) -> str:
    event = httpx.post(f"{address}/gradio_api/call/ask", json={"data": list(data)}).json()
    return httpx.get(f"{address}/gradio_api/call/ask/{event['event_id']}", timeout=60).text


def test_whoever_is_chosen_drafts(address: str) -> None:
    by_model = ask(address, "What is Kettle?", [], None, False, MODEL)
    assert f"{MODEL} is reading the passages" in by_model
    assert f"{MODEL} \\u00b7 " in by_model
    assert "tokens, price unknown" in by_model
    assert "offline \\u00b7 " in ask(address, "What is Kettle?", [], None, False, "offline")


def test_alone_the_offline_engine_is_no_choice(tmp_path: Path) -> None:
    script = (  # in a process of its own, because Gradio leaves event loops open
        "from tutor.flow import Tutor\nfrom tutor.settings import load_settings\nfrom tutor.ui.page import build_page\n"
        "print(*[block.elem_id for block in build_page(Tutor(load_settings())).blocks.values()])"
    )
    for model, there in (("", False), (MODEL, True)):
        environment = {**os.environ, "TUTOR_HOME": str(tmp_path), "TUTOR_MODEL": model}
        run = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, cwd=ROOT)
        elements = run.stdout.split()
        assert "question" in elements
        assert ("engine" in elements) is there


def test_the_note_and_what_it_took_are_shown() -> None:
    usage = Usage(MODEL, "hash", 1, 700, 100, True, 460.0)
    note = "<b>ollama</b> did not draft this."
    html = answer_html(Answer("q", "offline", (AnswerStatement("Tea.", ()),), note=note, usage=usage), "1", 0.5)
    assert '<p class="note">&lt;b&gt;ollama&lt;/b&gt; did not draft this.</p>' in html
    assert "about 700 + 100 tokens, $0.00046" in html
    assert "&lt;b&gt;" in answer_html(Answer("q", "offline", note=note), "1", 0.5)


def test_what_goes_wrong_while_a_model_writes_reaches_the_one_who_asks(tutor: Tutor) -> None:
    news = asked(tutor, "What is Kettle?", None, "ollama:none")
    assert "reading" in str(next(news))
    with pytest.raises(Exception, match="No engine ollama:none"):
        next(news)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="NO BROWSER TESTS: chromium is not installed")
def test_the_choice_in_the_browser(address: str, tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.goto(address)
        page.wait_for_selector("#question textarea")
        page.click("#engine input")
        page.click(f"text={MODEL}")
        page.fill("#question textarea", "What is Kettle?")
        page.press("#question textarea", "Enter")
        page.wait_for_selector(".answer")
        assert MODEL in page.inner_text(".checked")
        page.screenshot(path=str(tmp_path / "choice.png"))
        browser.close()
