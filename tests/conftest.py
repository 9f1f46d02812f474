"""What all tests share: hypothesis profiles, an empty folder to work in, and the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings

settings.register_profile("dev", deadline=None)
settings.register_profile(
    "ci",
    derandomize=True,  # the same examples each run: a red build is a change of ours
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture
def in_tmp(tmp_path, monkeypatch):
    """An empty working folder outside any project, so that no settings file is found."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(in_tmp) -> Callable[..., Result]:
    """Run a ``cleaner`` command in an empty folder; an unexpected exception is the test's."""
    from cleaner.cli import cli

    def invoke(*args: object, stdin: bytes | None = None) -> Result:
        result = CliRunner().invoke(cli, [str(arg) for arg in args], input=stdin)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


# Fictional, in the style of news sites: typos, boilerplate, and text that is hostile to a web page.
_TEXTS = {
    "a1": (
        "Warta Melati",
        (
            "TRIBUNNEWS.COM - Desa itu tidka akan pindah.\nBaca juga: Harga Cabai Naik\n"
            "Warga tidka setuju dengan resiko itu.\n"
        ),
    ),
    "a2": (
        "Warta Melati",
        (
            "Rapat itu tidka jadi digelar 😀👨\u200d👩\u200d👧 kata warga yang aktid bertanya.\n"
            "Baca juga: Panen Padi Turun\nSelesai.\n"
        ),
    ),
    "a3": (
        "Suara Kenanga",
        (
            "Ia menulis <img src=x onerror=alert(1)> lalu tidka pulang.\n"
            'Kata "سلام" dan \u202eTERBALIK\u202c itu aktid dibahas </script><script>alert(2)</script>.\n'
        ),
    ),
    "a4": (
        "Suara Kenanga",
        "Panitia mencatat resiko banjir dimana air naik.\nBaca juga: Jalan Baru\nMereka dimana saja.\n",
    ),
    "a5": (None, "Tidak ada yang salah di sini.\n"),
}
ARTICLES = [{"id": name, "outlet": outlet, "text": text} for name, (outlet, text) in _TEXTS.items()]


@pytest.fixture(scope="session")
def make_review_log() -> Callable[[Path], Path]:
    """Write a change log of `ARTICLES` into a folder, with the articles beside it."""

    def make(folder: Path) -> Path:
        from cleaner.cli import cli

        rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ARTICLES)
        (folder / "berita.jsonl").write_text(rows, encoding="utf-8")
        before = Path.cwd()
        os.chdir(folder)
        try:
            args = ["clean", "berita.jsonl", "-o", "bersih.jsonl", "--log", "log.jsonl", "-q", "--isolated"]
            done = CliRunner().invoke(cli, args)
        finally:
            os.chdir(before)
        assert done.exit_code == 0, done.output
        return folder / "log.jsonl"

    return make


@pytest.fixture
def review_log(make_review_log, in_tmp) -> Path:
    """A change log in the working folder."""
    return make_review_log(in_tmp)


class ReviewServer:
    """`cleaner review` in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[str]] = []

    def start(self, *args: object) -> str:
        """Serve, and return the address with its token."""
        root = str(Path(__file__).parents[1])
        process = subprocess.Popen(
            [sys.executable, "-m", "cleaner", "review", *map(str, args), "--no-browser"],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": root},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.processes.append(process)
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), process.stderr.read()
        return address

    def end(self, kill: bool = False) -> None:
        """End all servers, politely or with SIGKILL."""
        for process in self.processes:
            process.kill() if kill else process.terminate()
            process.communicate(timeout=20)
        self.processes.clear()


@pytest.fixture(scope="session")
def make_review_server() -> type[ReviewServer]:
    return ReviewServer


@pytest.fixture
def review_server(in_tmp) -> Iterator[ReviewServer]:
    server = ReviewServer(in_tmp)
    yield server
    server.end(kill=True)
