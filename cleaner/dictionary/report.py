"""draft"""

from pathlib import Path


def report(output: Path, shared: Path, held_out: list[str]) -> str:
    """Placeholder until the measures are written."""
    return f"{output} {shared} {len(held_out)}\n"
