"""The diffs: patch(1) must agree with us, people must be able to read them, browsers must be safe."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.compose import compose
from cleaner.edits import Bilingual, Edit, overlaps, splice
from cleaner.report.diff import render
from cleaner.result import CleanResult

# Many line ends of all kinds, and characters that a diff gives a meaning.
ALPHABET = st.sampled_from(list("ab \n\n\n\r-+@\\é😀\u2028\x0c"))


def result_of(text: str, *edits: tuple[int, int, str]) -> CleanResult:
    made = [
        Edit(start, end, after, "typo.test", Bilingual("alasan & sebab", "reason"))
        for start, end, after in edits
    ]
    return CleanResult(text, splice(text, edits), compose(text, text, [], made, "typo", "id"))


@st.composite
def results(draw):
    text = draw(st.text(ALPHABET, max_size=60))
    edits: list[tuple[int, int, str]] = []
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 8)))
        if not any(overlaps(start, end, s, e) for s, e, _ in edits):
            edits.append((start, end, draw(st.text(ALPHABET, max_size=5))))
    return result_of(text, *sorted(edits))


def patched(original: str, diff: str, folder) -> str:
    """What patch(1) makes of ``original``."""
    target = folder / "naskah satu.txt"
    target.write_bytes(original.encode())
    run = subprocess.run(
        ["patch", "--batch", "--fuzz=0", "-p0"], cwd=folder, input=diff.encode(), capture_output=True
    )
    assert run.returncode == 0, (run.stdout, run.stderr)
    assert b"offset" not in run.stdout, run.stdout  # line numbers are exact, not found by searching
    return target.read_bytes().decode()


needs_patch = pytest.mark.skipif(shutil.which("patch") is None, reason="patch(1) is not installed")


@needs_patch
@settings(max_examples=150)
@given(results())
def test_patch_makes_the_cleaned_text(tmp_path_factory, result):
    diff = render(result, "unified", "naskah satu.txt")
    if not result.changes:
        assert diff == ""
        return
    assert patched(result.original, diff, tmp_path_factory.mktemp("patch")) == result.text


@settings(max_examples=500)
@given(results())
def test_inline_shows_every_change_and_nothing_else(result):
    inline = render(result, "inline")
    assert (inline == "") == (not result.changes)
    assert inline.count("[-") >= sum(bool(change.before) for change in result.changes)
    assert inline.count("{+") >= sum(bool(change.after) for change in result.changes)


@given(results())
def test_html_holds_both_texts(result):
    import html

    fragment = render(result, "html")
    body = fragment[fragment.index(">") + 1 : -len("</div>")]
    kept = re.sub(r"<ins [^>]*>[^<]*</ins>", "", body)
    new = re.sub(r"<del [^>]*>[^<]*</del>", "", body)
    assert html.unescape(re.sub("<[^>]*>", "", kept)) == result.original
    assert html.unescape(re.sub("<[^>]*>", "", new)) == result.text


def test_unified_exactly():
    text = "satu\ndua\ntiga\nempat\nBaca juga: x\nlima\nenam tidka"
    start = text.index("Baca")
    result = result_of(text, (start, start + 13, ""), (len(text) - 5, len(text), "tidak"))
    assert result.diff("unified", "a.txt") == (
        "--- a.txt\n"
        "+++ a.txt\n"
        "@@ -2,6 +2,5 @@\n"
        " dua\n"
        " tiga\n"
        " empat\n"
        "-Baca juga: x\n"
        " lima\n"
        "-enam tidka\n"
        "\\ No newline at end of file\n"
        "+enam tidak\n"
        "\\ No newline at end of file\n"
    )


def test_a_space_in_the_name_is_ended_by_a_tab():
    assert render(result_of("a", (0, 1, "b")), "unified", "naskah satu.txt").startswith(
        "--- naskah satu.txt\t\n"
    )


def test_inline_marks_words_and_lines():
    text = "Ia tidka ada.\nBaca juga: x\nSelesai.Lalu"
    result = result_of(text, (3, 8, "tidak"), (14, 27, ""), (35, 35, " "))
    assert result.diff("inline") == (
        "@@ 1 @@\nIa [-tidka-]{+tidak+} ada.\n[-Baca juga: x-]\nSelesai.{+ +}Lalu\n"
    )


def test_inline_shows_a_line_break_that_goes():
    assert result_of("a\nb", (1, 2, "")).diff("inline") == "@@ 1 @@\na[-\n-]b\n"


def test_inline_colour_shows_spaces():
    result = result_of("a  b tidka", (1, 3, " "), (5, 10, "tidak"))
    assert render(result, "inline", color=True) == (
        "@@ 1 @@\na\x1b[41m  \x1b[0m\x1b[42m \x1b[0mb \x1b[31;9mtidka\x1b[0m\x1b[32mtidak\x1b[0m\n"
    )


def test_html_is_escaped_and_says_why():
    result = result_of('<b onclick="x">tidka</b>', (15, 20, "<i>"))
    assert result.diff("html") == (
        '<div class="cleaner-diff" style="white-space: pre-wrap">&lt;b onclick=&quot;x&quot;&gt;'
        '<del title="typo.test: alasan &amp; sebab">tidka</del>'
        '<ins title="typo.test: alasan &amp; sebab">&lt;i&gt;</ins>&lt;/b&gt;</div>'
    )


def test_an_unknown_style_is_refused():
    with pytest.raises(ValueError, match="unified, inline, html"):
        render(result_of("a"), "side-by-side")  # type: ignore[arg-type]
