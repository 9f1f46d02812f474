"""The same bytes whatever the hash seed, locale, time zone, thread, process or order of work; no network."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import random
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cleaner import Cleaner, Config

TEXTS = [
    json.loads(line)["text"]
    for line in (Path(__file__).parent / "golden" / "articles.jsonl").read_text("utf-8").splitlines()
]
CONFIGS = [
    Config(),
    Config(profile="informal", strength="recall"),
    Config(profile="baku", min_confidence=0.0, language="en"),
    Config(profile="minimal"),
    Config(profile="typos", ignore_words=("tidka",), ignore_patterns=(r"[A-Z]{3,}",)),
]

_PRINT_ALL = """
import json, sys
sys.path.insert(0, sys.argv[1])
from cleaner import Cleaner, Config
texts, configs = json.loads(sys.stdin.buffer.read())
for config in configs:
    cleaner = Cleaner(Config.from_dict(config))
    for text in texts:
        print(json.dumps(cleaner.clean(text).to_dict()))
"""


def in_another_process(**environment: str) -> bytes:
    root = str(Path(__file__).parents[1])
    return subprocess.run(
        [sys.executable, "-c", _PRINT_ALL, root],
        input=json.dumps([TEXTS, [config.to_dict() for config in CONFIGS]]).encode(),
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    ).stdout


def rows(config: Config) -> list[dict]:
    cleaner = Cleaner(config)
    return [cleaner.clean(text).to_dict() for text in TEXTS]


def test_any_hash_seed_locale_and_time_zone() -> None:
    expected = "".join(json.dumps(row) + "\n" for config in CONFIGS for row in rows(config)).encode()
    for seed, locale, zone in (
        ("0", "C", "UTC"),
        ("1", "C.UTF-8", "Asia/Jakarta"),
        ("4242", "tr_TR.UTF-8", "America/St_Johns"),
        ("77", "POSIX", "Pacific/Apia"),
    ):
        found = in_another_process(PYTHONHASHSEED=seed, LC_ALL=locale, LANG=locale, TZ=zone)
        assert found == expected, f"seed {seed}, locale {locale}, zone {zone}"


def test_what_was_cleaned_before_does_not_matter() -> None:
    expected = rows(CONFIGS[0])
    order = list(range(len(TEXTS)))
    random.Random(1).shuffle(order)
    cleaner = Cleaner(CONFIGS[0])
    found = {i: cleaner.clean(TEXTS[i]).to_dict() for i in order}
    assert [found[i] for i in range(len(TEXTS))] == expected


def test_any_number_of_workers() -> None:
    expected = rows(CONFIGS[0])
    for workers in (1, 2, 3):
        found = [result.to_dict() for result in Cleaner(CONFIGS[0]).clean_many(TEXTS, workers=workers)]
        assert found == expected


def test_threads_share_a_cleaner_from_its_first_text_on() -> None:
    """Eight threads ask a new cleaner at once, so that they meet while its data are being opened."""
    expected = rows(CONFIGS[0])
    for _ in range(3):
        cleaner, barrier = Cleaner(CONFIGS[0]), threading.Barrier(8)

        def work(
            shift: int, cleaner: Cleaner = cleaner, barrier: threading.Barrier = barrier
        ) -> dict[int, dict]:
            barrier.wait()
            order = [(i + shift) % len(TEXTS) for i in range(len(TEXTS))]
            return {i: cleaner.clean(TEXTS[i]).to_dict() for i in order}

        with ThreadPoolExecutor(8) as pool:
            for found in pool.map(work, range(8)):
                assert [found[i] for i in range(len(TEXTS))] == expected


def test_cleaners_with_different_settings_do_not_disturb_each_other() -> None:
    expected = [rows(config) for config in CONFIGS]
    cleaners = [Cleaner(config) for config in CONFIGS]
    found: list[list[dict]] = [[] for _ in CONFIGS]
    for text in TEXTS:
        for cleaner, mine in zip(cleaners, found, strict=True):
            mine.append(cleaner.clean(text).to_dict())
    assert found == expected


def test_a_pickled_cleaner_and_its_results_are_the_same() -> None:
    for config in CONFIGS:
        cleaner = Cleaner(config)
        expected = [cleaner.clean(text) for text in TEXTS]
        copy = pickle.loads(pickle.dumps(cleaner))
        assert [copy.clean(text) for text in TEXTS] == expected
        assert pickle.loads(pickle.dumps(expected)) == expected


def _in_child(cleaner: Cleaner, queue) -> None:
    queue.put([cleaner.clean(text).to_dict() for text in TEXTS])


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_warm_cleaner_works_on_both_sides_of_a_fork() -> None:
    cleaner = Cleaner()
    expected = [cleaner.clean(text).to_dict() for text in TEXTS]
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    children = [context.Process(target=_in_child, args=(cleaner, queue)) for _ in range(2)]
    for child in children:
        child.start()
    assert [cleaner.clean(text).to_dict() for text in TEXTS] == expected
    for _ in children:
        assert queue.get(timeout=60) == expected
    for child in children:
        child.join(60)
        assert child.exitcode == 0


def test_no_network(monkeypatch: pytest.MonkeyPatch, run, in_tmp: Path) -> None:
    """Everything but an address given by the user works with sockets taken away."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    with pytest.raises(AssertionError, match="the network was asked"):
        socket.create_connection(("127.0.0.1", 9))
    for config in CONFIGS:
        rows(config)
    (in_tmp / "a.txt").write_text(TEXTS[0], "utf-8")
    page = "".join(f"<p>{paragraph}</p>" for paragraph in TEXTS[0].splitlines() if paragraph)
    (in_tmp / "b.html").write_text(f"<html><body><article>{page}</article></body></html>", "utf-8")
    for command in (
        ("clean", "a.txt", "-o", "c.txt", "--log", "log.jsonl"),
        ("clean", "b.html", "-o", "d.txt"),
        ("revert", "log.jsonl", "c.txt", "-o", "e.txt"),
        ("diff", "a.txt"),
        ("check", "a.txt"),
        ("explain", "tidka"),
        ("rules",),
        ("config",),
        ("doctor",),
    ):
        assert run(*command).exit_code in (0, 1), command
