"""Growing the library against a real HTTP server on loopback."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.conftest import NOON
from tutor.errors import InputError
from tutor.read.document import Document, Source
from tutor.read.fetch import Fetcher
from tutor.read.library import Library
from tutor.read.shelve import add_all, official_addresses, sources_in, stale, sync

PAGE = "<html><head><title>{0}</title></head><body><main><h1>{0}</h1><p>{1}</p></main></body></html>"


class Host:
    """A web host whose pages the test sets, and which notes what it was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.status: dict[str, int] = {}
        self.asked: list[tuple[str, int]] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = host.pages.get(self.path, "").encode()
                tag = f'"{hash(body)}"'
                status = host.status.get(self.path, 200 if body else 404)
                if body and self.headers.get("If-None-Match") == tag:
                    status = 304
                host.asked.append((self.path, status))
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", host.pages[self.path])
                self.send_header("ETag", tag)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(0 if status in (302, 304) else len(body)))
                self.end_headers()
                if status not in (302, 304):
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def statuses(self, path: str) -> list[int]:
        return [status for asked, status in self.asked if asked == path]


@pytest.fixture
def host() -> Iterator[Host]:
    made = Host()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(allow_private=True, host_delay=0, sleep=lambda seconds: None) as made:
        yield made


def test_official_pages_are_fetched_once_and_then_only_when_they_change(
    tmp_path: Path, host: Host, fetcher: Fetcher
) -> None:
    library = Library(tmp_path)
    host.pages = {"/a": PAGE.format("A", "Kettles boil water."), "/b": PAGE.format("B", "Pots brew tea.")}
    addresses = [f"{host.address}/a", f"{host.address}/b", f"{host.address}/gone"]
    first = list(sync(library, addresses, NOON, fetcher))
    assert [outcome.state for outcome in first] == ["added", "added", "failed"]
    assert "is not there" in first[2].reason

    asked = len(host.asked)
    again = list(sync(library, addresses[:2], NOON + timedelta(hours=2), fetcher))
    assert [outcome.state for outcome in again] == ["unchanged", "unchanged"]
    assert len(host.asked) == asked, "looked at a moment ago"

    host.pages["/b"] = PAGE.format("B", "Pots brew coffee.")
    later = list(sync(library, addresses[:2], NOON + timedelta(days=3), fetcher))
    assert [outcome.state for outcome in later] == ["unchanged", "changed"]
    assert host.statuses("/a") == [200, 304]
    assert "coffee" in next(entry.text for entry in library.entries("official") if entry.origin.endswith("/b"))


def test_an_interrupted_sync_keeps_what_it_has_and_goes_on(tmp_path: Path, host: Host, fetcher: Fetcher) -> None:
    library = Library(tmp_path)
    host.pages = {f"/{n}": PAGE.format(n, f"Page {n} about kettles.") for n in range(5)}
    addresses = [f"{host.address}/{n}" for n in range(5)]
    run = sync(library, addresses, NOON, fetcher)
    next(run), next(run)
    run.close()
    assert len(list(library.entries("official"))) == 2
    states = [outcome.state for outcome in sync(library, addresses, NOON + timedelta(minutes=1), fetcher)]
    assert states == ["unchanged", "unchanged", "added", "added", "added"]
    assert all(host.statuses(f"/{n}") == [200] for n in range(5))


def test_a_busy_host_and_a_redirect_to_elsewhere(tmp_path: Path, host: Host, fetcher: Fetcher) -> None:
    host.pages = {"/busy": "x", "/moved": "http://169.254.169.254/latest/meta-data"}
    host.status = {"/busy": 503, "/moved": 302}
    with Fetcher(host_delay=0, sleep=lambda seconds: None) as careful:
        busy = list(sync(Library(tmp_path), [f"{host.address}/busy"], NOON, fetcher))
        private = list(sync(Library(tmp_path), [f"{host.address}/moved"], NOON, careful))
    assert busy[0].state == private[0].state == "failed"
    assert "busy" in busy[0].reason
    assert list(Library(tmp_path).entries("official")) == []


def test_pages_whose_source_changed_after_they_were_checked_are_stale(
    tmp_path: Path, host: Host, fetcher: Fetcher
) -> None:
    library = Library(tmp_path)
    host.pages = {"/new": PAGE.format("New", "Text. Last updated 2026-12-24 UTC."), "/old": PAGE.format("Old", "Text.")}
    list(sync(library, [f"{host.address}/new", f"{host.address}/old"], NOON, fetcher))
    checked = NOON.date()
    pages = [
        Document(name, name, "", 0, sources=(Source(name, f"{host.address}/{name}", checked),))
        for name in ("new", "old")
    ]
    (found,) = stale(pages, library.changes())
    assert (found.doc, found.checked, found.changed_on) == ("new", "2026-11-20", "2026-12-24")
    assert official_addresses(pages) == [f"{host.address}/new", f"{host.address}/old"]


def test_a_folder_is_added_file_by_file_and_one_bad_file_stops_nothing(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    (notes / "deep").mkdir(parents=True)
    (notes / "a.md").write_text("# A\n\nKettles boil.", encoding="utf-8")
    (notes / "deep" / "b.txt").write_text("Pots brew tea.", encoding="utf-8")
    (notes / "bad.pdf").write_bytes(b"%PDF-1.4 truncated")
    (notes / ".hidden.md").write_text("secret", encoding="utf-8")
    (notes / "picture.png").write_bytes(b"\x89PNG")
    library = Library(tmp_path / "library")
    outcomes = list(add_all(library, sources_in(str(notes)), NOON))
    assert [(Path(o.origin).name, o.state) for o in outcomes] == [
        ("a.md", "added"),
        ("bad.pdf", "failed"),
        ("b.txt", "added"),
    ]
    assert "bad.pdf" in outcomes[1].reason
    assert [o.state for o in add_all(library, [str(notes / "a.md")], NOON)] == ["unchanged"]


def test_a_folder_without_anything_to_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    with pytest.raises(InputError, match="holds no file"):
        sources_in(str(tmp_path))
