"""datatrove: the block in its real local executor, with processes, statistics and an exclusion writer."""

from __future__ import annotations

import json

import pytest

pytest.importorskip(
    "datatrove", reason="needs datatrove: pip install 'bersih[datatrove]' or '.[test-integrations]'"
)
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

import cleaner
from cleaner.integrations.columns import revert
from cleaner.integrations.datatrove import CleanerFormatter

DIRTY = "TRIBUNNEWS.COM - Ia tidka pulang."
LINK = "Baca juga: Harga Gandum Dunia Turun\n"


def rows(folder):
    return [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text().splitlines()
    ]


def test_the_local_executor(tmp_path):
    (tmp_path / "masuk").mkdir()
    for part in range(2):
        texts = [DIRTY] * 5 + [LINK]
        lines = [json.dumps({"id": f"{part}-{number}", "text": text}) for number, text in enumerate(texts)]
        (tmp_path / "masuk" / f"{part}.jsonl").write_text("\n".join(lines) + "\n")
    excluded = JsonlWriter(str(tmp_path / "tersisih"), compression=None)
    executor = LocalPipelineExecutor(
        [
            JsonlReader(str(tmp_path / "masuk")),
            CleanerFormatter(log=True, exclusion_writer=excluded),
            JsonlWriter(str(tmp_path / "keluar"), compression=None),
        ],
        tasks=2,
        workers=2,
        logging_dir=str(tmp_path / "log"),
    )
    executor.run()
    written = rows(tmp_path / "keluar")
    assert [row["text"] for row in written] == ["Ia tidak pulang."] * 10
    assert revert(written[0]["text"], written[0]["metadata"]["cleaner_log"]) == DIRTY
    assert [
        (row["id"], row["text"], row["metadata"]["filter_reason"]) for row in rows(tmp_path / "tersisih")
    ] == [
        ("0-5", LINK, "empty"),
        ("1-5", LINK, "empty"),
    ]
    steps = json.loads((tmp_path / "log" / "stats.json").read_text())
    (stats,) = [step["stats"] for step in steps if "cleaner" in step["name"]]
    assert (stats["total"], stats["changed"], stats["changes"], stats["dropped_empty"]) == (12, 12, 22, 2)
    assert stats["changes_typo.nonword"] == stats["changes_boilerplate.dateline.tribunnews"] == 10
    assert stats["removed_chars"]["total"] == 10 * len("TRIBUNNEWS.COM - ") + 2 * len(LINK)


def test_what_cannot_be_cleaned_passes_through(monkeypatch):
    clean = cleaner.Cleaner.clean

    def broken(self, text, *, outlet=None):
        if text == "meledak":
            raise ZeroDivisionError("division by zero")
        return clean(self, text, outlet=outlet)

    monkeypatch.setattr(cleaner.Cleaner, "clean", broken)
    block = CleanerFormatter()
    out = list(
        block(
            [Document("meledak", "1"), Document("rusak\ud800", "2"), Document(DIRTY, "3"), Document("", "4")]
        )
    )
    assert [document.text for document in out] == ["meledak", "rusak\ud800", "Ia tidak pulang.", ""]
    assert "ZeroDivisionError" in out[0].metadata["cleaner_problem"]
    assert "lone surrogate" in out[1].metadata["cleaner_problem"]
    assert out[2].metadata == {}
    assert block.stats.stats["failed"].total == 2


def test_settings():
    assert CleanerFormatter(profile="minimal").format("Ia tidka  pulang.") == "Ia tidka pulang."
    with pytest.raises(cleaner.ConfigError, match="did you mean 'news'"):
        CleanerFormatter(profile="nws")
