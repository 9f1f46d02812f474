"""A cleaner for long runs: a text on which a rule breaks is passed through and named."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.engine import Cleaner
from cleaner.errors import CleanerError, InvalidTextError
from cleaner.result import CleanResult


@dataclass(slots=True)
class Failed(CleanResult):
    """Stands for the result of a text on which a rule broke."""

    problem: str = ""


class CarefulCleaner(Cleaner):
    """Passes a text through on which a rule breaks: a bug of ours must not cost a night's run."""

    def __init__(self, cleaner: Cleaner) -> None:
        self.__dict__.update(cleaner.__dict__)

    def clean(self, text: str, *, outlet: str | None = None) -> CleanResult:
        """As `Cleaner.clean`; `Failed` for a text that is too long, or instead of an unexpected exception."""
        try:
            return super().clean(text, outlet=outlet)
        except InvalidTextError as error:
            return Failed(text, text, [], problem=str(error))
        except (CleanerError, ImportError):
            raise  # a damaged dictionary, a wrong rule name: no text would come through
        except Exception as error:
            problem = f"internal error: {type(error).__name__}: {error}; please report it"
            return Failed(text, text, [], problem=problem)
