"""PMLE tutor: ask, practise and review for the Professional Machine Learning Engineer exam, always with citations."""

__version__ = "0.1.0"
