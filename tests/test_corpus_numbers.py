"""The arithmetic of samples and totals."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.corpus.sample import Found, Judged, allot, draw, precision, wilson
from cleaner.corpus.stats import Stats

SIZES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 40), min_size=1)


@given(SIZES, st.integers(1, 200))
def test_a_sample_is_shared_out_evenly(sizes, number):
    shares = allot(number, sizes)
    assert sum(shares.values()) == min(number, sum(sizes.values()))
    assert all(0 <= shares[name] <= sizes[name] for name in sizes)
    unfinished = [shares[name] for name in sizes if shares[name] < sizes[name]]
    assert not unfinished or max(shares.values()) <= min(unfinished) + 1


@given(SIZES, st.integers(1, 60), st.integers(0, 9))
def test_no_change_is_drawn_twice_and_a_seed_draws_the_same(sizes, number, seed):
    changes = [
        Found("d", {"rule": name, "id": f"{name}{n}"}, "", "") for name in sizes for n in range(sizes[name])
    ]
    drawn = draw(changes, number, "rule", seed)
    assert drawn == draw(changes, number, "rule", seed)
    assert {item.stratum: item.size for item in drawn} == sizes
    ids = [found.change["id"] for item in drawn for found in item.changes]
    assert len(ids) == len(set(ids)) == min(number, len(changes))
    assert all(found.change["rule"] == item.stratum for item in drawn for found in item.changes)


def test_every_change_has_the_same_chance():
    changes = [Found("d", {"rule": "a", "id": n}, "", "") for n in range(10)]
    counts = [0] * 10
    for seed in range(2000):
        for found in draw(changes, 3, "none", seed)[0].changes:
            counts[found.change["id"]] += 1
    assert all(520 < count < 680 for count in counts)  # 600 expected; 4 standard deviations are 82


def test_wilson_gives_published_values():
    # Brown, Cai and DasGupta (2001) and Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=1e-4)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=1e-4)


@given(
    st.lists(
        st.tuples(st.integers(1, 10_000), st.integers(0, 50), st.integers(0, 50)).filter(
            lambda item: item[1] + item[2] > 0
        ),
        min_size=1,
        max_size=6,
    )
)
def test_an_interval_holds_its_share(counts):
    answers = [Judged(str(n), *item) for n, item in enumerate(counts)]
    share, low, high = precision(answers)
    assert 0 <= low <= share + 1e-12 and share - 1e-12 <= high <= 1
    if len(answers) == 1:
        assert (low, high) == pytest.approx(answers[0].interval)


def row(number: int) -> dict[str, object]:
    """A row of the log with ``number`` changes."""
    change = {"rule": "typo.split", "before": "disini", "after": "di sini", "start": 0, "end": 6,
              "confidence": 0.9}  # fmt: skip
    return {"doc_id": f"d{number}", "changes": [change] * number, "suggestions": [change] * (number % 2)}


@given(st.lists(st.integers(0, 5), max_size=12), st.integers(0, 12))
def test_totals_do_not_depend_on_the_blocks(numbers, cut):
    def stats(part: list[int]) -> Stats:
        made = Stats()
        for number in part:
            made.add_document(row(number), 50, 300, ["kompas", None][number % 2], "disini ada teh")
        return made

    whole, parts = stats(numbers), Stats()
    for part in (numbers[:cut], numbers[cut:]):
        parts.add(Stats.from_dict(json.loads(json.dumps(stats(part).to_dict()))))
    assert parts.to_dict() == whole.to_dict()
    assert whole.changes == sum(numbers) and sum(whole.rates) == len(numbers)
