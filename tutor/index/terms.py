"""Text in, search terms out: stemmed words, and identifiers kept whole as well as in parts.

`ML.PREDICT` yields `ml.predict`, `ml` and `predict`; `n1-standard-4` yields itself and its parts. So an exact
identifier is found as such, and a learner who writes it differently finds it still.
"""

from __future__ import annotations

import functools
import re
import threading
import unicodedata
from collections.abc import Iterator

import snowballstemmer

_WORD = re.compile(r"[^\W_]+(?:[._\-+/][^\W_]+)*[+#]*")
_PART = re.compile(r"[^\W_]+")

STOP_WORDS = frozenset(
    """a about an and any are as at be been but by can could did do does for from get had has have how i if in into is
    it its me my of on or our should so than that the their them then there these they this those to was we were what
    when where which who why will with would you your""".split()  # noqa: SIM905 - reads better than seventy quoted words
)

_stemmer = threading.local()


def terms(text: str) -> Iterator[str]:
    """Yield the search terms of a text, in order, with repetitions."""
    for word in _WORD.findall(unicodedata.normalize("NFKC", text).lower()):
        yield from _terms_of(word)


@functools.lru_cache(maxsize=200_000)
def _terms_of(word: str) -> tuple[str, ...]:
    pieces = _PART.findall(word)
    whole = [word] if len(pieces) > 1 else []
    return (*whole, *(stem(piece) for piece in pieces if piece not in STOP_WORDS))


@functools.lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Reduce a lower-case word to its stem: `training`, `trained` and `trains` meet."""
    if not hasattr(_stemmer, "english"):
        _stemmer.english = snowballstemmer.stemmer("english")
    stemmed: str = _stemmer.english.stemWord(word)
    return stemmed
