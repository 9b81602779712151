"""Addresses in, pages out: politely, within limits, and never from inside this machine or its network.

Every hop of a redirect is checked anew (see `network.py`). A host's robots.txt is kept to, and one host is asked once
a second at most. What is busy (429, 5xx) is asked again a few times, later. A page that cannot be had raises
`FetchError`.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit, urlunsplit

import httpcore
import httpx

from tutor import __version__
from tutor.read.addresses import checked_address, next_address
from tutor.read.extract import LARGEST_BYTES, too_large
from tutor.read.network import FetchError, GuardedTransport, Resolve, resolve_host
from tutor.read.robots import NOTHING_ALLOWED, NOTHING_SAID, Robots, parse_robots

AGENT = "pmle-tutor"
MOST_REDIRECTS = 6
MOST_ATTEMPTS = 4
LONGEST_WAIT = 60.0
"""Seconds that a busy host may make us wait before we give up."""
PAGE_SECONDS = 30.0
"""Seconds for one answer, from connecting to its last byte."""
HOST_DELAY = 1.0
LARGEST_ROBOTS = 500_000

_HEADERS = {
    "User-Agent": f"{AGENT}/{__version__} (a study tutor, fetching single pages for a learner)",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain,text/markdown,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "en",
}
_TYPES = (
    "text/",
    "application/pdf",
    "application/xhtml+xml",
    "application/octet-stream",
    "application/json",
    "application/x-ipynb+json",
    "application/x-python",
    "application/vnd.openxmlformats-officedocument.wordprocessingml",
)
_NO_TEXT = ("text/css", "text/javascript", "text/calendar", "text/vcard", "text/event-stream")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_REASONS = {401: "wants a login", 403: "is not open to us", 404: "is not there", 410: "is gone for good"}


@dataclass(frozen=True)
class Fetched:
    """A page as its host gave it."""

    url: str
    """Where it was found in the end."""
    body: bytes
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False
    """Whether it is still the one that the caller knows; the body is then empty."""


@dataclass(frozen=True)
class _Reply:
    status: int
    headers: httpx.Headers
    body: bytes = b""


class Fetcher:
    """Fetches pages one at a time; close it when done."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        obey_robots: bool = True,
        largest: int = LARGEST_BYTES,
        page_seconds: float = PAGE_SECONDS,
        host_delay: float = HOST_DELAY,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        resolve: Resolve = resolve_host,
    ) -> None:
        self._obey_robots = obey_robots
        self._largest = largest
        self._page_seconds = page_seconds
        self._host_delay = host_delay
        self._clock = clock
        self._sleep = sleep
        self._transport = GuardedTransport(allow_private=allow_private, resolve=resolve, clock=clock)
        self._client = httpx.Client(transport=self._transport, timeout=10, trust_env=False, headers=_HEADERS)
        self._robots: dict[str, Robots] = {}
        self._free_at: dict[str, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """Fetch a page; with what is known of an earlier copy, only if it has changed since."""
        known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        conditions = {name: value for name, value in known.items() if value}
        seen: set[str] = set()
        place = checked_address(url)
        while place not in seen:
            if len(seen) > MOST_REDIRECTS:
                raise FetchError(
                    f"{url} redirects more than {MOST_REDIRECTS} times. Give the address of the page itself."
                )
            seen.add(place)
            self._check_robots(place)
            reply = self._ask(place, conditions, self._largest, typed=True)
            if reply.status not in _REDIRECTS:
                return _fetched(place, reply)
            place = next_address(place, reply.headers.get("location", ""))
        raise FetchError(f"{url} redirects in a circle. Give the address of the page itself.")

    def _check_robots(self, url: str) -> None:
        if not self._obey_robots:
            return
        parts = urlsplit(url)
        path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        if not self._robots_of(f"{parts.scheme}://{parts.netloc}").allows(path):
            raise FetchError(
                f"{url} may not be fetched by programs (robots.txt). Save the page yourself and give the file."
            )

    def _robots_of(self, origin: str) -> Robots:
        """The rules of a host, asked for once; a host that cannot give them allows nothing, as RFC 9309 has it."""
        if origin not in self._robots:
            place, reply = f"{origin}/robots.txt", None
            for _ in range(MOST_REDIRECTS):
                reply = self._ask(place, {}, LARGEST_ROBOTS, typed=False, patient=False)
                if reply.status not in _REDIRECTS:
                    break
                place = next_address(place, reply.headers.get("location", ""))
            assert reply is not None
            if reply.status >= 500 or reply.status == 429:
                self._robots[origin] = NOTHING_ALLOWED
            elif reply.status == 200:
                self._robots[origin] = parse_robots(reply.body.decode("utf-8", "replace"), AGENT)
            else:
                self._robots[origin] = NOTHING_SAID
        return self._robots[origin]

    def _ask(self, url: str, conditions: dict[str, str], largest: int, *, typed: bool, patient: bool = True) -> _Reply:
        """Ask for a page, again and later where the host is busy; a `patient` caller is spared busy replies."""
        for attempt in range(1, MOST_ATTEMPTS + 1):
            self._wait_for(url)
            try:
                reply = self._request(url, conditions, largest, typed=typed)
            except (httpx.HTTPError, *_NETWORK_ERRORS) as error:
                if attempt == MOST_ATTEMPTS or isinstance(error, (httpx.TimeoutException, httpcore.TimeoutException)):
                    raise FetchError(
                        f"{url} does not answer ({_said(error)}). Try again later.", temporary=True
                    ) from error
                self._sleep(2.0 ** (attempt - 1))
                continue
            if reply.status not in _BUSY or (attempt == MOST_ATTEMPTS and not patient):
                return reply
            wait = _retry_after(reply.headers.get("retry-after", "")) or 2.0 ** (attempt - 1)
            if attempt == MOST_ATTEMPTS or wait > LONGEST_WAIT:
                raise FetchError(
                    f"{url} is busy ({reply.status}) and asks to wait {wait:.0f} s. Try again later.", temporary=True
                )
            self._sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _wait_for(self, url: str) -> None:
        """Keep the distance between two requests to one host."""
        parts = urlsplit(url)
        host = parts.netloc
        now = self._clock()
        wait = self._free_at.get(host, now) - now
        if wait > 0:
            self._sleep(wait)
        robots = self._robots.get(f"{parts.scheme}://{host}", NOTHING_SAID)
        self._free_at[host] = max(now + wait, now) + max(self._host_delay, robots.delay_seconds)

    def _request(self, url: str, conditions: dict[str, str], largest: int, *, typed: bool) -> _Reply:
        self._transport.allow_until(self._clock() + self._page_seconds)
        with self._client.stream("GET", url, headers=conditions) as response:
            if response.status_code != 200:
                return _Reply(response.status_code, response.headers)
            kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
            if typed and kind and (not kind.startswith(_TYPES) or kind in _NO_TEXT):
                raise FetchError(f"{url} is of type {kind}, which the tutor does not read. Give a page, PDF or text.")
            length = response.headers.get("content-length", "")
            if length.isdigit() and int(length) > largest:
                raise too_large(url)
            pieces: list[bytes] = []
            size = 0
            for piece in _decoded(response, url, largest):
                size += len(piece)
                if size > largest:
                    raise too_large(url)
                pieces.append(piece)
            return _Reply(200, response.headers, b"".join(pieces))


_NETWORK_ERRORS = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
)


def _fetched(place: str, reply: _Reply) -> Fetched:
    if reply.status == 304:
        return Fetched(place, b"", unchanged=True)
    if reply.status != 200:
        reason = _REASONS.get(reply.status, f"cannot be had ({reply.status})")
        raise FetchError(f"{place} {reason}. Check the address in a browser, or save the page and give the file.")
    headers = reply.headers
    kind, etag, modified = (headers.get(name, "") for name in ("content-type", "etag", "last-modified"))
    return Fetched(place, reply.body, kind, etag, modified)


def _decoded(response: httpx.Response, url: str, largest: int) -> Iterator[bytes]:
    """The body's pieces, unpacked; each piece is bounded, so that a bomb is noticed before it goes off."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding in ("", "identity"):
        yield from response.iter_raw()
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(f"{url} comes packed as {encoding}, which was not asked for. Save the page and give the file.")
    unpacking = zlib.decompressobj(47 if "gzip" in encoding else 15)
    try:
        for piece in response.iter_raw():
            while piece:
                yield unpacking.decompress(piece, largest + 1)
                piece = unpacking.unconsumed_tail
        if not unpacking.eof:
            raise FetchError(f"{url} came only in part. Try again later.", temporary=True)
    except zlib.error as error:
        raise FetchError(f"{url} is packed wrongly ({error}). Try again later.", temporary=True) from error


def _retry_after(value: str) -> float:
    """Seconds that a Retry-After asks for, as a number or a date; 0 where it says nothing."""
    if value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError):
        return 0.0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__
