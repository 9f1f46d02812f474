"""Whatever the text, the promises of the log hold: structured fuzzing with hypothesis.

`benchmarks/fuzz.py` does the same for longer, guided by coverage (atheris).
"""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner import Cleaner, CleanResult, Config, InvalidTextError
from cleaner.contract import broken_promises
from cleaner.rules.packs import load_packs

CLEANERS = {
    "news": Cleaner(),
    "informal, all suggestions": Cleaner(Config(profile="informal", strength="recall")),
    "baku, own words": Cleaner(
        Config(profile="baku", min_confidence=0.0, ignore_words=("tidka",), ignore_patterns=(r"\bBaca\b",))
    ),
}

# Every line separator that str.splitlines or a regex knows, and other white space.
SPACES = [" ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "\v", "\f", "\x1c", "\x1e", "\x85", "\u2028", "\u2029"]
SPACES += ["\xa0", "\u2009", "\u3000", "\u200b", "\ufeff", "\0", "\x1b", "\xad"]
WORDS = (
    "Presiden Joko Widodo tidka aktid yang yg di ke lakukan dan dan sehari hari diIndonesia PresidenDonald "
    "Menteri Luar Ngeri bangettt indonesia mei nya non akademik se Lampung Rp 1.500.000 09.30 WIB 5 kg "
    "https://situs.id/a?b=1. surel@situs.co.id @akun #tagar `kode` <b> &amp; &#8217; 12/5 selesai.Menurut "
    "( ) \" ' “ ” , . ; : ! ? - – … JAKARTA, KOMPAS.com BOGOR"
).split()
MARKS = [
    *("\u0300", "\u0323", "\u0307", "\u200d", "\ufe0f", "\u202e", "\u202c", "\u2066", "\u2069", "\u200f"),
    *("\U0001f3fd", "\U000e0067", "\U0001f1ee\U0001f1e9", "👩‍👩‍👧", "👍🏽", "1\ufe0f\u20e3"),
]
SCRIPTS = ["Жук", "中文", "السلام", "שלום", "ไทย", "ꦗꦮ", "ᬩᬮᬶ", "देव", "한글", "Ἀθ", "ßﬁſ", "İı", "ǅ"]
TRIGGERS = sorted({trigger for pack in load_packs() for rule in pack.rules for trigger in rule.trigger})


def _mojibake(text: str) -> str:
    return text.encode("utf-8").decode("cp1252", "replace")


letters = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
pieces = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(SPACES),
    st.sampled_from(TRIGGERS),
    st.sampled_from(MARKS),
    st.sampled_from(SCRIPTS),
    letters,
    st.sampled_from(["é’", "“tidka”", "…", *SCRIPTS]).map(_mojibake),
    st.sampled_from(["é", "“", "’"]).map(_mojibake).map(_mojibake),
    st.tuples(st.sampled_from([*WORDS, *SPACES, *MARKS, *TRIGGERS]), st.integers(2, 30)).map(
        lambda p: p[0] * p[1]
    ),
)
texts = st.lists(st.tuples(pieces, st.sampled_from(["", "", " ", "\n"])), max_size=25).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)


@pytest.mark.parametrize("name", CLEANERS)
@settings(max_examples=120)
@given(text=texts)
@example(text="")
@example(text="\ufeff")
@example(text="Baca juga:")
def test_the_promises_hold(name: str, text: str) -> None:
    cleaner = CLEANERS[name]
    result = cleaner.clean(text)
    assert result.original == text
    assert broken_promises(result) == []
    assert cleaner.clean(text) == result
    for style in ("unified", "inline", "html"):
        assert isinstance(result.diff(style), str)
    assert isinstance(result.marked(), str)
    assert set(result.metadata) == {"outlet", "city", "byline", "editor", "read_also"}


@settings(max_examples=100)
@given(text=texts, data=st.data())
def test_spans_carried_across_keep_their_order(text: str, data: st.DataObject) -> None:
    result = CLEANERS["news"].clean(text)
    ends = st.integers(0, len(result.text))
    a, b, c = sorted(data.draw(st.tuples(ends, ends, ends)))
    small, large = result.to_original(a, b), result.to_original(a, c)
    assert small[0] <= small[1] <= large[1] <= len(text)
    # A span that nothing touched says the same on both sides.
    if not any(change.cleaned_start <= b and a <= change.cleaned_end for change in result.changes):
        assert result.original[slice(*small)] == result.text[a:b]


@settings(max_examples=60)
@given(text=texts, at=st.integers(0, 400), half=st.sampled_from(["\ud800", "\udfff", "\udc80"]))
def test_a_lone_surrogate_is_refused_with_its_place(text: str, at: int, half: str) -> None:
    at = min(at, len(text))
    with pytest.raises(InvalidTextError, match=rf"U\+{ord(half):04X} at code point {at};"):
        CLEANERS["news"].clean(text[:at] + half + text[at:])


@pytest.mark.parametrize(
    "piece", ["a", "tidka ", " ", "\0", "é", "Baca juga: ", "Ã©", "\u0300", "👨‍👩‍👧", "(", "\u202e"]
)
def test_a_line_of_a_megabyte(piece: str) -> None:
    size = 1 << 17 if piece == "tidka " else 1 << 20  # 0.1 ms for each of that many changes
    text = (piece * size)[:size]
    result = CLEANERS["news"].clean(text)
    # What `broken_promises` asks also in JSON is too slow for a million changes.
    assert result.revert() == text
    assert CleanResult(result.original, result.text, result.changes).apply(lambda _: True) == result.text


def test_the_checks_see_a_broken_result() -> None:
    """A check that finds nothing on anything would prove nothing."""
    good = CLEANERS["news"].clean("Beijing lebih aktid dan tidka diam. Ia utnuk apa.")
    assert len(good.changes) >= 3
    assert broken_promises(good) == []
    moved = CLEANERS["news"].clean(good.original)
    moved.changes[0].start += 1
    assert any("before is not at" in line for line in broken_promises(moved))
    swapped = CLEANERS["news"].clean(good.original)
    swapped.changes.reverse()
    assert any("not behind" in line for line in broken_promises(swapped))
    other = CLEANERS["news"].clean(good.original)
    other.text += "x"
    assert any("do not lead" in line for line in broken_promises(other))
