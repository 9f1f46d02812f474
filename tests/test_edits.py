"""Properties of edits and changes: whatever the stages propose, the books must balance."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.books import resolve
from cleaner.compose import compose
from cleaner.config import Config
from cleaner.edits import Bilingual, Edit, overlaps, splice
from cleaner.engine import Cleaner
from cleaner.errors import ChangeMismatchError, InvalidTextError
from cleaner.replay import apply, revert
from cleaner.result import CleanResult
from cleaner.rules.base import Rule

# Everything that has made offsets go wrong somewhere: emoji with modifiers and ZWJ, combining marks,
# CRLF, Unicode's other line separators, right-to-left, letters whose lower case is longer.
ALPHABET = st.sampled_from(list("ab \n\r.,é😀👍🏽\u200d\u0301\u2028\u2029\u0085\x00İشß\U0010ffff"))
TEXTS = st.text(ALPHABET, max_size=40)


def rule(name: str, stage: str) -> Rule:
    return Rule(name, stage, Bilingual("uji", "test"), ("⟦a→b⟧",), ())


class RandomStage:
    """Proposes what hypothesis drew, as fractions of the text it meets."""

    def __init__(self, name: str, draws: list[tuple[float, float, str, float]]) -> None:
        self.name = name
        self.draws = draws
        self.rules = (rule(f"{name}.a", name), rule(f"{name}.b", name))

    def propose(self, document, enabled):
        size = len(document.text)
        edits = []
        for n, (at, length, after, confidence) in enumerate(self.draws):
            start = round(at * size)
            end = min(size, start + round(length * 6))
            edits.append(
                Edit(
                    start, end, after, f"{self.name}.{'ab'[n % 2]}", Bilingual("alasan", "reason"), confidence
                )
            )
        return edits


DRAWS = st.lists(
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.text(ALPHABET, max_size=4), st.floats(0, 1)), max_size=8
)


def run(text: str, stages: list[list[tuple[float, float, str, float]]]) -> CleanResult:
    cleaner = Cleaner(Config(profile="news"))
    names = ("encoding", "boilerplate", "encoding", "boilerplate", "encoding")
    made = [RandomStage(name, draws) for name, draws in zip(names, stages, strict=False)]
    cleaner.__dict__["_stages"] = cleaner.__dict__["_active"] = made
    cleaner.__dict__["_enabled"] = {r.id: r for stage in made for r in stage.rules}
    cleaner.__dict__["fingerprint"] = "test"
    return cleaner.clean(text)


@given(TEXTS, st.lists(DRAWS, min_size=1, max_size=5), st.data())
def test_the_books_balance(text: str, stages, data) -> None:
    result = run(text, stages)
    changes = result.changes

    assert result.original == text
    assert apply(text, changes) == result.text
    assert revert(result.text, changes) == text
    assert result.revert() == text
    assert result.apply(lambda change: True) == result.text

    # Sorted and disjoint on both sides, each saying truly what it did.
    for change in changes:
        assert text[change.start : change.end] == change.before
        assert result.text[change.cleaned_start : change.cleaned_end] == change.after
        assert change.before != change.after
        assert change.steps and change.rule in {step.rule for step in change.steps}
        assert change.confidence == min(step.confidence for step in change.steps)
    for one, two in pairwise(changes):
        assert one.end <= two.start and one.cleaned_end <= two.cleaned_start
        assert (one.start, one.end) < (two.start, two.end)

    # Everything outside the changes is the same, character by character.
    position = cleaned = 0
    for change in changes:
        assert text[position : change.start] == result.text[cleaned : change.cleaned_start]
        position, cleaned = change.end, change.cleaned_end
    assert text[position:] == result.text[cleaned:]

    # Any subset can be applied, and it does the same as reverting the others.
    chosen = data.draw(st.sets(st.sampled_from([c.id for c in changes]))) if changes else set()
    assert len({c.id for c in changes}) == len(changes)
    assert result.apply(chosen) == result.revert({c.id for c in changes} - chosen)

    # What was not applied is still there, in true offsets.
    for suggestion in result.suggestions:
        assert text[suggestion.start : suggestion.end] == suggestion.before
        assert result.text[suggestion.cleaned_start : suggestion.cleaned_end] == suggestion.steps[0].before
    for lost in result.suppressed:
        assert text[lost.start : lost.end] == lost.before and lost.winner

    assert CleanResult.from_dict(result.to_dict()) == result


@given(TEXTS, st.lists(DRAWS, min_size=1, max_size=5))
def test_unchanged_characters_map_to_themselves(text: str, stages) -> None:
    result = run(text, stages)
    inside = {i for c in result.changes for i in range(c.start, c.end)}
    for i in range(len(text)):
        start, end = result.to_cleaned(i, i + 1)
        assert 0 <= start <= end <= len(result.text)
        if i not in inside:
            assert end - start == 1 and result.text[start] == text[i]
            assert result.to_original(start, end) == (i, i + 1)
    for change in result.changes:
        if change.before and change.after:
            assert result.to_cleaned(change.start, change.end) == (change.cleaned_start, change.cleaned_end)
            assert result.to_original(change.cleaned_start, change.cleaned_end) == (change.start, change.end)


@given(TEXTS, DRAWS)
def test_resolution_keeps_or_names_every_edit(text: str, draws) -> None:
    stage = RandomStage("encoding", draws)

    class Doc:
        pass

    document = Doc()
    document.text = text
    edits = stage.propose(document, ())
    accepted, lost = resolve(edits, {r.id: r for r in stage.rules})
    for one in accepted:
        assert not any(overlaps(one.start, one.end, two.start, two.end) for two in accepted if two is not one)
    assert accepted == sorted(accepted, key=lambda e: (e.start, e.end))
    for edit, winner in lost:
        assert any(a.rule == winner and overlaps(a.start, a.end, edit.start, edit.end) for a in accepted)


def edit(start: int, end: int, after: str, confidence: float = 1.0) -> Edit:
    return Edit(start, end, after, "x.a", Bilingual("a", "b"), confidence)


def test_touching_changes_stay_separate_and_overlapping_ones_merge() -> None:
    original = "â€œmenaikanâ€ harga"
    first = compose(original, original, [], [edit(0, 3, "“"), edit(11, 13, "”")], "encoding", "id")
    text = apply(original, first)
    assert text == "“menaikan” harga"
    both = compose(original, text, first, [edit(1, 9, "menaikkan")], "typo", "id")
    assert [(c.start, c.end, c.after) for c in both] == [(0, 3, "“"), (3, 11, "menaikkan"), (11, 13, "”")]
    # An edit over a whole repaired quotation swallows the two changes under it.
    merged = compose(original, text, [*first], [edit(0, 10, "")], "boilerplate", "id")
    assert [(c.start, c.end, c.before, c.after) for c in merged] == [(0, 13, original[:13], "")]
    assert [step.after for step in merged[0].steps] == ["“", "”", ""]


def test_a_change_is_named_after_the_step_that_did_most() -> None:
    byline = Edit(7, 20, "", "boilerplate.byline", Bilingual("a", "b"))
    first = compose("Pulang.,Reporter: Rina", "Pulang.,Reporter: Rina", [], [byline], "boilerplate", "id")
    text = apply("Pulang.,Reporter: Rina", first)
    comma = Edit(6, len(text), "", "spacing.stray_mark", Bilingual("a", "b"))
    both = compose("Pulang.,Reporter: Rina", text, first, [comma], "spacing", "id")
    assert [(c.rule, len(c.steps)) for c in both] == [("boilerplate.byline", 2)]


def test_what_one_stage_inserts_and_the_next_deletes_is_no_change() -> None:
    first = compose("ab", "ab", [], [edit(1, 1, " ")], "spacing", "id")
    assert compose("ab", "a b", first, [edit(1, 2, "")], "typo", "id") == []


def test_a_log_of_another_text_is_refused() -> None:
    changes = compose("tidka", "tidka", [], [edit(0, 5, "tidak")], "typo", "id")
    assert apply("tidka", changes) == "tidak"
    with pytest.raises(ChangeMismatchError, match="another text"):
        apply("tadka", changes)
    with pytest.raises(ChangeMismatchError, match="another text"):
        revert("tidka", changes)
    with pytest.raises(ChangeMismatchError, match="only once"):
        apply("tidka", [*changes, *changes])


def test_a_damaged_result_is_refused() -> None:
    row = run("abc", [[(0.0, 0.2, "x", 1.0)]]).to_dict()
    assert CleanResult.from_dict(row).text == row["text"]
    with pytest.raises(ChangeMismatchError):
        CleanResult.from_dict({**row, "text": "lain"})
    with pytest.raises(ValueError, match="schema"):
        CleanResult.from_dict({**row, "schema": "cleaner.changes/99"})
    with pytest.raises(ValueError, match="malformed"):
        CleanResult.from_dict({key: value for key, value in row.items() if key != "changes"})
    with pytest.raises(ChangeMismatchError):
        CleanResult.from_dict({**row, "changes": []})


def test_ids_are_stable_and_unknown_ones_are_refused() -> None:
    result = run("abc", [[(0.0, 0.2, "x", 1.0)]])
    again = run("abc", [[(0.0, 0.2, "x", 1.0)]])
    assert [c.id for c in result.changes] == [c.id for c in again.changes]
    with pytest.raises(KeyError):
        result.revert(["nope"])
    with pytest.raises(IndexError):
        result.to_original(0, 99)


@pytest.mark.parametrize("text", ["a\ud800b", "\udfff", "ok \udc80"])
def test_lone_surrogates_are_refused_with_their_place(text: str) -> None:
    with pytest.raises(InvalidTextError, match=r"lone surrogate U\+D"):
        run(text, [[]])


def test_bytes_are_refused_with_advice() -> None:
    with pytest.raises(InvalidTextError, match="decode"):
        Cleaner().clean(b"teks")


def test_splice() -> None:
    assert splice("abcdef", [(0, 1, "X"), (1, 1, "-"), (4, 6, "")]) == "X-bcd"
