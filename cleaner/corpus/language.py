"""Which language a text is in, by py3langid (extra ``language``).

Lui and Baldwin, 2012, "langid.py: An Off-the-shelf Language Identification Tool" (ACL demo); py3langid is
its maintained fork. Indonesian (id) and Malay (ms) are near to each other: name both if in doubt.
"""

from __future__ import annotations

from cleaner.errors import InputError

_ENOUGH = 4000
"""Code points that are looked at."""


def language_of(text: str) -> str:
    """The ISO 639-1 code of the most likely language. Raises InputError if py3langid is not installed."""
    try:
        import py3langid  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError as error:
        raise InputError(
            "--only-language needs py3langid; install it with: pip install 'bersih[language]'"
        ) from error
    code, _ = py3langid.classify(text[:_ENOUGH])
    return str(code)
