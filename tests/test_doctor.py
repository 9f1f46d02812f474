"""`cleaner doctor` says that a whole installation is whole, and what is wrong with a broken one."""

from __future__ import annotations

import shutil
import time

from cleaner.spelling import data


def test_a_whole_installation(run) -> None:
    started = time.process_time()
    result = run("doctor")
    assert result.exit_code == 0
    assert time.process_time() - started < 3  # about one second in a fresh process
    lines = result.stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["ok", name]
        for name in ("cleaner", "python", "libraries", "extras", "dictionary", "settings", "self-test")
    ]


def test_a_damaged_dictionary(run, tmp_path, monkeypatch) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    source = data.data_folder()
    for name in (data.CHECKSUMS, "letters.bin", "words.bin"):
        shutil.copy(source / name, folder / name)
    with (folder / "words.bin").open("r+b") as file:
        file.seek(1000)
        file.write(b"????")
    real = data.data_file
    monkeypatch.setattr(
        data, "data_file", lambda name, _=None: real(name, folder if name == data.CHECKSUMS else None)
    )
    result = run("doctor")
    assert result.exit_code == 2
    (line,) = (line for line in result.stdout.splitlines() if line.startswith("WRONG"))
    assert "words.bin" in line
    assert "ngrams.bin" in line
    assert "letters.bin" not in line


def test_wrong_settings(run, in_tmp) -> None:
    (in_tmp / "cleaner.toml").write_text("profil = 'news'\n")
    result = run("doctor")
    assert result.exit_code == 2
    assert "did you mean 'profile'?" in result.stdout
    assert "ok     self-test" in result.stdout
