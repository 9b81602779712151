"""Item models: files in `corpus/decisions` from which practice items are drawn."""
