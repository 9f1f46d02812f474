"""The command in a process of its own: pipes, signals, workers, what it imports."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import cleaner

CLEANER = [sys.executable, "-m", "cleaner"]
MINIMAL = ["--profile", "minimal"]

# The processes run elsewhere, with the package that these tests import, installed or not.
ENV = {**os.environ, "PYTHONPATH": str(Path(cleaner.__file__).parents[1])}


def test_bytes_go_through_a_pipe_unchanged(in_tmp):
    done = subprocess.run(
        [*CLEANER, "clean", "-", "-q", *MINIMAL],
        input="caf\u00e9 &amp;\r\nb\r\n\r\n".encode(),
        capture_output=True,
        env=ENV,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "caf\u00e9 &\r\nb\r\n\r\n".encode(), b"")


def test_output_is_utf8_in_any_locale(in_tmp):
    done = subprocess.run(
        [*CLEANER, "explain", "caf\u00e9 &amp; \u201cteh\u201d", *MINIMAL],
        env={**ENV, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    assert "caf\u00e9 & \u201cteh\u201d".encode() in done.stdout


def test_a_closed_pipe_is_no_error(in_tmp):
    (in_tmp / "a.txt").write_text("Teh dan kopi.\n" * 100_000)
    process = subprocess.Popen(
        [*CLEANER, "clean", "a.txt", "-q", *MINIMAL], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENV
    )
    assert process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141


@pytest.mark.skipif(os.name != "posix", reason="signals are sent the POSIX way")
def test_an_interrupt_ends_with_130_and_leaves_nothing(in_tmp):
    process = subprocess.Popen(
        [*CLEANER, "clean", "-", "--format", "jsonl", "-o", "b.jsonl", *MINIMAL],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENV,
        # A shell that started the tests in the background has them, and their children, ignore interrupts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    process.stdin.write(b'{"text": "Teh &amp; kopi"}\n')
    process.stdin.flush()
    for _ in range(200):  # the temporary file shows that the run is under way
        if list(in_tmp.iterdir()):
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate()
    assert process.returncode == 130, told
    assert told == b"cleaner: interrupted; unfinished files were not written\n"
    assert list(in_tmp.iterdir()) == []


def test_two_workers_give_the_same_bytes(in_tmp):
    rows = [f'{{"id": {n}, "text": "Teh &amp; kopi {n}"}}' for n in range(200)]
    rows[50] = ""
    rows[100] = "rusak"
    (in_tmp / "a.jsonl").write_text("\n".join(rows))
    for workers in ("1", "2"):
        out = ["-o", f"{workers}.jsonl", "--log", f"{workers}.log", "-j", workers]
        done = subprocess.run([*CLEANER, "clean", "a.jsonl", *out, *MINIMAL], capture_output=True, env=ENV)
        assert done.returncode == 2, done.stderr
        assert b"a.jsonl:101: this is no JSON" in done.stderr
    assert (in_tmp / "1.jsonl").read_bytes() == (in_tmp / "2.jsonl").read_bytes()
    assert (in_tmp / "1.log").read_bytes() == (in_tmp / "2.log").read_bytes()
    assert (in_tmp / "1.jsonl").read_text() == "\n".join(rows).replace("&amp;", "&")


def test_help_imports_nothing_heavy(in_tmp):
    code = (
        "import sys, runpy; sys.argv = ['cleaner', '--help']\n"
        "try: runpy.run_module('cleaner', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "heavy = {'ftfy', 'regex', 'rapidfuzz', 'marisa_trie', 'msgspec', 'multiprocessing', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=ENV)
    assert done.stderr == "[]\n"


def test_colour_only_on_a_terminal_and_not_with_no_color(in_tmp):
    pty = pytest.importorskip("pty")
    (in_tmp / "a.txt").write_text("Teh &amp; kopi\n")
    for no_color, coloured in (("", True), ("1", False)):
        here, there = pty.openpty()
        done = subprocess.run(
            [*CLEANER, "diff", "--word", "a.txt", *MINIMAL],
            stdout=there,
            stderr=subprocess.DEVNULL,
            env={**ENV, "NO_COLOR": no_color},
        )
        os.close(there)
        shown = os.read(here, 4096)
        os.close(here)
        assert done.returncode == 1
        assert (b"\x1b[31;9m&amp;\x1b[0m\x1b[32m&\x1b[0m" in shown) == coloured
        assert (b"[-&amp;-]{+&+}" in shown) != coloured


def test_nothing_is_fetched(in_tmp):
    code = (
        "import socket, sys, runpy\n"
        "def refuse(*_): raise AssertionError('a connection was tried')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "sys.argv = ['cleaner', 'clean', '-', '-q']\n"
        "runpy.run_module('cleaner', run_name='__main__')"
    )
    text = "Beijing ingin lebih aktid memainkan peran."
    done = subprocess.run([sys.executable, "-c", code], input=text, capture_output=True, text=True, env=ENV)
    assert (done.stdout, done.stderr) == (text.replace("aktid", "aktif"), "")
