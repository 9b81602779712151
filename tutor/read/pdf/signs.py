"""Words and shapes in, the bullets that are drawn rather than written out.

Browsers print the bullets of a list as small dots, rings and squares.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.read.pdf.pen import Word
from tutor.read.pdf.shapes import Shape

LARGEST = 0.75
"""Size of a bullet in letter sizes."""
MOST = 300
"""Pages with more small shapes are drawings."""
FARTHEST = 3.0
"""Distance of a bullet from its text in letter sizes."""


def drawn_bullets(words: Sequence[Word], shapes: Sequence[Shape]) -> Iterator[Word]:
    """The bullets that stand before words with nothing else to their left."""
    small = [shape for shape in shapes if shape.width < 12 and shape.height < 12 and not (shape.white and shape.filled)]
    for shape in small if len(small) <= MOST else ():
        if not 0.6 < (shape.width + 0.1) / (shape.height + 0.1) < 1.6:
            continue
        middle = (shape.box[1] + shape.box[3]) / 2
        beside = [word for word in words if word.base < middle < word.base + 0.9 * word.size]
        after = min((word for word in beside if word.left > shape.box[0]), key=lambda word: word.left, default=None)
        before = any(word.left <= shape.box[0] and shape.box[0] - word.right < FARTHEST * word.size for word in beside)
        if after is None or before or after.left - shape.box[2] > FARTHEST * after.size:
            continue
        if 0.1 * after.size < shape.width < LARGEST * after.size:
            sign = "•" if shape.filled else "○"
            yield Word(sign, shape.box[0], shape.box[2], after.base, after.size)
