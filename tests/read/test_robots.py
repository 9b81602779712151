from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.read.robots import NOTHING_ALLOWED, NOTHING_SAID, parse_robots

RULES = """
# for everybody
User-agent: *
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow: /find?q=*&page=
Crawl-delay: 2.5

User-agent: pmle-tutor
User-agent: other-bot
Disallow: /notes # ours alone
Allow:
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private", False),
        ("/private/x", False),
        ("/private/open/x", True),
        ("/paper.pdf", False),
        ("/paper.pdf?x=1", True),
        ("/find?q=tea&page=2", False),
        ("/find?q=tea", True),
        ("/notes", True),
        ("/%70rivate", False),
    ],
)
def test_the_longest_rule_that_fits_decides(path, allowed):
    assert parse_robots(RULES, "somebody").allows(path) is allowed


def test_a_group_of_our_own_stands_alone():
    ours = parse_robots(RULES, "pmle-tutor")
    assert not ours.allows("/notes/1")
    assert ours.allows("/private")
    assert ours.delay_seconds == 0


def test_delays_are_bounded():
    assert parse_robots(RULES, "x").delay_seconds == 2.5
    assert parse_robots("User-agent: *\nCrawl-delay: 86400", "x").delay_seconds == 30


def test_an_empty_file_allows_and_an_empty_rule_says_nothing():
    assert parse_robots("", "x") == NOTHING_SAID
    assert parse_robots("User-agent: *\nDisallow:", "x").allows("/anything")
    assert not NOTHING_ALLOWED.allows("/")


@given(st.text(alphabet="/ab*$.\n:", max_size=60), st.text(alphabet="/ab.", max_size=20))
def test_no_file_breaks_it(rules, path):
    parse_robots(f"User-agent: *\nDisallow: {rules}", "x").allows(f"/{path}")


def test_many_wildcards_take_no_time():
    assert parse_robots(f"User-agent: *\nDisallow: /{'*a' * 5000}b", "x").allows("/" + "a" * 5000)
