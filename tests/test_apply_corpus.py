"""``cleaner apply`` on the folder of a corpus run, in every format."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cleaner.corpus.compression import compress, decompressed, split_suffix
from cleaner.decisions import Decision

TEXTS = [
    "Desa itu tidka akan pindah ke kota.",
    "Warga desa bekerja.",
    "Ia aktid bekerja.\nBaca juga: Harga Cabai Naik",
]
ROWS = [{"n": number, "id": f"d{number}", "text": text} for number, text in enumerate(TEXTS * 4)]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS).encode()
TABLE = ("n,id,text\r\n" + "".join(f'{r["n"]},{r["id"]},"{r["text"]}"\r\n' for r in ROWS)).encode()
FILES = {
    "a.jsonl": LINES,
    "b.csv.gz": compress(TABLE, ".gz"),
    "sub/d.jsonl.zst": compress(LINES, ".zst"),
    "f.csv.xz": compress(TABLE, ".xz"),
    "g.jsonl": json.dumps({"id": "ü", "text": "Ia tidka \\/ aktid."}).replace("\\\\/", "\\/").encode(),
    "e.txt": TEXTS[0].encode() + b"\r\n",
}


@pytest.fixture
def corpus(in_tmp) -> Path:
    for name, data in FILES.items():
        path = in_tmp / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    rows = [
        Decision("pair", "reject", rule="typo.nonword", before="tidka", after="tidak", who="ana"),
        Decision(
            "pair", "replace", rule="typo.nonword", before="aktid", after="aktif", value="giat", who="ana"
        ),
        Decision("rule", "reject", rule="boilerplate", who="ana"),
    ]
    text = "".join(row.to_json() + "\n" for row in rows)
    (in_tmp / "decisions.jsonl").write_text(text, encoding="utf-8")
    return in_tmp


def inside(folder: Path) -> dict[str, bytes]:
    """The files of a folder, unpacked, without those that a run writes about itself."""
    own = {"changes.jsonl.zst", "rejected.jsonl", "stats.json", "report.html", "run.json"}
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in own:
            found[name] = b"".join(decompressed(iter([path.read_bytes()]), split_suffix(path)[1]))
    return found


@pytest.mark.parametrize("to", [(), ("--to", "jsonl.zst"), ("--to", "jsonl")])
def test_apply_on_a_run_gives_what_a_run_that_obeys_gives(run, corpus, to):
    """... in every output, in its format, and in the log."""
    assert run("corpus", "in", "-o", "out", *to).exit_code == 0
    assert run("corpus", "in", "-o", "obeyed", "--decisions", "decisions.jsonl", *to).exit_code == 0
    done = run("apply", "out", "--decisions", "decisions.jsonl", "-o", "decided", "--log", "new.jsonl")
    assert done.exit_code == 0, done.stderr
    logged, otherwise = map(int, re.findall(r"([0-9]+) (?:logged|are)", done.stderr))
    assert logged == otherwise > 30
    assert inside(corpus / "decided") == inside(corpus / "obeyed")
    assert b"tidka" in inside(corpus / "decided")["e.txt" if not to else "documents." + to[1]]
    packed = (corpus / "obeyed" / "changes.jsonl.zst").read_bytes()
    rows = [json.loads(line) for line in b"".join(decompressed(iter([packed]), ".zst")).splitlines()]
    new = [json.loads(line) for line in (corpus / "new.jsonl").read_bytes().splitlines()]
    assert [row["doc_id"] for row in new[1:]] == [row["doc_id"] for row in rows[1:]]
    for row, expected in zip(new[1:], rows[1:], strict=True):
        assert (row["sha256"], row["changes"]) == (expected["sha256"], expected["changes"])
        assert row.get("literal") == expected.get("literal")
    refused = run("apply", "obeyed", "--decisions", "decisions.jsonl", "-o", "x")
    assert (refused.exit_code, "already obeys decisions" in refused.stderr) == (2, True)


def test_apply_on_a_table(run, corpus):
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    for path in [*(corpus / "in").rglob("*.*")]:
        path.unlink() if path.is_file() else None
    pq.write_table(pa.Table.from_pylist(ROWS), corpus / "in" / "c.parquet")
    run("corpus", "in", "-o", "out")
    run("corpus", "in", "-o", "obeyed", "--decisions", "decisions.jsonl")
    assert run("apply", "out", "--decisions", "decisions.jsonl", "-o", "decided").exit_code == 0
    found = pq.read_table(corpus / "decided" / "c.parquet")
    assert found.equals(pq.read_table(corpus / "obeyed" / "c.parquet"))
    assert found["text"].to_pylist()[0] == TEXTS[0]
    assert found["text"].to_pylist()[2].startswith("Ia giat bekerja.")
    assert sorted(path.name for path in (corpus / "decided").iterdir()) == ["c.parquet"]


def test_apply_on_a_run_refuses_what_does_not_fit(run, corpus):
    run("corpus", "in", "-o", "out")
    done = run("apply", "out", "in/a.jsonl", "--decisions", "decisions.jsonl", "-o", "decided")
    assert (done.exit_code, "name no files and no format" in done.stderr) == (2, True)
    (corpus / "full").mkdir()
    (corpus / "full" / "mine.txt").write_text("x")
    done = run("apply", "out", "--decisions", "decisions.jsonl", "-o", "full")
    assert (done.exit_code, "is not an empty folder" in done.stderr) == (2, True)
    edited = corpus / "out" / "a.jsonl"
    edited.write_bytes(edited.read_bytes().replace(b"pindah", b"lari"))
    done = run("apply", "out", "--decisions", "decisions.jsonl", "-o", "decided")
    assert done.exit_code == 2
    assert "a.jsonl:1: this is neither the text that was cleaned as 'd0' nor what came of it" in done.stderr
    assert not (corpus / "decided" / "a.jsonl").exists()
    (corpus / "out" / "run.json").rename(corpus / "out" / "gone")
    (corpus / "out" / ".cleaner").mkdir()
    (corpus / "out" / ".cleaner" / "state.json").write_text("{}")
    done = run("apply", "out", "--decisions", "decisions.jsonl", "-o", "decided3")
    assert (done.exit_code, "this run is not finished" in done.stderr) == (2, True)
