"""Decisions: read, merged, and obeyed, with the books in order afterwards."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner import Cleaner, CleanResult, Config, InputError
from cleaner.decisions import Decision, Decisions, parse_decision
from cleaner.obey import obey, proposed_by_rules
from cleaner.result import sha256
from cleaner.shapes import shape_of

TEXT = (
    "Beijing ingin lebih aktid. Pertemuan itu tidka digelar.\nBaca juga: Harga Naik\n"
    "Ini resiko, tidka lain.\n"
)


@pytest.fixture(scope="module")
def result() -> CleanResult:
    return cleaner.clean(TEXT)


def decided(result: CleanResult, *rows: Decision) -> CleanResult:
    every = Decisions()
    for row in rows:
        every.add(row)
    done = obey(result, every)
    check(done)
    return done


def check(done: CleanResult) -> None:
    """The invariants of a result."""
    assert done.text == cleaner.apply(done.original, done.changes)
    assert done.revert() == done.original
    for one, two in itertools.pairwise(done.changes):
        assert one.end <= two.start
        assert one.cleaned_end <= two.cleaned_start
    for change in done.changes:
        assert done.original[change.start : change.end] == change.before
        assert done.text[change.cleaned_start : change.cleaned_end] == change.after
    assert CleanResult.from_dict(done.to_dict()) == done


def pair(
    decision: str, before: str, after: str, rule: str | None = "typo.nonword", **more: object
) -> Decision:
    return Decision("pair", decision, rule=rule, before=before, after=after, **more)


def test_nothing_decided_changes_nothing(result):
    assert obey(result, Decisions()) is result
    assert decided(result, pair("reject", "xyz", "abc")) is result


def test_a_rejected_pair_is_taken_back_everywhere(result):
    done = decided(result, pair("reject", "tidka", "tidak"))
    assert done.text.count("tidka") == 2
    assert "aktif" in done.text
    lost = [item for item in done.suppressed if item.before == "tidka"]
    assert {item.winner for item in lost} == {"decision.pair"}
    assert [item.start for item in lost] == [TEXT.index("tidka"), TEXT.rindex("tidka")]


def test_a_pair_without_a_rule_means_every_rule(result):
    assert decided(result, pair("reject", "tidka", "tidak", rule=None)).text.count("tidka") == 2
    assert decided(result, pair("reject", "tidka", "tidak", rule="typo.other")) is result


def test_one_place_goes_before_its_pair(result):
    first, second = (change for change in result.changes if change.before == "tidka")
    here = Decision("change", "accept", sha256=sha256(TEXT), change_id=second.id)
    done = decided(result, here, pair("reject", "tidka", "tidak"))
    assert [change.start for change in done.changes if change.before == "tidka"] == [second.start]
    elsewhere = Decision("change", "reject", sha256=sha256("x"), change_id=first.id)
    assert decided(result, elsewhere) is result


def test_a_replaced_pair_says_who_decided(result):
    done = decided(result, pair("replace", "tidka", "tidak", value="takkan 😀", note="kutipan"))
    assert done.text.count("takkan 😀") == 2
    change = next(change for change in done.changes if change.before == "tidka")
    assert (change.rule, change.confidence) == ("decision.replace", 1.0)
    assert change.reason.endswith("kutipan")
    assert [step.stage for step in change.steps] == ["typo", "decision"]
    assert proposed_by_rules(change).rule == "typo.nonword"
    assert proposed_by_rules(change).id == next(c.id for c in result.changes if c.before == "tidka")


def test_replaced_by_itself_is_rejected(result):
    done = decided(result, pair("replace", "tidka", "tidak", value="tidka"))
    assert not [change for change in done.changes if change.before == "tidka"]


def test_an_accepted_suggestion_is_applied(result):
    assert [item.before for item in result.suggestions] == ["resiko"]
    done = decided(result, pair("accept", "resiko", "risiko", rule="typo.nonstandard"))
    assert "Ini risiko, tidak lain." in done.text
    assert done.suggestions == []
    assert next(change for change in done.changes if change.before == "resiko").rule == "decision.accept"


def test_a_rejected_suggestion_is_none_any_more(result):
    done = decided(result, Decision("rule", "reject", rule="typo.nonstandard"))
    assert done.text == result.text
    assert done.suggestions == []
    assert done.suppressed[-1].winner == "decision.rule"


def test_an_ignored_word_is_left_alone_in_any_case(result):
    done = decided(result, Decision("word", "ignore", word="TIDKA"), Decision("word", "ignore", word="baca"))
    assert done.text.count("tidka") == 2
    assert "Baca juga" not in done.text  # boilerplate is no question of spelling


def test_a_rule_or_a_family_can_be_taken_back(result):
    assert "Baca juga" in decided(result, Decision("rule", "reject", rule="boilerplate")).text
    done = decided(result, Decision("rule", "reject", rule="typo"), pair("accept", "aktid", "aktif"))
    assert "aktif" in done.text
    assert done.text.count("tidka") == 2


def test_boilerplate_is_decided_by_shape(result):
    removed = next(change for change in result.changes if change.rule.startswith("boilerplate"))
    shape = shape_of(removed.before)
    assert shape == shape_of("Baca juga: Panen Raya, 5 Ton!")
    done = decided(result, Decision("pair", "reject", rule=removed.rule, shape=shape))
    assert "Baca juga: Harga Naik" in done.text


def test_everything_rejected_is_the_original(result):
    families = {change.rule.split(".")[0] for change in result.changes}
    done = decided(result, *(Decision("rule", "reject", rule=name) for name in families))
    assert done.text == TEXT


HEAD = '{"schema":"cleaner.decision/1",'
VERDICTS = st.sampled_from(["accept", "reject", "replace", "ignore", "open"])


@given(data=st.data())
def test_any_decisions_leave_the_books_in_order(data):
    text = data.draw(
        st.sampled_from(
            [
                TEXT,
                (
                    "Ramadhan, resiko; dimana\xa0di lakukan.Lalu tidka\u200b 😀 dikirim  lagi .\r\n\n\n\n"
                    "Baca juga: A B\n"
                ),
            ]
        )
    )
    done = cleaner.clean(text, min_confidence=data.draw(st.sampled_from([0.1, 0.72, 0.99])))
    rows = []
    for change in done.changes + done.suggestions:
        verdict = data.draw(VERDICTS)
        value = (
            data.draw(st.text(max_size=5).filter(lambda t: t.isprintable())) if verdict == "replace" else None
        )
        if data.draw(st.booleans()):
            rows.append(pair(verdict, change.before, change.after, rule=change.rule, value=value))
        else:
            rows.append(Decision("change", verdict, sha256=sha256(text), change_id=change.id, value=value))
    decided(done, *rows)


def test_the_last_word_counts_and_can_be_withdrawn(result):
    said = [pair("reject", "tidka", "tidak", who="a"), pair("accept", "tidka", "tidak", who="b")]
    assert "tidka" not in decided(result, *said).text
    back = [*said, pair("open", "tidka", "tidak", who="b")]
    assert decided(result, *back).text.count("tidka") == 2  # what the other said holds again
    assert decided(result, *back, pair("open", "tidka", "tidak", who="a")) is result


def test_reviewers_in_conflict_and_how_it_ends():
    every = Decisions()
    every.add(pair("accept", "x", "y", who="a"))
    every.add(pair("accept", "x", "y", who="b"))
    assert every.conflicts() == []
    every.add(pair("replace", "x", "y", value="z", who="b"))
    (conflict,) = every.conflicts()
    assert [vote.who for vote in conflict.votes] == ["a", "b"]
    every.add(pair("reject", "x", "y", who="c", settled=True))
    assert every.conflicts() == []
    assert every.get(("pair", "typo.nonword", "x", "y")).decision == "reject"
    every.add(pair("open", "x", "y", who="c"))
    assert len(every.conflicts()) == 1


def test_files_of_several_reviewers_merge_by_time(tmp_path):
    early, late = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    early.write_text(pair("accept", "x", "y", who="a", when="2026-01-02T00:00:00").to_json() + "\n")
    late.write_text(pair("reject", "x", "y", who="b", when="2026-01-01T00:00:00").to_json() + "\n")
    one, two = Decisions.read([early, late]), Decisions.read([late, early])
    assert one.digest == two.digest
    assert one.get(("pair", "typo.nonword", "x", "y")).who == "a"
    together = tmp_path / "c.jsonl"
    together.write_text(late.read_text() + early.read_text())
    assert Decisions.read([together]).digest == one.digest


ROWS = st.builds(
    pair, st.sampled_from(["accept", "reject", "ignore"]), st.text(), st.text(), who=st.text(), note=st.text()
)


@given(ROWS)
def test_a_line_is_read_as_it_was_written(row):
    line = row.to_json()
    if not any("\ud800" <= char <= "\udfff" for char in line):
        assert "\n" not in line
        assert parse_decision(line, "x") == row


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nonsense", "d.jsonl:1: this is no JSON"),
        ("[]", "is no decision"),
        ('{"schema":"cleaner.decision/9"}', "its schema is 'cleaner.decision/9'"),
        (HEAD + '"scope":"all","decision":"accept"}', "scope is 'all'; valid are change, "),
        (HEAD + '"scope":"rule","decision":"maybe"}', "decision is 'maybe'"),
        (HEAD + '"scope":"rule","decision":"accept"}', "scope rule needs rule"),
        (HEAD + '"scope":"pair","decision":"accept","before":"x"}', "pair needs after"),
        (HEAD + '"scope":"word","decision":"ignore","word":7}', "word must be a string"),
        (HEAD + '"scope":"word","decision":"replace","word":"x","value":"y"}', "replace needs"),
        (HEAD + '"scope":"change","decision":"accept","change_id":"x"}', "needs sha256"),
    ],
)
def test_a_malformed_line_is_named(tmp_path, line, message):
    path = tmp_path / "d.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Decisions.read([path])
    assert message in str(caught.value)


def test_a_line_that_was_cut_off_is_left_out(tmp_path):
    path = tmp_path / "d.jsonl"
    whole = pair("reject", "x", "y").to_json()
    path.write_text(whole + "\n" + whole[:-9], encoding="utf-8")
    assert len(Decisions.read([path]).votes) == 1
    path.write_text(whole, encoding="utf-8")  # whole, only its line end is missing
    assert len(Decisions.read([path]).votes) == 1


@pytest.fixture
def rejecting(tmp_path) -> str:
    path = tmp_path / "decisions.jsonl"
    path.write_text(pair("reject", "tidka", "tidak").to_json() + "\n", encoding="utf-8")
    return str(path)


def test_the_library_obeys(rejecting):
    cleaner_ = Cleaner(Config(decisions=rejecting))
    assert cleaner_.clean(TEXT).text.count("tidka") == 2
    assert [r.text for r in cleaner_.clean_many([TEXT] * 3, workers=2)] == [cleaner_.clean(TEXT).text] * 3


def test_other_decisions_make_another_fingerprint(rejecting, tmp_path):
    before = Cleaner(Config(decisions=rejecting)).fingerprint
    assert Cleaner(Config(decisions=rejecting)).fingerprint == before
    with (tmp_path / "decisions.jsonl").open("a") as out:
        out.write(pair("accept", "tidka", "tidak", who="b").to_json() + "\n")
    assert Cleaner(Config(decisions=rejecting)).fingerprint != before


def test_a_missing_file_is_an_error():
    with pytest.raises(InputError, match="no such file"):
        Cleaner(Config(decisions="nowhere.jsonl")).clean("x")


def test_a_settings_file_names_decisions_beside_it(run, in_tmp, rejecting):
    (in_tmp / "cleaner.toml").write_text('decisions = "decisions.jsonl"\n')
    (in_tmp / "a.txt").write_text(TEXT)
    (in_tmp / "sub").mkdir()
    import os

    os.chdir(in_tmp / "sub")
    assert run("clean", "../a.txt", "-q").stdout.count("tidka") == 2
    assert "decisions" in run("config", "--dump").stdout
