"""Kills corpus runs at random points and checks that nothing is lost and nothing is there twice.

    python benchmarks/kills.py --runs 40 [--megabytes 8] [--seed 1]

Cleans a generated corpus once without disturbance. Then again and again, while it kills (SIGKILL) the
run, or a worker of it, or interrupts it (SIGINT), at random moments; what was killed or interrupted goes
on with --resume. In the end every file must have the same SHA-256 as in the undisturbed run, the totals
must be equal, and no process may be left over. At last `cleaner verify` looks at one of the runs.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

SENTENCES = """
Warga Kampung Melati tidka menyangka harga cabai naik lagi pekan ini.
Baca juga: Harga Bawang di Pasar Melati Turun
BOGOR, SUARAMELATI.com - Pemerintah kota berjanji mendatangkan beras dari daerah lain.
Pedagang di pasar itu mengeluh sepi pembeli karena harga terlalu tinggi.Mereka berharap ada bantuan .
Menteri mengatakan bahwa jalan  baru akan dibuka pada awal mei tahun depan &amp; gratis.
Rina Sari, ketua panitia, berterima kasih kepada semua yang mem bantu acara itu.
Hujan turun sejak pagi sehingga sungai di tengah kota meluap ke rumah warga.
"Kami akan segera memperbaiki jembatan itu," kata kepala dinas kepada wartawan.
""".strip().splitlines()

CLEANER = [sys.executable, "-m", "cleaner"]
SETTINGS = ["--profile", "minimal", "--isolated", "-q", "-j", "2", "--checkpoint", "0.1"]
PATIENCE = 10  # seconds for what should end by itself


def make_corpus(folder: Path, megabytes: float, chance: random.Random) -> None:
    """JSONL plain, gzip and zstd; CSV; Parquet; lines that are no documents; single texts."""
    import pyarrow
    import pyarrow.parquet
    import zstandard

    def rows(share: float) -> list[dict[str, object]]:
        found, size = [], 0.0
        while size < share * megabytes * 1e6:
            text = "\n".join(chance.choices(SENTENCES, k=chance.randint(3, 40)))
            found.append({"id": f"d{chance.getrandbits(60):x}", "text": text, "n": len(found)})
            size += len(text)
        return found

    def lines(share: float) -> bytes:
        made = [json.dumps(row, ensure_ascii=False) for row in rows(share)]
        made[len(made) // 2] = "this is no JSON"
        return "\n".join(made).encode()

    (folder / "berita").mkdir(parents=True)
    (folder / "berita/a.jsonl").write_bytes(lines(0.35))
    (folder / "berita/b.jsonl.gz").write_bytes(gzip.compress(lines(0.25), 1))
    (folder / "c.jsonl.zst").write_bytes(zstandard.compress(lines(0.25)))
    with (folder / "d.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, ["id", "text", "n"])
        writer.writeheader()
        writer.writerows(rows(0.07))
    table = pyarrow.Table.from_pylist(rows(0.07))
    pyarrow.parquet.write_table(table, folder / "e.parquet", row_group_size=500)
    for number in range(5):
        (folder / f"f{number}.txt").write_text("\n".join(chance.choices(SENTENCES, k=9)), encoding="utf-8")


def hashes(out: Path) -> dict[str, str]:
    """The SHA-256 of every file; of stats.json without times, of run.json only what was written."""
    found = {}
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        name, data = path.relative_to(out).as_posix(), path.read_bytes()
        if name == "stats.json":
            stats = json.loads(data)
            data = json.dumps({k: v for k, v in stats.items() if k not in ("seconds", "slowest")}).encode()
        elif name == "run.json":
            data = json.dumps([json.loads(data)[key] for key in ("inputs", "documents", "rejected")]).encode()
        elif name == "report.html":
            data = b""
        found[name] = hashlib.sha256(data).hexdigest()
    return found


def children(pid: int) -> list[int]:
    """The processes that ``pid`` started (Linux)."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == pid:
                found.append(int(folder.name))
    return found


def workers(pid: int) -> list[int]:
    """Those of its children that clean."""
    return [child for child in children(pid) if b"spawn_main" in command(child)]


def command(pid: int) -> bytes:
    """The command line of a process; empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def alive(pids: list[int]) -> list[int]:
    """Which of these processes still run (a zombie does not)."""
    return [pid for pid in pids if command(pid)]


def start(source: Path, out: Path, *options: str) -> subprocess.Popen[bytes]:
    """Begin a run, in a session of its own."""
    return subprocess.Popen(
        [*CLEANER, "corpus", str(source), "-o", str(out), *SETTINGS, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        # A shell that started this in the background makes its children ignore interrupts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def disturbed(source: Path, out: Path, length: float, chance: random.Random, done: Counter[str]) -> None:
    """One run to its end, however often it is killed."""
    options: list[str] = []
    left = chance.randint(1, 4)
    while True:
        run = start(source, out, *options)
        while left and run.poll() is None:
            time.sleep(chance.uniform(0, length) / 2)
            family = children(run.pid)
            what = chance.choice(["run", "worker", "worker", "interrupt"])
            victims = workers(run.pid)
            if run.poll() is not None or (what == "worker" and not victims):
                continue
            left -= 1
            done[what] += 1
            if what == "worker":
                try:
                    os.kill(chance.choice(victims), signal.SIGKILL)
                except ProcessLookupError:
                    done[what] -= 1
                continue
            os.kill(run.pid, signal.SIGKILL if what == "run" else signal.SIGINT)
            run.wait(PATIENCE)
            limit = time.monotonic() + PATIENCE
            while (orphans := alive(family)) and time.monotonic() < limit:
                time.sleep(0.05)
            if orphans:
                raise SystemExit(f"processes left over after {what}: {[command(pid) for pid in orphans]}")
            break
        output, _ = run.communicate(timeout=120)
        # 2: the lines that are no documents. Or the kill came when the run had ended and its process had not.
        if run.returncode == 2 or b"nothing to do" in output:
            return
        if run.returncode not in (-signal.SIGKILL, -signal.SIGINT, 130):
            raise SystemExit(f"exit code {run.returncode}: {output.decode()}")
        options = ["--resume"]


def main() -> None:
    """Run the experiment; exit code 1 at the first difference."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--megabytes", type=float, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="copy everything there if there is a difference")
    given = parser.parse_args()
    chance = random.Random(given.seed)
    done: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        source, whole = Path(folder, "in"), Path(folder, "whole")
        make_corpus(source, given.megabytes, chance)
        begin = time.monotonic()
        run = start(source, whole)
        output, _ = run.communicate()
        if run.returncode != 2:
            raise SystemExit(output.decode())
        length = time.monotonic() - begin
        expected = hashes(whole)
        stops = 0
        for number in range(given.runs):
            out = Path(folder, f"out{number}")
            disturbed(source, out, length, chance, done)
            found = hashes(out)
            if found != expected:
                names = [name for name in expected | found if expected.get(name) != found.get(name)]
                if given.keep:
                    shutil.copytree(folder, given.keep, dirs_exist_ok=True)
                raise SystemExit(f"run {number}: these differ: {names}")
            stops += json.loads((out / "run.json").read_bytes())["stops"]
            if number < given.runs - 1:
                shutil.rmtree(out)
        subprocess.run([*CLEANER, "verify", str(out)], check=True)
    print(
        f"{given.runs} runs of {given.megabytes:g} MB ({length:.1f} s undisturbed): "
        f"{done['run']} kills of the run, {done['worker']} of a worker, {done['interrupt']} interrupts, "
        f"{stops} resumes from a checkpoint; all {len(expected)} files equal each time, no process left over"
    )


if __name__ == "__main__":
    main()
