"""The words of a consideration in, what it names out: its examples, and among them the products.

Guides give examples in brackets: "(e.g., Dataflow, TensorFlow Extended [TFX], BigQuery)". Some are products, some are
not ("tabular, text, speech"). A product is written as a name is: with a capital or a digit inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_GIVES = re.compile(
    r"^(?:e\.?\s?g\.|eg\b|i\.?\s?e\.|for example|for instance|such as|including|includes|like|ex\.|ex\s?:|z\.\s?B\."
    r"|p\.\s?ej\.)(?:[\s,:]+|$)",
    re.I,
)
_LAST = re.compile(r"^(?:and/or|and|or|&|etc\.?|as well as|und|et|y|ou|o)\s+|\s*\betc\.?$", re.I)
_NAME_IN_TEXT = re.compile(
    r"(?<![\w-])(?:[A-Z][\w+-]*[A-Z0-9][\w+-]*|[A-Z][a-z0-9]+)(?:[ ](?:[A-Z][\w+]*|\d+(?:\.\d+)?)(?![\w-]))*"
)
_GLOSS = re.compile(r"^[\w ./&+-]*\b[A-Z][A-Z0-9/&.+-]+s?$")
"""What stands in brackets behind a name to shorten it: "(CI/CD)", "(Amazon EKS)"."""
_GENERIC = frozenset("AI API APIs GenAI ML MLOps LLM LLMs".split())  # noqa: SIM905 - one style with the list below
_FIRST_WORDS = frozenset(
    """a an analyze apply assess automate build choose compare configure connect contrast create define deploy describe
    design determine develop differentiate discuss enable ensure evaluate explain explore find given handle identify
    implement improve integrate interact interpret maintain manage migrate model monitor navigate optimize perform plan
    prepare provision publish recognize review run secure select set summarize test the train troubleshoot tune
    understand use utilize verify write""".split()  # noqa: SIM905 - reads better than seventy quoted words
)
"""Words that open an objective with a capital and are no part of a name; so is every word in -ing."""
_VENDORS = re.compile(r"^(?:Google Cloud|Google|Microsoft Azure|Azure|AWS|Amazon Web Services|Microsoft)(?:['’]s)?$")


def examples_in(text: str) -> tuple[str, ...]:
    """Everything that a text gives as an example in brackets, in order, each once."""
    found: list[str] = []
    for inside in _brackets(text):
        given = _GIVES.sub("", inside)
        if given != inside or not _GLOSS.match(inside):
            found.extend(_listed(given))
    return tuple(dict.fromkeys(found))


def products_in(text: str, examples: Sequence[str]) -> tuple[str, ...]:
    """The products among the examples, and those named in the text itself."""
    names = [example for example in examples if _is_name(example)]
    if len(names) * 2 > len(examples):
        names = [example for example in examples if _is_name(example) or _is_one_word_name(example)]
    outside = "".join(_outside_brackets(text))
    return tuple(dict.fromkeys([*_names_in(outside), *names]))


def _brackets(text: str) -> Iterator[str]:
    """What stands in round brackets, outermost first level only."""
    depth, start = 0, 0
    for place, character in enumerate(text):
        if character == "(":
            depth += 1
            start = place + 1 if depth == 1 else start
        elif character == ")" and depth:
            depth -= 1
            if not depth:
                yield text[start:place]
    if depth:
        yield text[start:]


def _outside_brackets(text: str) -> Iterator[str]:
    depth = 0
    for character in text:
        depth += character == "("
        if not depth:
            yield character
        depth -= character == ")" and depth > 0


def _listed(inside: str) -> Iterator[str]:
    """The entries of a list; a comma inside further brackets parts nothing."""
    depth, entry = 0, ""
    for character in f"{inside},":
        depth += (character in "([") - (character in ")]")
        if character in ",;" and depth <= 0:
            cleaned = _LAST.sub("", _GIVES.sub("", entry.strip())).strip(" .")
            if any(map(str.isalnum, cleaned)):
                yield cleaned
            depth, entry = 0, ""
        else:
            entry += character


def _is_name(example: str) -> bool:
    words = example.split()
    named = any(map(str.isupper, example if len(words) == 1 else example[1:])) and not _VENDORS.match(example)
    return named and (example[0].isupper() or (len(words) <= 4 and not words[0].endswith("ing")))


def _is_one_word_name(example: str) -> bool:
    """In a list of names, a lone lower-case word is one too, such as "sklearn"; a plural is not."""
    return example.isidentifier() and not example.endswith("s") and len(example) > 4


def _names_in(text: str) -> Iterator[str]:
    """Names in running text: capitals inside a word, or several capitalised words in a row."""
    words = [word for word in text.split() if word[0].isalpha()]
    if len(words) > 5 and sum(word[0].isupper() for word in words) > 0.8 * len(words):
        return  # a title in capitals says nothing about its words
    for match in _NAME_IN_TEXT.finditer(text):
        parts = match[0].split()
        if parts[0].casefold() in _FIRST_WORDS or parts[0].endswith("ing"):
            parts = parts[1:]
        name = " ".join(parts)
        capital_inside = any(map(str.isupper, name[1:])) and any(map(str.islower, name))
        one_has_two = any(sum(map(str.isupper, part)) > 1 for part in parts)
        if capital_inside and (one_has_two or len(parts) < len(words)) and not _is_common(name):
            yield name


def _is_common(name: str) -> bool:
    return bool(_VENDORS.match(name)) or bool(re.fullmatch(r"[A-Z]+s", name)) or _GENERIC.issuperset(name.split())
