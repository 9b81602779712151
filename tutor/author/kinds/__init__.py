"""Drafters of the kinds beside decisions: an item model and a seed in, a `DraftItem` with one provable key out.

A statement with quotes says how things are, and its quotes carry it. A statement without quotes only applies that to
the case in hand: it repeats what the stem says, or computes with the stem's numbers.
"""
