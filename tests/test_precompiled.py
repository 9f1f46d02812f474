"""Patterns whose compiled code was stored match as the same patterns compiled anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import regex

from cleaner.rules import packs, precompiled

FOLDER = packs.packs_folder()
STORED = json.loads((FOLDER / precompiled.PATTERNS).read_text(encoding="utf-8"))


def test_every_pattern_of_the_packs_is_stored() -> None:
    keys = {precompiled.key(rule.source) for pack in packs.load_packs() for rule in pack.rules}
    assert set(STORED["patterns"]) == keys, "run: python -m cleaner.rules.packs"


@pytest.mark.skipif(STORED["regex"] != regex.__version__, reason="stored for another version of regex")
def test_a_loaded_pattern_is_the_compiled_one() -> None:
    for pack in packs.load_packs():
        for rule in pack.rules:
            loaded = precompiled.load(rule.source, FOLDER)
            assert loaded is not None, rule.id
            fresh = rule.compile()
            assert loaded.pattern == fresh.pattern
            assert loaded.groupindex == fresh.groupindex
            for marked in rule.examples:
                text = marked.replace("⟦", "").replace("⟧", "")
                spans = [[m.span() for m in pattern.finditer(text)] for pattern in (loaded, fresh)]
                assert spans[0] == spans[1], rule.id


def store(folder: Path, pattern: regex.Pattern[str], version: str = regex.__version__) -> Path:
    table = json.loads(precompiled.stored([pattern])) | {"regex": version}
    (folder / precompiled.PATTERNS).write_text(json.dumps(table), encoding="utf-8")
    return folder


def test_what_is_stored_comes_back(tmp_path: Path) -> None:
    pattern = regex.compile(r"(?m)^(?P<nama>\p{Lu}\p{Ll}++)(?<=Rina|Budi) (?i:sari|ab)$")
    loaded = precompiled.load(pattern.pattern, store(tmp_path, pattern))
    assert loaded is not None
    match = loaded.search("Ani\nRina SARI")
    assert match is not None
    assert (match["nama"], match.span()) == ("Rina", (4, 13))
    assert loaded.fullmatch("Budi AB")
    assert not loaded.fullmatch("Ruli sari")


def test_another_version_or_pattern_is_compiled(tmp_path: Path) -> None:
    pattern = regex.compile("Rina")
    assert precompiled.load("Rina", store(tmp_path / ".", pattern)) is not None
    assert precompiled.load("Budi", tmp_path) is None
    other = tmp_path / "other"
    other.mkdir()
    assert precompiled.load("Rina", store(other, pattern, "2001.1.1")) is None
    assert precompiled.load("Rina", tmp_path / "nowhere") is None
