"""One small question with its passage, on which an engine shows whether it works."""

from __future__ import annotations

from tutor.read.document import Passage

QUESTION = "How long does the blue kettle take to boil water, and does it whistle?"
TEXT = "The blue kettle boils two litres of water in four minutes. It does not whistle. It weighs 900 grams."
PASSAGE = Passage("trial#what-it-is", "trial", "The blue kettle", ("What it is",), TEXT, 0, len(TEXT))
