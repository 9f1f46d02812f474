"""--overwrite: nothing of the run before can be mistaken for an output, and nothing else is touched."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest

from cleaner.corpus.leftovers import LIST
from cleaner.corpus.sidefiles import SIDE_FILES
from cleaner.corpus.target import Target

ROW = b'{"id": "a", "text": "Teh  dan kopi."}\n'


@pytest.fixture
def corpus(run, in_tmp, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(in_tmp / "cache"))
    for name in ("a.jsonl", "sub/b.jsonl", "sub/deep/c.jsonl"):
        path = in_tmp / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(ROW)
    (in_tmp / "other.jsonl").write_bytes(ROW)

    def corpus(*args: object, code: int = 0):
        done = run("corpus", *args, "-j", "1", "--profile", "minimal", "--isolated")
        assert done.exit_code == code, (done.output, done.exception)
        return done

    return corpus


def files(folder: str = "out") -> list[str]:
    own = {*SIDE_FILES}
    found = (path.relative_to(folder).as_posix() for path in Path(folder).rglob("*"))
    return sorted(name for name in found if name not in own)


def test_outputs_of_other_names_are_gone(corpus):
    corpus("in", "-o", "out")
    assert files() == ["a.jsonl", "sub", "sub/b.jsonl", "sub/deep", "sub/deep/c.jsonl"]
    corpus("other.jsonl", "-o", "out", "--overwrite")
    assert files() == ["other.jsonl"]


def test_another_format_leaves_none_of_the_old(corpus):
    corpus("in", "-o", "out")
    corpus("in", "-o", "out", "--overwrite", "--to", "jsonl.zst")
    assert [name for name in files() if name.endswith("jsonl")] == []


def test_what_a_run_did_not_write_stays(corpus):
    corpus("in", "-o", "out")
    Path("out/sub/mine.txt").write_text("mine")
    Path("out/notes.jsonl").write_text("mine too")
    Path("out/a.jsonl").write_bytes(ROW * 2)  # written to since
    done = corpus("other.jsonl", "-o", "out", "--overwrite")
    assert files() == ["a.jsonl", "notes.jsonl", "other.jsonl", "sub", "sub/mine.txt"]
    assert Path("out/a.jsonl").read_bytes() == ROW * 2
    assert "out/a.jsonl: an earlier run wrote it, and it was changed since; it is left there" in done.stderr


def test_what_is_to_be_read_stays(corpus):
    corpus("in", "-o", "out")
    done = corpus("out/a.jsonl", "-o", "out", "--overwrite")
    assert "cannot" not in done.stderr
    assert files() == ["a.jsonl"]
    assert json.loads(Path("out/a.jsonl").read_bytes())["text"] == "Teh dan kopi."


def stopped(corpus) -> None:
    """A run that was killed after two outputs had their places, before it could say that they have."""
    corpus("in", "-o", "whole")
    corpus("in", "-o", "out")
    rows = json.loads(Path("out/run.json").read_bytes())["inputs"][:2]
    for name in (*SIDE_FILES, "sub/deep/c.jsonl"):
        (Path("out") / name).unlink()
    Path("out/sub/deep").rmdir()
    work = Path("out/.cleaner")
    work.mkdir()
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (work / "inputs.jsonl").write_text(lines + '{"path": "cut of')
    (work / "state.json").write_text("{}")


def test_outputs_of_a_killed_run_are_gone(corpus):
    stopped(corpus)
    assert "a run was stopped here" in corpus("other.jsonl", "-o", "out", code=2).stderr
    corpus("other.jsonl", "-o", "out", "--overwrite")
    assert files() == ["other.jsonl"]


def test_a_kill_while_they_are_removed_loses_no_name(corpus, monkeypatch):
    corpus("in", "-o", "out")
    removed = []

    def unlink(self, name, real=Target.remove):
        if name.endswith(".jsonl") and name != "rejected.jsonl":
            removed.append(name)
            if len(removed) == 2:
                raise OSError("pulled the plug")
        real(self, name)

    with monkeypatch.context() as patch:
        patch.setattr(Target, "remove", unlink)
        corpus("other.jsonl", "-o", "out", "--overwrite", code=2)
    assert not Path("out/run.json").exists()
    assert len(json.loads(Path("out/.cleaner", LIST).read_bytes())) == 3
    corpus("other.jsonl", "-o", "out", "--overwrite")
    assert files() == ["other.jsonl"]


@pytest.mark.parametrize("name", ["../victim.jsonl", "link/victim.jsonl", "/victim.jsonl", "", ".."])
def test_a_list_that_was_tampered_with_reaches_nothing_outside(corpus, in_tmp, name):
    corpus("in", "-o", "out")
    victim = in_tmp / "victim.jsonl"
    victim.write_bytes(ROW)
    (in_tmp / "out" / "link").symlink_to(in_tmp, target_is_directory=True)
    run = json.loads(Path("out/run.json").read_bytes())
    name = name.replace("/victim", f"{in_tmp}/victim") if name.startswith("/") else name
    run["inputs"][0]["output"] = {"name": name, "size": len(ROW)}
    Path("out/run.json").write_text(json.dumps(run))
    corpus("other.jsonl", "-o", "out", "--overwrite")
    assert victim.read_bytes() == ROW


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"inputs": 3}', b'{"inputs": [3, {"output": "x"}]}', b"[" * 9999]
)
def test_a_list_that_cannot_be_read_is_no_obstacle(corpus, content):
    corpus("in", "-o", "out")
    Path("out/run.json").write_bytes(content)
    corpus("other.jsonl", "-o", "out", "--overwrite")
    assert "other.jsonl" in files()


def test_an_address_too(corpus):
    address = f"memory://{uuid.uuid4().hex}"
    fsspec = pytest.importorskip("fsspec")
    corpus("in", "-o", address)
    system, root = fsspec.core.url_to_fs(address)
    assert system.exists(f"{root}/sub/deep/c.jsonl")
    corpus("other.jsonl", "-o", address, "--overwrite")
    names = {path.rsplit("/", 1)[-1] for path in system.find(root)}
    assert names == {"other.jsonl", *SIDE_FILES}
    assert list(Path("cache/cleaner/runs").iterdir()) == []
