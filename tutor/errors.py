"""What can go wrong, as people are told it.

Every error names the value at fault and the next step. Foreign exceptions are translated where they enter. Refusing to
answer and rejecting an item are results, not errors.
"""

from __future__ import annotations


class TutorError(Exception):
    """Something that stopped the tutor; the message is for the person in front of it."""

    exit_code = 1


class SettingError(TutorError):
    """A setting has a value that the tutor cannot use."""


class InputError(TutorError):
    """A file or text given to the tutor cannot be used; nothing of it was kept."""

    exit_code = 2


class PageError(InputError):
    """A documentation page breaks the form that `docs/writing-pages.md` gives."""


class ModelError(TutorError):
    """An embedding model is missing, altered or unusable."""


class EngineError(TutorError):
    """A language model cannot be reached or used as it is set up."""


class UnknownEngineError(InputError):
    """An engine was asked for that is not set up."""


class IndexingError(TutorError):
    """The search index cannot be built or opened."""


class StoreError(TutorError):
    """The database cannot be used as it is; nothing in it was changed."""


class PortError(TutorError):
    """The address that the app should listen on cannot be had."""
