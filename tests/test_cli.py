"""What each command prints and how it exits, on texts that need no dictionary."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner

DIRTY = "Teh &amp; kopi.\nDia pulang  lagi.\n"
CLEAN = "Teh & kopi.\nDia pulang lagi.\n"
MINIMAL = ("--profile", "minimal")


@pytest.fixture
def dirty(in_tmp):
    path = in_tmp / "naskah.txt"
    path.write_bytes(DIRTY.encode())
    return path


def test_clean_prints_the_text_and_a_summary_beside_it(run, dirty):
    result = run("clean", "naskah.txt", *MINIMAL)
    assert result.exit_code == 0
    assert result.stdout == CLEAN
    assert result.stderr == (
        "cleaner: 1 document, 1 changed, 2 changes (encoding 1, spacing 1), 0 suggestions\n"
    )
    assert dirty.read_bytes() == DIRTY.encode()


def test_quiet_prints_no_summary(run, dirty):
    assert run("clean", "naskah.txt", "-q", *MINIMAL).stderr == ""


def test_standard_input(run):
    assert run("clean", "-", *MINIMAL, stdin=DIRTY.encode()).stdout == CLEAN
    row = b'{"text": "Teh &amp; kopi", "n": 1.0e5}\n'
    result = run("clean", "-", "--format", "jsonl", *MINIMAL, stdin=row)
    assert result.stdout == '{"text": "Teh & kopi", "n": 1.0e5}\n'


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (("--select", "encoding"), "Teh & kopi.\nDia pulang  lagi.\n"),
        (("--select", "encoding.entity,spacing.double"), CLEAN),
        (("--ignore", "encoding", "--ignore", "spacing"), DIRTY),
        (("--min-confidence", "1"), DIRTY),
    ],
)
def test_options_choose_the_rules(run, dirty, options, text):
    assert run("clean", "naskah.txt", *MINIMAL, *options).stdout == text


def test_check_lists_changes_and_exits_with_one(run, dirty):
    result = run("check", "naskah.txt", *MINIMAL, "--language", "en")
    assert result.exit_code == 1
    first, second = result.stdout.splitlines()
    assert first.startswith("naskah.txt:1:5: encoding.entity '&amp;' -> '&' (")
    assert second.startswith("naskah.txt:2:12: spacing.double remove ' ' (")
    assert dirty.read_bytes() == DIRTY.encode()


@pytest.mark.parametrize("command", ["check", "diff"])
def test_nothing_to_change_exits_with_zero(run, in_tmp, command):
    (in_tmp / "bersih.txt").write_text(CLEAN)
    result = run(command, "bersih.txt", *MINIMAL)
    assert (result.exit_code, result.stdout) == (0, "")


def test_check_json_is_one_array(run, dirty):
    (dirty.parent / "a.jsonl").write_text('\n{"id": 7, "text": "Teh &amp; kopi"}\n')
    result = run("check", "naskah.txt", "a.jsonl", "--output-format", "json", *MINIMAL)
    rows = json.loads(result.stdout)
    assert [(row["file"], row["line"], row["column"], row["doc_id"], row["rule"]) for row in rows] == [
        ("naskah.txt", 1, 5, "naskah.txt", "encoding.entity"),
        ("naskah.txt", 2, 12, "naskah.txt", "spacing.double"),
        ("a.jsonl", 2, 5, "7", "encoding.entity"),
    ]
    assert rows[0]["before"] == DIRTY[rows[0]["start"] : rows[0]["end"]] == "&amp;"


def test_check_json_of_nothing_is_an_empty_array(run, in_tmp):
    (in_tmp / "bersih.txt").write_text(CLEAN)
    assert json.loads(run("check", "bersih.txt", "--output-format", "json", *MINIMAL).stdout) == []


def test_check_github_escapes_its_fields(run, in_tmp):
    (in_tmp / "a,b.txt").write_text("100%  dari\n")
    result = run("check", "a,b.txt", "--output-format", "github", *MINIMAL)
    assert result.stdout.startswith(
        "::warning file=a%2Cb.txt,line=1,col=6,title=spacing.double::' ' -> '': "
    ), result.stdout


def _github(line):
    """What a runner reads: https://github.com/actions/toolkit, docs of workflow commands."""
    command, properties, message = re.fullmatch(r"::(\w+) ([^:]*)::(.*)\n", line, re.DOTALL).groups()
    assert command == "warning"
    pairs = [item.split("=", 1) for item in properties.split(",")]
    read = dict(pairs)
    for code, mark in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        read = {key: value.replace(code, mark) for key, value in read.items()}
        if mark not in ":,":
            message = message.replace(code, mark)
    return {**read, "message": message}


@given(
    st.text(st.sampled_from(list("ab%:,=\n\r;0A2C")), min_size=1), st.text(st.sampled_from("%0AD25:,\n\r "))
)
def test_github_commands_are_read_back_as_they_were(name, reason):
    from cleaner.commands.check import _github_line
    from cleaner.corpus.records import Record

    result = cleaner.clean("Teh &amp; kopi", profile="minimal")
    change = replace(result.changes[0], reason=reason)
    line = _github_line(Record(name, None, b""), result, change)
    assert "\r" not in line and line.count("\n") == 1
    message = f"'&amp;' -> '&': {reason}"
    assert _github(line) == {
        "file": name, "line": "1", "col": "5", "title": "encoding.entity", "message": message,
    }  # fmt: skip


def test_diff_is_a_patch(run, dirty):
    result = run("diff", "naskah.txt", *MINIMAL)
    assert result.exit_code == 1
    assert result.stdout == (
        "--- naskah.txt\n+++ naskah.txt\n@@ -1,2 +1,2 @@\n"
        "-Teh &amp; kopi.\n-Dia pulang  lagi.\n+Teh & kopi.\n+Dia pulang lagi.\n"
    )


def test_diff_word_is_plain_when_it_is_no_terminal(run, dirty):
    result = run("diff", "--word", "naskah.txt", *MINIMAL)
    assert result.stdout == "naskah.txt\n@@ 1 @@\nTeh [-&amp;-]{+&+} kopi.\nDia pulang [- -]lagi.\n"


def test_explain_goes_through_the_stages(run):
    result = run("explain", "Teh &amp; kopi", *MINIMAL, "--language", "en")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:5] == [
        "original  'Teh &amp; kopi'",
        "cleaned   'Teh & kopi'",
        "",
        "encoding",
        lines[4],
    ]
    assert lines[4].startswith("  4:9 '&amp;' -> '&'  encoding.entity, confidence ")
    assert lines[-1] == "spacing: nothing to do"


def test_explain_shows_what_was_not_applied(run):
    result = run("explain", "Teh &amp; kopi", *MINIMAL, "--min-confidence", "1")
    assert "suggested, not applied\n  4:9 '&amp;' -> '&'  encoding.entity, confidence " in result.stdout


def test_explain_shows_candidates_with_scores(run):
    result = run("explain", "Beijing ingin lebih aktid memainkan peran.")
    assert "'aktid' -> 'aktif'" in result.stdout
    assert "candidates: " in result.stdout


def test_explain_shows_what_lost(run):
    from cleaner.commands.explain import _explanation
    from cleaner.config import Config
    from cleaner.result import CleanResult, Suppressed

    lost = Suppressed(0, 1, "a", "b", "typo.nonword", "alasan", 0.5, "protected.url")
    text = _explanation(CleanResult("a", "a", [], [], [lost]), Config(profile="minimal"))
    assert "suppressed\n  0:1 'a' -> 'b'  typo.nonword, confidence 0.50, lost to protected.url\n" in text


def test_explain_json_is_the_whole_result(run):
    from cleaner import CleanResult

    result = run("explain", "-", "--json", *MINIMAL, stdin=b"Teh &amp; kopi")
    assert CleanResult.from_dict(json.loads(result.stdout)).text == "Teh & kopi"


def test_rules_lists_all_with_their_state(run):
    result = run("rules", *MINIMAL)
    lines = {line.split()[0]: line.split()[1] for line in result.stdout.splitlines()}
    assert lines["encoding.entity"] == "on"
    assert lines["typo.nonword"] == "off"


def test_rules_in_full_show_their_examples(run):
    result = run("rules", "encoding.entity")
    assert result.stdout.startswith("encoding.entity (encoding, on, safe)\n")
    assert "\n  changes  " in result.stdout
    assert "\n  leaves   " in result.stdout


def test_rules_json(run):
    rows = json.loads(run("rules", "spacing", "--json").stdout)
    assert {row["stage"] for row in rows} == {"spacing"}
    assert all(row["examples"] and row["description"]["id"] and row["description"]["en"] for row in rows)


def test_an_unknown_rule_is_answered_with_the_nearest(run):
    result = run("rules", "encoding.entiti")
    assert result.exit_code == 2
    assert "no rule or family 'encoding.entiti'; did you mean 'encoding.entity'?" in result.stderr


def test_help_tells_the_exit_codes(run):
    result = run("--help")
    assert result.exit_code == 0
    assert "0 fine, 1 check or diff found changes, 2 usage" in " ".join(result.stdout.split())


def test_a_bug_does_not_end_like_a_finding(run, monkeypatch):
    from cleaner.engine import Cleaner

    def broken(self, text):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(Cleaner, "clean", broken)
    result = run("explain", "teks")
    assert result.exit_code == 2
    assert "ZeroDivisionError: division by zero\ncleaner: this is a bug; please report it" in result.stderr


def test_learning_from_the_input(run, in_tmp):
    lines = [f'{{"text": "Warga menonton panggung sorehore di lapangan {n}."}}' for n in range(8)]
    lines.append('{"text": "Warga menonton sorehoree di lapangan."}')
    (in_tmp / "korpus.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run("clean", "korpus.jsonl", "--learn", "--log", "log.jsonl", "-o", "bersih.jsonl")
    assert done.exit_code == 0
    assert "learnt 1 words" in done.stderr
    head = json.loads((in_tmp / "log.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert head["vocabulary"] == {"sorehore": 8}
    cleaned = (in_tmp / "bersih.jsonl").read_text(encoding="utf-8").splitlines()
    assert cleaned[8] == '{"text": "Warga menonton sorehore di lapangan."}'
    done = run("clean", "-", "--learn", stdin=b"teks")
    assert done.exit_code == 2
    assert "standard input" in done.stderr


TITLE = "Harga Beras Turun di Pasar Melati"
BERITA = f"BOGOR, KOMPAS.com - Harga cabai naik.\nBaca juga: {TITLE}\nWarga mengeluh.\n"


def test_boilerplate_can_be_kept_marked_or_written_alone(run, in_tmp):
    (in_tmp / "berita.txt").write_text(BERITA, encoding="utf-8")
    assert run("clean", "berita.txt").stdout == "Harga cabai naik.\nWarga mengeluh.\n"
    assert run("clean", "berita.txt", "--keep-boilerplate", "marked").stdout == (
        f"⟦BOGOR, KOMPAS.com - ⟧Harga cabai naik.\n⟦Baca juga: {TITLE}\n⟧Warga mengeluh.\n"
    )
    row = json.loads(run("clean", "berita.txt", "--only-boilerplate").stdout)
    assert row["doc_id"] == "berita.txt"
    assert (row["outlet"], row["city"]) == ("KOMPAS.com", "Bogor")
    assert row["read_also"] == [TITLE]
    assert [BERITA[piece["start"] : piece["end"]] for piece in row["boilerplate"]] == [
        piece["text"] for piece in row["boilerplate"]
    ]
    for wrong in (["--log", "log.jsonl"], ["--only-boilerplate"]):
        assert run("clean", "berita.txt", "--keep-boilerplate", "marked", *wrong).exit_code == 2


def test_the_outlet_may_come_with_each_document(run, in_tmp):
    text = "Bisnis.com, BOGOR - Harga cabai naik."
    rows = [
        {"text": text, "alamat": "https://www.kompas.com/a/1"},
        {"text": text, "alamat": "https://ekonomi.bisnis.com/b"},
        {"text": text, "alamat": "https://tidak-dikenal.example/c"},
        {"text": text},
    ]
    source = in_tmp / "korpus.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = run("clean", "korpus.jsonl", "--url-field", "alamat", "--select", "boilerplate.dateline.bisnis")
    assert done.exit_code == 0
    texts = [json.loads(line)["text"] for line in done.stdout.splitlines()]
    # The pack of Bisnis.com does not run on an article of Kompas; it does where the outlet is unknown.
    assert texts == [text, "Harga cabai naik.", "Harga cabai naik.", "Harga cabai naik."]
    assert run("clean", "korpus.jsonl", "--outlet-field", "alamt").exit_code == 2
