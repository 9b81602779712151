"""Web addresses as people give them in, addresses that may be fetched out; others raise `FetchError`."""

from __future__ import annotations

from urllib.parse import urljoin

import httpx

from tutor.read.network import FetchError


def checked_address(url: str) -> str:
    """An address in its usual form, without its fragment; one that cannot be fetched is refused."""
    try:
        whole = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"{url} is no web address ({error}). Give one like https://example.org/page.") from error
    if whole.scheme not in ("http", "https") or not whole.host:
        raise FetchError(f"{url} is no web address. Give one that begins with https://.")
    if whole.userinfo:
        raise FetchError("Addresses with a name or password in them are not fetched. Leave it out.")
    return str(whole.copy_with(fragment=None))


def next_address(place: str, location: str) -> str:
    """Where a redirect leads."""
    if not location:
        raise FetchError(f"{place} redirects to nowhere. Try again later.", temporary=True)
    try:
        target = urljoin(place, location)
    except ValueError as error:
        raise FetchError(f"{place} redirects to {location[:200]}, which is no web address.") from error
    if place.startswith("https:") and target.startswith("http:"):
        raise FetchError(
            f"{place} redirects to an address that is not encrypted: {target}. Give that one if you trust it."
        )
    return checked_address(target)
