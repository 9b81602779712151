import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import SMALL_CORPUS
from tests.ui.running import CHROMIUM, ROOT, free_port, served
from tutor.errors import PortError, SettingError
from tutor.ui.serve import has_display, reach_itself, require_free


def test_a_taken_port_is_said_before_anything_loads() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(PortError, match=f"PORT={port + 1}"):
            require_free("127.0.0.1", port)


def test_an_address_of_another_machine_is_said() -> None:
    with pytest.raises(PortError, match="HOST"):
        require_free("203.0.113.7", free_port())


def test_no_browser_opens_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert not has_display()


PROXY = "http://127.0.0.1:9"


def test_no_proxy_stands_between_the_app_and_its_own_page() -> None:
    environment = {"http_proxy": PROXY, "NO_PROXY": "example.org"}
    reach_itself(environment, "192.0.2.7", {"http": PROXY, "https": PROXY, "no": "example.org"})
    assert environment["no_proxy"] == environment["NO_PROXY"] == "example.org,localhost,127.0.0.1,::1,192.0.2.7"
    assert environment["HTTPS_PROXY"] == PROXY, "what only the system knew is asked for no more"
    assert "HTTP_PROXY" not in environment


def test_without_a_proxy_the_environment_stays_as_it_is() -> None:
    environment = {"NO_PROXY": "example.org"}
    reach_itself(environment, "127.0.0.1", {"no": "example.org"})
    assert environment == {"NO_PROXY": "example.org"}


def test_a_socks_proxy_is_left_out_where_others_do_its_work() -> None:
    environment = {"ALL_PROXY": "socks5://127.0.0.1:9", "http_proxy": PROXY, "https_proxy": PROXY}
    reach_itself(environment, "127.0.0.1", {"all": "socks5://127.0.0.1:9", "http": PROXY, "https": PROXY})
    assert "ALL_PROXY" not in environment
    with pytest.raises(SettingError, match="unset ALL_PROXY"):
        reach_itself({}, "127.0.0.1", {"all": "socks5://127.0.0.1:9"})


def test_behind_a_proxy_it_starts_and_on_an_ipv6_address(tmp_path: Path) -> None:
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), PROXY) | {"no_proxy": "", "NO_PROXY": ""}
    port = free_port()
    with served(port, tmp_path, environment={**proxies, "HOST": "::1"}, shown=f"http://[::1]:{port}") as running:
        assert httpx.get(running, trust_env=False).status_code == 200


def test_without_a_database_no_address_is_printed(tmp_path: Path) -> None:
    (tmp_path / "tutor.sqlite").write_bytes(b"not a database at all" * 100)
    settings = {"TUTOR_HOME": str(tmp_path), "TUTOR_CORPUS": str(SMALL_CORPUS), "PORT": str(free_port())}
    stopped = subprocess.run(
        [sys.executable, str(ROOT / "app.py")], env={**os.environ, **settings}, capture_output=True, text=True
    )
    assert stopped.returncode == 1
    assert "not a readable database" in stopped.stderr
    assert "The tutor is at" not in stopped.stdout


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(free_port(), tmp_path_factory.mktemp("home")) as running:
        yield running


def test_the_address_is_printed_once_the_page_answers(address: str) -> None:
    assert httpx.get(address).status_code == 200


def test_the_api_answers_with_citations(address: str) -> None:
    event = httpx.post(f"{address}/gradio_api/call/ask", json={"data": ["What is Kettle?", [], None, False]}).json()
    streamed = httpx.get(f"{address}/gradio_api/call/ask/{event['event_id']}", timeout=60).text
    assert "Kettle is a made-up forecasting service" in streamed
    assert "cite-" in streamed


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="NO BROWSER TESTS: chromium is not installed")
class TestInTheBrowser:
    @pytest.fixture
    def page(self, address: str):
        from playwright.sync_api import sync_playwright

        quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
                 "--disable-sync", "--no-first-run"]  # fmt: skip
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
            page = browser.new_page(viewport={"width": 1200, "height": 900})
            page.requested = []
            page.on("request", lambda request: page.requested.append(request.url))
            page.goto(address)
            page.wait_for_selector("#question textarea")
            yield page
            browser.close()

    def ask(self, page, question: str) -> None:
        page.fill("#question textarea", question)
        page.press("#question textarea", "Enter")

    def test_a_citation_opens_its_passage_with_the_words_marked(self, page, address: str) -> None:
        self.ask(page, "What is Kettle?")
        page.wait_for_selector("a.cite")
        assert not page.query_selector(".citations details[open]")
        page.click("a.cite >> nth=0")
        page.wait_for_selector(".citations details[open] mark")
        assert "made-up forecasting service" in page.inner_text(".citations details[open] mark")
        assert page.get_attribute(".citations details[open] .source a", "href").startswith("https://docs.example.com")
        assert all(url.startswith((address, "data:", "blob:")) for url in page.requested)

    def test_markup_in_a_question_is_harmless(self, page) -> None:
        self.ask(page, '<img src=x onerror="window.hacked=1"><b>What</b> is Kettle?')
        page.wait_for_selector(".answer")
        assert page.evaluate("window.hacked") is None
        assert page.query_selector("#conversation .user b") is None
        assert "<b>What</b>" in page.inner_text("#conversation")

    def test_outside_the_corpus_it_declines_and_a_new_conversation_starts_empty(self, page) -> None:
        self.ask(page, "Who won the football world cup in 1998?")
        page.wait_for_selector(".refusal")
        assert "would rather not answer" in page.inner_text(".refusal")
        page.click("#new")
        page.wait_for_selector("text=What would you like to understand?")

    def test_an_example_asks_itself(self, page) -> None:
        page.click("button.example >> nth=3")
        page.wait_for_selector("#conversation .answer")
