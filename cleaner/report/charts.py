"""Bar charts as SVG: text that a browser draws, without scripts, fonts or network."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_WIDTH = 640
_HEIGHT = 220
_LEFT, _TOP, _BOTTOM = 8, 22, 44
_ROW = 24
_NAME = 170


def histogram(values: Sequence[int], labels: Sequence[str], axis: str, title: str) -> str:
    """Upright bars with their value on top and a label below each; ``axis`` names the labels."""
    most = max([*values, 1])
    total = sum(values)
    step = (_WIDTH - 2 * _LEFT) / max(1, len(values))
    base = _HEIGHT - _BOTTOM
    # Every label, or as many as have room.
    every = -(-len(labels) * 44 // _WIDTH)
    parts = []
    for index, (value, label) in enumerate(zip(values, labels, strict=True)):
        x = _LEFT + index * step
        height = (base - _TOP) * value / most
        middle = x + step / 2
        share = f"{100 * value / total:.1f} %" if total else ""
        parts.append(
            f'<rect class="bar" x="{x + step * 0.1:.1f}" y="{base - height:.1f}" width="{step * 0.8:.1f}" '
            f'height="{height:.1f}"><title>{escape(label)}: {value:,} ({share})</title></rect>'
        )
        if value:
            parts.append(
                f'<text x="{middle:.1f}" y="{base - height - 5:.1f}" class="mid">{short(value)}</text>'
            )
        if index % every == 0:
            parts.append(f'<text x="{middle:.1f}" y="{base + 16}" class="mid soft">{escape(label)}</text>')
    parts.append(f'<line x1="{_LEFT}" y1="{base}" x2="{_WIDTH - _LEFT}" y2="{base}"/>')
    parts.append(f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 6}" class="mid soft">{escape(axis)}</text>')
    return _svg(_WIDTH, _HEIGHT, title, parts)


def bars(rows: Sequence[tuple[str, float, str]], title: str) -> str:
    """Lying bars: a name, a share from 0 to 1, and what is written behind the bar."""
    most = max([share for _, share, _ in rows] + [1e-9])
    room = _WIDTH - _NAME - 190
    parts = []
    for index, (name, share, note) in enumerate(rows):
        y = index * _ROW
        parts.append(f'<text x="{_NAME - 8}" y="{y + 16}" class="end">{escape(name)}</text>')
        width = room * share / most
        parts.append(f'<rect class="bar" x="{_NAME}" y="{y + 4}" width="{width:.1f}" height="{_ROW - 8}"/>')
        parts.append(f'<text x="{_NAME + width + 8:.1f}" y="{y + 16}" class="soft">{escape(note)}</text>')
    return _svg(_WIDTH, max(1, len(rows)) * _ROW, title, parts)


def short(value: int) -> str:
    """A number in few letters: 950, 12.3k, 4.5M."""
    for size, letter in ((1_000_000, "M"), (10_000, "k")):
        if value >= size:
            unit = 1_000_000 if letter == "M" else 1000
            return f"{value / unit:.1f}{letter}"
    return f"{value:,}"


def _svg(width: int, height: int, title: str, parts: list[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}" '
        f'style="max-width:{width}px">{"".join(parts)}</svg>'
    )
