"""Every exception the package raises on purpose, in one small tree.

Messages are written for a person: they say what is wrong, where, and what to do about it.
"""


class CleanerError(Exception):
    """Base of all errors raised by this package."""


class InvalidTextError(CleanerError, ValueError):
    """The text cannot be cleaned: it is no `str`, holds a lone surrogate, or is longer than allowed."""


class ConfigError(CleanerError, ValueError):
    """A configuration key, value or file is wrong; the message names the nearest valid key."""


class RulePackError(CleanerError, ValueError):
    """A boilerplate rule file is malformed; the message names file, rule and field."""


class DictionaryError(CleanerError):
    """A dictionary file is missing, damaged or of another format version."""


class ChangeMismatchError(CleanerError, ValueError):
    """A change does not fit the text it is applied to: wrong text, or a damaged log."""


class InputError(CleanerError, ValueError):
    """An input file or record cannot be read: missing, binary, wrong encoding, no such field."""


class WorkerDiedError(CleanerError):
    """A text ended every process that was to clean it: too little memory, or a crash in a library."""


class MissingExtraError(CleanerError, ImportError):
    """An optional library is not installed; the message gives the command that installs it."""

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(f"{library} is not installed; install it with: pip install 'bersih[{extra}]'")
