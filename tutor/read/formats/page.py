"""A page's tree in, without what a visitor does not see or did not come for.

Hidden text is dropped because it can carry instructions that no reader notices: comments, `hidden`, `aria-hidden`,
styles that hide. What a visitor opens with a click (accordions, tabs, `details`) is kept. Navigation, banners, forms
and scripts are dropped. Of what is left, the main part is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Node = Any  # lxml has no types
LEAST_MAIN_SHARE = 0.3
"""A `main` or `article` with less of the page's text than this is not what the page is about."""

_NEVER = frozenset(
    "script style noscript template svg math iframe object embed canvas video audio select textarea input dialog "  # noqa: SIM905
    "title meta link base datalist output progress meter map nav menu search noframes frameset applet param source "
    "track".split()
)
_BOILERPLATE = frozenset(
    "cookie cookies consent gdpr onetrust breadcrumb breadcrumbs nav navbar navigation sidenav skiplink comments "  # noqa: SIM905
    "disqus newsletter feedback sronly visuallyhidden visually modal popup tooltip".split()
)
"""Words in a class, id or tag name that stand for something else than the text."""
_OFTEN_BOILERPLATE = frozenset(
    "menu sidebar footer toc share sharing social pagination pager promo banner toolbar subscribe "  # noqa: SIM905
    "signup login".split()
)
"""Words that do so where the element is mostly links."""
_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar", "tooltip"}
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:[;!]|$)|"
    r"font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:[;!]|$)|text-indent\s*:\s*-\d{3}|(?:left|top)\s*:\s*-\d{4}|"
    r"(?<![-\w])color\s*:\s*transparent|clip(?:-path)?\s*:\s*(?:rect\(0|inset\((?:50|100)%)",
    re.I,
)
_HIDING_RULE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?([.#])([\w-]+)$", re.I)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def parse(text: str) -> Node | None:
    """The tree of a page; None where there is nothing in it. Comments and processing instructions stay out."""
    from lxml import etree, html  # type: ignore[import-untyped]

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def visible(root: Node) -> Node:
    """Take out, in place, what nobody sees and what is not the text."""
    opened = _opened_by_click(root)
    hiding = _hiding_rules(root)
    named = {node.get("id"): node for node in root.iter() if node.get("id")}
    for node in list(root.iter()):
        if not isinstance(node.tag, str) or (node.tag in _NEVER and node is not root):
            _drop(node)
        elif node.tag in ("html", "body"):
            continue
        elif (_is_hidden(node, hiding) and not _opens(node, opened)) or (node.tag == "form" and _asks(node)):
            _drop(node)
        elif node.get("role") == "tab":
            _label_panel(node, named.pop(node.get("aria-controls"), None))
        elif node.tag == "button" or node.get("role") == "button":
            _keep_if_it_opens(node)
    whole = _length(root)
    for node in list(root.iter()):
        if node.getparent() is not None and _is_boilerplate(node, whole):
            _drop(node)
    return root


def main_part(root: Node) -> Node:
    """What the page is about: its `main`, its only `article`, or all of it."""
    whole = _length(root)
    mains = [*root.iter("main"), *root.xpath("//*[@role='main']")]
    articles = list(root.iter("article"))
    for node in [*mains, *(articles if len(articles) == 1 else [])]:
        if _length(node) >= LEAST_MAIN_SHARE * whole:
            return node
    return root  # not its body: where a page opens none, some of the text lies in its head


def _drop(node: Node) -> None:
    """Empty a node and leave the text behind it: moving that text would take long where many nodes go."""
    if node.getparent() is not None:
        tail = node.tail
        node.clear()
        node.tag, node.tail = "span", _safe(tail or "")


def _safe(text: str) -> str:
    """Text as lxml takes it back: it lets control characters out of a page, but not in again."""
    return _UNSAFE.sub("", text)


def _opened_by_click(root: Node) -> set[str]:
    """Ids that a control on the page opens."""
    opened: set[str] = set()
    for node in root.xpath("//*[@aria-controls or @data-target or @data-bs-target or @aria-expanded]"):
        for name in ("aria-controls", "data-target", "data-bs-target", "href"):
            opened.update(part.removeprefix("#") for part in (node.get(name) or "").split())
    return opened


def _opens(node: Node, opened: set[str]) -> bool:
    """Whether a click brings a hidden node to light."""
    if node.get("id") in opened or node.get("role") == "tabpanel" or node.get("hidden") == "until-found":
        return True
    before = node.getprevious()
    if before is None or not isinstance(before.tag, str):
        return False
    return next((True for one in before.iter() if one.tag == "button" or one.get("aria-expanded")), False)


def _keep_if_it_opens(node: Node) -> None:
    """A button that opens something is that thing's heading; any other is dropped."""
    if any(node.get(name) for name in ("aria-controls", "aria-expanded", "data-target", "data-bs-target")):
        inside = next((True for above in node.iterancestors() if above.tag in (*_HEADINGS, "summary")), False)
        has_heading = next(node.iter(*_HEADINGS), None) is not None
        node.tag = "span" if inside else "div" if has_heading else "summary"
    elif node.tag == "button":
        _drop(node)


def _label_panel(tab: Node, panel: Node | None) -> None:
    """Put a tab's name where its panel begins."""
    words = _safe(" ".join("".join(tab.itertext()).split()))
    _drop(tab)
    if panel is not None and panel is not tab:
        label = panel.makeelement("summary")
        label.text, label.tail = words, _safe(panel.text or "")
        panel.text = None
        panel.insert(0, label)


def _asks(form: Node) -> bool:
    """Whether a form is there to be filled in; some pages wrap all their text in one."""
    asking = next(
        (True for one in form.iter("input") if one.get("type") in (None, "text", "email", "password", "search")), False
    )
    return asking and _length(form) < 400


def _is_hidden(node: Node, hiding: dict[str, set[str]]) -> bool:
    if node.get("hidden") is not None or node.get("aria-hidden", "").lower() == "true":
        return True
    if _HIDING.search(node.get("style") or ""):
        return True
    marks = [f".{name}" for name in (node.get("class") or "").split()] + [f"#{node.get('id')}"]
    return any("" in hiding[mark] or node.tag in hiding[mark] for mark in marks if mark in hiding)


def _hiding_rules(root: Node) -> dict[str, set[str]]:
    """Which classes and ids the page's own style sheets hide, and for which tags (`""` for all); not by medium."""
    hiding: dict[str, set[str]] = {}
    for style in root.iter("style"):
        for selectors, rules in _rules((style.text or "")[:500_000]):
            if not _HIDING_RULE.search(rules):
                continue
            for selector in selectors.split(","):
                match = _SELECTOR.match(selector.strip())
                if match:
                    hiding.setdefault(match[2] + match[3], set()).add((match[1] or "").lower())
    return hiding


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """The rules of a style sheet that hold always: those inside `@media` and the like are passed over."""
    depth, begin, selectors = 0, 0, ""
    for brace in re.finditer(r"/\*|\*/|[{}]", css):
        if brace[0] == "{":
            depth += 1
            if depth == 1:
                selectors, begin = css[begin : brace.start()].strip(), brace.end()
        elif brace[0] == "}" and depth:
            depth -= 1
            if depth == 0:
                if not selectors.startswith("@"):
                    yield selectors, css[begin : brace.start()]
                begin = brace.end()
        elif brace[0] == "*/" and depth == 0:
            begin = brace.end()


def _is_boilerplate(node: Node, whole: int) -> bool:
    if node.tag in ("html", "body", "main", "a", "code", "pre", *_HEADINGS) or node.get("role") == "main":
        return False
    in_main = next((True for above in node.iterancestors("main", "article")), False)
    words = _words(node)
    if node.get("role") in _ROLES or words & _BOILERPLATE or (node.tag == "footer" and not in_main):
        return not _is_most(node, whole)
    if node.tag in ("header", "aside") and not in_main:
        return not _is_most(node, whole) and (node.tag == "aside" or next(node.iter("h1"), None) is None)
    if words & _OFTEN_BOILERPLATE or node.tag in ("aside", "footer"):
        return not _is_most(node, whole) and _is_mostly_links(node)
    return False


def _words(node: Node) -> set[str]:
    """The words of a node's tag, classes and id: `siteNav-top` has site, nav, top."""
    names = f"{node.tag if '-' in node.tag else ''} {node.get('class') or ''} {node.get('id') or ''}"[:400]
    words = set(re.sub(r"([a-z])([A-Z])", r"\1 \2", names).lower().replace("_", " ").replace("-", " ").split())
    return words | {"sronly"} if {"sr", "only"} <= words or {"screen", "reader"} <= words else words


def _is_most(node: Node, whole: int) -> bool:
    return next(node.iter("main"), None) is not None or _length(node) > 0.5 * whole


def _is_mostly_links(node: Node) -> bool:
    length = _length(node)
    return 2 * sum(_length(link) for link in node.iter("a")) >= length


def _length(node: Node) -> int:
    return sum(len(text.strip()) for text in node.itertext())
