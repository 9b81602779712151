from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.read.extract import extract
from tutor.read.formats.html import fragment, read


def body(inside: str, head: str = "") -> str:
    return read(f"<html><head>{head}</head><body><main>{inside}</main></body></html>", "https://example.org/a/b").text


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>bait</p>",
        "<p aria-hidden='true'>bait</p>",
        "<p style='display: none'>bait</p>",
        "<p style='visibility:hidden'>bait</p>",
        "<p style='opacity:0'>bait</p>",
        "<p style='font-size:0px;'>bait</p>",
        "<p style='position:absolute;left:-9999px'>bait</p>",
        "<p style='text-indent:-999em'>bait</p>",
        "<p style='color:transparent'>bait</p>",
        "<p style='clip:rect(0,0,0,0)'>bait</p>",
        "<p class='sr-only'>bait</p>",
        "<p class='visually-hidden'>bait</p>",
        "<!-- bait -->",
        "<script>bait</script><style>bait</style><noscript>bait</noscript><template>bait</template>",
        "<textarea>bait</textarea><select><option>bait</option></select><svg><title>bait</title></svg>",
        "<img alt='bait'><input value='bait'><p title='bait'></p><meta content='bait'>",
        "<dialog>bait</dialog><div role='dialog'>bait</div>",
        "<div hidden><p>bait</p><button aria-controls='menu'>bait</button></div>",
        "<p>\U000e0062\U000e0061\U000e0069\U000e0074</p>",
    ],
)
def test_hidden_text_is_dropped(hidden):
    assert body(f"<p>Before.</p>{hidden}<p>After.</p>") == "Before.\n\nAfter.\n"


def test_text_hidden_by_the_pages_own_styles_is_dropped():
    styles = (
        "<style>/* x */ .bait, p#worse{ color: red; display:none } @media print { .seen { display: none } }</style>"
    )
    inside = "<p class='bait'>bait</p><p id='worse'>bait</p><p class='seen'>Seen.</p><div id='worse'>Also seen.</div>"
    assert body(inside, styles) == "Seen.\n\nAlso seen.\n"


@pytest.mark.parametrize(
    "opened",
    [
        "<button aria-controls='p'>Section 1</button><div id='p' hidden><p>Text.</p></div>",
        "<button aria-expanded='false'>Section 1</button><div style='display:none'><p>Text.</p></div>",
        "<details><summary>Section 1</summary><p>Text.</p></details>",
        "<b role='tab' aria-controls='p'>Section 1</b><div id='p' role='tabpanel' hidden>Text.</div>",
        "<h2><button aria-controls='p'>Section 1</button></h2><div id='p' aria-hidden='true'>Text.</div>",
    ],
)
def test_what_a_click_opens_is_kept_under_its_heading(opened):
    assert body(opened) == "## Section 1\n\nText.\n"


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><ul><li>Home</li></ul></nav>",
        "<header><a href='/'>Kettles</a></header>",
        "<footer>Imprint</footer>",
        "<aside><p>Other courses</p></aside>",
        "<div id='cookie-banner'><p>We bake cookies.</p></div>",
        "<ol class='breadcrumbs'><li>Home</li></ol>",
        "<div class='sidebar'><a href='/x'>More of it</a></div>",
        "<form><input name='q'><button>Find</button></form>",
        "<section id='comments'><p>First!</p></section>",
    ],
)
def test_furniture_is_left_out_where_no_main_part_is_marked(furniture):
    text = "<p>A kettle boils water, and this text is long enough to be what the page is about.</p>"
    page = read(f"<body>{furniture}<div>{text}</div></body>")
    assert page.text == "A kettle boils water, and this text is long enough to be what the page is about.\n"


def test_a_word_in_a_class_does_not_cost_the_whole_page():
    long = "<p>A kettle boils water.</p>" * 20
    assert "boils" in read(f"<body class='cookie-banner-open'><div class='modal navigation'>{long}</div></body>").text


def test_lists_keep_their_levels_and_numbers():
    assert (
        body("<ol start='3'><li>Three<ul><li>a<li>b</ul><li value='7'>Seven</ol>")
        == "3. Three\n  - a\n  - b\n7. Seven\n"
    )
    assert body("<ul><li><p>One</p><p>more</p></li><ul><li>Two</li></ul></ul>") == "- One more\n  - Two\n"


def test_an_entry_that_begins_with_empty_code_is_read():
    assert body("<ol><li><pre></pre><h3>One</h3><p>Text.</p></li></ol>") == "### One\n\nText.\n"


def test_links_are_made_whole_and_others_left_out():
    others = "<a href='javascript:x()'>j</a> <a href='#top'>t</a> <a href='mailto:a@b'>m</a>"
    assert body(f"<p><a href='../c?x=1#y'>c</a> {others}</p>") == "[c](https://example.org/c?x=1#y) j t m\n"


def test_cells_that_span_are_said_in_each_row():
    rows = "<tr><th>a<th>b<th>c<tr><td rowspan=2>1<td colspan=2>2<tr><td>3<td>4|5"
    assert fragment(f"<table>{rows}</table>") == "| a | b | c |\n|---|---|---|\n| 1 | 2 |  |\n| 1 | 3 | 4\\|5 |"


def test_code_keeps_its_lines_and_its_fence():
    inside = "<pre class='lang-sql'>SELECT 1\n  FROM `x`\n```</pre><p>Use <code>x</code>.</p>"
    assert body(inside) == "````sql\nSELECT 1\n  FROM `x`\n```\n````\n\nUse `x`.\n"


def test_text_that_looks_like_markup_stays_text():
    assert body("<p># no heading</p><p>``` no fence</p>") == "\\# no heading\n\n\\``` no fence\n"


def test_deep_nesting_is_flattened():
    assert read("<div>" * 5000 + "deep" + "</div>" * 5000).text.strip() in ("deep", "")
    assert "deep" in read("<div>" * 180 + "deep").text


@given(st.text(alphabet="<>/ahulitpdbr='\" -!&;#\n", max_size=200))
def test_any_markup_is_read(text):
    assert isinstance(read(f"<p>{text}").text, str)


@given(st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=8), min_size=1, max_size=30))
def test_no_word_of_a_paragraph_is_lost(words):
    assert read(f"<main><p>{' '.join(words)}</p></main>").text.split() == words


def test_a_tag_with_a_raised_digit_is_no_heading() -> None:
    page = b"<html><body><main><h1>Kettles</h1><h\xc2\xb2>Kettles boil water for tea.</h\xc2\xb2></main></body></html>"
    assert "Kettles boil water" in extract(page, name="page.html").text
