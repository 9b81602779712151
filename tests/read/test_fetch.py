from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.read.web import Request, Site, running_site
from tutor.errors import InputError
from tutor.read import network
from tutor.read.fetch import Fetcher
from tutor.read.intake import take
from tutor.read.network import FetchError

PAGE = "<html><body><main><h1>Kettles</h1><p>A kettle boils water.</p></main></body></html>"


@dataclass
class FakeTime:
    """A clock that only sleeping moves."""

    now: float = 100.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


@pytest.fixture
def fake() -> FakeTime:
    return FakeTime()


@pytest.fixture
def fetcher(fake: FakeTime) -> Iterator[Fetcher]:
    with Fetcher(allow_private=True, clock=fake.clock, sleep=fake.sleep) as made:
        yield made


def redirect(target: str, status: int = 302):
    return lambda request: request.answer(status, Location=target)


def test_a_page_comes_with_what_is_needed_to_ask_for_it_again(site, fetcher):
    site.pages["/kettle"] = lambda request: request.answer(
        200, PAGE, Content_Type="text/html; charset=utf-8", ETag='"7"', Last_Modified="Fri, 20 Nov 2026 12:00:00 GMT"
    )
    page = fetcher.fetch(f"{site.address}/kettle#top")
    assert page.body.decode() == PAGE
    assert (page.url, page.etag, page.last_modified) == (
        f"{site.address}/kettle",
        '"7"',
        "Fri, 20 Nov 2026 12:00:00 GMT",
    )


def test_a_page_that_has_not_changed_is_not_sent_again(site, fetcher):
    def conditional(request: Request) -> None:
        request.answer(304 if request.headers.get("If-None-Match") == '"7"' else 200)

    site.pages["/kettle"] = conditional
    page = fetcher.fetch(f"{site.address}/kettle", etag='"7"', last_modified="Fri, 20 Nov 2026 12:00:00 GMT")
    assert page.unchanged
    assert page.body == b""
    assert site.asked[-1][1]["If-Modified-Since"] == "Fri, 20 Nov 2026 12:00:00 GMT"


def test_redirects_are_followed_one_by_one(site, fetcher):
    site.pages |= {"/a": redirect("/b"), "/b": redirect("c?x=1", 308), "/c": PAGE}
    assert fetcher.fetch(f"{site.address}/a").url == f"{site.address}/c?x=1"
    assert site.paths() == ["/a", "/b", "/c?x=1"]


def test_redirects_in_a_circle_end(site, fetcher):
    site.pages |= {"/a": redirect("/b"), "/b": redirect("/a")}
    with pytest.raises(FetchError, match="in a circle"):
        fetcher.fetch(f"{site.address}/a")
    assert len(site.paths()) == 2


def test_redirects_without_end_are_given_up(site, fetcher):
    for number in range(50):
        site.pages[f"/{number}"] = redirect(f"/{number + 1}")
    with pytest.raises(FetchError, match="more than 6 times"):
        fetcher.fetch(f"{site.address}/0")
    assert len(site.paths()) < 9


@pytest.mark.parametrize(
    "target", ["", "ftp://example.org/x", "http://user:secret@example.org/", "http://[::1", "file:///etc/passwd"]
)
def test_redirects_to_no_web_address_are_refused(site, fetcher, target):
    site.pages["/a"] = redirect(target)
    with pytest.raises(FetchError):
        fetcher.fetch(f"{site.address}/a")


def test_private_addresses_are_refused(site):
    site.pages["/kettle"] = PAGE
    with Fetcher() as careful, pytest.raises(FetchError, match=r"leads to 127\.0\.0\.1.*inside this network"):
        careful.fetch(f"{site.address}/kettle")
    assert site.asked == []


@pytest.mark.parametrize("inside", ["10.0.0.5", "169.254.169.254", "[fd00::1]", "[::ffff:192.168.1.1]"])
def test_a_redirect_to_a_private_address_is_refused(site, fake, monkeypatch, inside):
    monkeypatch.setattr(network, "is_public", lambda address: address == "127.0.0.1")
    site.pages["/a"] = redirect(f"http://{inside}/secret")
    with Fetcher(clock=fake.clock, sleep=fake.sleep) as careful, pytest.raises(FetchError, match="inside this network"):
        careful.fetch(f"{site.address}/a")


def test_a_name_is_refused_if_any_of_its_addresses_is_private(fake):
    with (
        Fetcher(resolve=lambda *_: ["93.184.215.14", "10.0.0.1"], clock=fake.clock, sleep=fake.sleep) as careful,
        pytest.raises(FetchError, match=r"10\.0\.0\.1"),
    ):
        careful.fetch("http://kettle.example/")


def test_the_address_that_was_checked_is_the_one_that_is_used(site, fake, monkeypatch):
    """A name whose second answer is private (DNS rebinding) never leads there: one answer, one connection."""
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[min(len(asked), 2) - 1]

    monkeypatch.setattr(network, "is_public", lambda address: address == "127.0.0.1")
    site.pages["/kettle"] = lambda request: request.answer(200, PAGE, Connection="close")
    with Fetcher(resolve=resolve, obey_robots=False, clock=fake.clock, sleep=fake.sleep) as careful:
        url = f"http://kettle.example:{site.server_port}/kettle"
        assert careful.fetch(url).body.decode() == PAGE
        assert asked == ["kettle.example"]
        with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
            careful.fetch(url)


def test_a_busy_host_is_asked_again_when_it_said(site, fetcher, fake):
    replies = iter([(429, "7"), (503, ""), (200, "")])

    def busy(request: Request) -> None:
        status, wait = next(replies)
        request.answer(status, PAGE, **({"Retry_After": wait} if wait else {}))

    site.pages["/kettle"] = busy
    assert fetcher.fetch(f"{site.address}/kettle").body.decode() == PAGE
    assert 7.0 in fake.slept
    assert 2.0 in fake.slept


def test_retry_after_may_be_a_date(site, fetcher, fake):
    replies = iter([format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True), ""])
    site.pages["/kettle"] = lambda request: (
        request.answer(429, Retry_After=when) if (when := next(replies)) else request.answer(200, PAGE)
    )
    fetcher.fetch(f"{site.address}/kettle")
    assert any(25 < seconds <= 30 for seconds in fake.slept)


def test_a_host_that_stays_busy_is_given_up(site, fetcher):
    site.pages["/kettle"] = lambda request: request.answer(500)
    with pytest.raises(FetchError, match="busy") as caught:
        fetcher.fetch(f"{site.address}/kettle")
    assert caught.value.temporary
    assert len(site.paths()) == 4


def test_a_host_that_wants_an_hour_is_not_waited_for(site, fetcher, fake):
    site.pages["/kettle"] = lambda request: request.answer(429, Retry_After="3600")
    with pytest.raises(FetchError, match="3600 s"):
        fetcher.fetch(f"{site.address}/kettle")
    assert sum(fake.slept) < 5


def test_a_missing_page_is_said_and_not_asked_for_again(site, fetcher):
    with pytest.raises(FetchError, match="is not there") as caught:
        fetcher.fetch(f"{site.address}/none")
    assert not caught.value.temporary
    assert site.paths() == ["/none"]


def test_a_dropped_connection_is_tried_again(site, fetcher):
    drops = iter([True, False])

    def dropping(request: Request) -> None:
        if next(drops):
            request.close_connection = True
            request.connection.close()
        else:
            request.answer(200, PAGE)

    site.pages["/kettle"] = dropping
    assert fetcher.fetch(f"{site.address}/kettle").body.decode() == PAGE


@pytest.mark.parametrize("slow_part", ["headers", "body"])
def test_a_slow_page_is_given_up(site, slow_part):
    """Each byte comes in time, the whole never would."""

    def dripping(request: Request) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n")
        request.wfile.write(b"\r\n" if slow_part == "body" else b"X: ")
        for _ in range(200):
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(0.05)

    site.pages["/slow"] = dripping
    begun = time.monotonic()
    with (
        Fetcher(allow_private=True, obey_robots=False, page_seconds=0.5) as fetcher,
        pytest.raises(FetchError, match="does not answer") as caught,
    ):
        fetcher.fetch(f"{site.address}/slow")
    assert caught.value.temporary
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "video/mp4", "text/css"])
def test_other_types_are_refused_before_they_are_read(site, fetcher, kind):
    site.pages["/x"] = lambda request: request.answer(200, b"x" * 1000, Content_Type=kind)
    with pytest.raises(FetchError, match=kind):
        fetcher.fetch(f"{site.address}/x")


def test_a_large_page_is_refused_by_its_length(site):
    def boasting(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "300000000")
        request.end_headers()

    site.pages["/large"] = boasting
    with (
        Fetcher(allow_private=True, obey_robots=False) as fetcher,
        pytest.raises(InputError, match="larger than 25 MB"),
    ):
        fetcher.fetch(f"{site.address}/large")


def test_a_page_without_length_is_refused_once_it_grows_too_large(site):
    def endless(request: Request) -> None:
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        for _ in range(10_000):
            request.wfile.write(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")

    site.pages["/endless"] = endless
    with (
        Fetcher(allow_private=True, obey_robots=False, largest=50_000) as fetcher,
        pytest.raises(InputError, match="larger than"),
    ):
        fetcher.fetch(f"{site.address}/endless")


def test_packed_pages_are_unpacked(site, fetcher):
    site.pages["/gzip"] = lambda request: request.answer(200, gzip.compress(PAGE.encode()), Content_Encoding="gzip")
    site.pages["/deflate"] = lambda request: request.answer(
        200, zlib.compress(PAGE.encode()), Content_Encoding="deflate"
    )
    assert fetcher.fetch(f"{site.address}/gzip").body.decode() == PAGE
    assert fetcher.fetch(f"{site.address}/deflate").body.decode() == PAGE


@pytest.mark.parametrize(
    ("body", "encoding", "said"),
    [
        (gzip.compress(b"0" * 50_000_000), "gzip", "larger than"),
        (gzip.compress(PAGE.encode())[:-20], "gzip", "only in part"),
        (b"no gzip at all", "gzip", "packed wrongly"),
        (b"whatever", "br", "packed as br"),
    ],
    ids=["bomb", "truncated", "noise", "brotli"],
)
def test_bombs_and_broken_packing_are_refused(site, fetcher, body, encoding, said):
    site.pages["/x"] = lambda request: request.answer(200, body, Content_Encoding=encoding)
    with pytest.raises(InputError, match=said):
        fetcher.fetch(f"{site.address}/x")


def test_robots_are_kept_to_and_asked_for_once(site, fetcher):
    site.pages |= {
        "/robots.txt": "User-agent: *\nDisallow: /secret\n",
        "/secret/x": PAGE,
        "/open": PAGE,
        "/open2": PAGE,
    }
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetcher.fetch(f"{site.address}/secret/x")
    fetcher.fetch(f"{site.address}/open")
    fetcher.fetch(f"{site.address}/open2")
    assert [path for path, _ in site.asked] == ["/robots.txt", "/open", "/open2"]


def test_a_redirect_into_a_forbidden_corner_is_not_followed(site, fetcher):
    site.pages |= {"/robots.txt": "User-agent: *\nDisallow: /secret\n", "/a": redirect("/secret"), "/secret": PAGE}
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetcher.fetch(f"{site.address}/a")
    assert site.paths() == ["/a"]


def test_a_host_whose_robots_cannot_be_had_allows_nothing(site, fetcher):
    site.pages |= {"/robots.txt": lambda request: request.answer(503), "/kettle": PAGE}
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetcher.fetch(f"{site.address}/kettle")


def test_one_host_is_asked_once_a_second(site, fetcher, fake):
    site.pages["/kettle"] = PAGE
    begun = fake.now
    for _ in range(3):
        fetcher.fetch(f"{site.address}/kettle")
    assert fake.now - begun == pytest.approx(3.0)


def test_a_crawl_delay_is_kept_to(site, fetcher, fake):
    site.pages |= {"/robots.txt": "User-agent: *\nCrawl-delay: 5\n", "/kettle": PAGE}
    fetcher.fetch(f"{site.address}/kettle")
    begun = fake.now
    fetcher.fetch(f"{site.address}/kettle")
    assert fake.now - begun == pytest.approx(5.0)


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/x", "https://", "http://a:b@example.org/", "http://exa mple.org/", "nonsense", "http://[::1/x"],
)
def test_what_is_no_address_is_refused(fetcher, url):
    with pytest.raises(FetchError):
        fetcher.fetch(url)


def test_an_unknown_host_is_said(fake):
    def unknown(host: str, port: int) -> list[str]:
        raise FetchError(f"No address is known for {host}.", temporary=True)

    with (
        Fetcher(resolve=unknown, clock=fake.clock, sleep=fake.sleep) as fetcher,
        pytest.raises(FetchError, match=r"kettle\.invalid"),
    ):
        fetcher.fetch("https://kettle.invalid/")


def test_a_fetched_page_is_read_with_its_charset_and_its_links_made_whole(site, fetcher):
    page = "<html><body><main><p>Caf\xe9: <a href='/menu'>menu</a></p></main></body></html>"
    site.pages["/cafe"] = lambda request: request.answer(
        200, page.encode("latin-1"), Content_Type="text/html; charset=iso-8859-1"
    )
    extract = take(f"{site.address}/cafe", fetcher=fetcher)
    assert extract.text == f"Café: [menu]({site.address}/menu)\n"
    assert extract.origin == f"{site.address}/cafe"
