"""Rule packs as files: the compiled copy is fresh, mistakes are named, users can add their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Cleaner, Config
from cleaner.errors import RulePackError
from cleaner.rules import packs
from cleaner.rules.boilerplate import BoilerplateStage

FOLDER = Path(__file__).resolve().parents[1] / "dictionaries/boilerplate"

PACK = """
name = "Suara Melati"
marks = ["suaramelati"]

[[rule]]
id = "boilerplate.promo.suaramelati"
kind = "promo"
description_id = "Ajakan berkunjung."
description_en = "A call to visit."
trigger = ["Kunjungi"]
scope = "inline"
pattern = '''Kunjungi{s}kebun{s}kami\\.?'''
confidence = 0.9
examples = ["Harga naik. ⟦Kunjungi kebun kami. ⟧Ia pulang.", "⟦Kunjungi kebun kami\\n⟧Harga naik."]
near_misses = ["Kunjungi kebun itu."]
"""


def write(folder: Path, text: str = PACK, name: str = "suaramelati.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.skipif(not FOLDER.is_dir(), reason="not a checkout")
def test_compiled_copy_is_fresh() -> None:
    text = (FOLDER / packs.COMPILED).read_text(encoding="utf-8")
    assert text == packs.compile_packs(FOLDER)[packs.COMPILED], "run: python -m cleaner.rules.packs"


def test_every_rule_names_its_kind_and_compiles() -> None:
    for pack in packs.load_packs():
        assert pack.rules, pack.outlet
        for rule in pack.rules:
            assert rule.id.startswith(f"boilerplate.{rule.kind}.")
            assert rule.near_misses
            assert rule.regex.search("") is None, f"{rule.id} matches nothing at all"


def test_a_user_may_add_packs(tmp_path: Path) -> None:
    cleaner = Cleaner(Config(rules=(str(write(tmp_path)),), select=("boilerplate",)))
    assert cleaner.clean("Harga naik. Kunjungi kebun kami. Ia pulang.").text == "Harga naik. Ia pulang."


def test_a_user_may_add_macros_and_places(tmp_path: Path) -> None:
    write(tmp_path, 'places = ["Desa Melati"]\n[macros]\nkebun = "kebun|taman"\n', packs.SHARED)
    write(tmp_path, PACK.replace("{s}kebun{s}", "{s}{kebun}{s}"))
    stage = BoilerplateStage([tmp_path])
    rule = stage.packs[-1].rules[0]
    assert rule.regex.search("Kunjungi taman kami")
    assert "Desa Melati" in rule.places


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('kind = "promo"', 'kind = "promos"', "kind = 'promos'; did you mean 'promo'"),
        ('scope = "inline"', 'scope = "inlin"', "did you mean 'inline'"),
        ('scope = "inline"', 'skope = "inline"', "unknown field 'skope'; did you mean 'scope'"),
        ("confidence = 0.9", "confidence = 9.0", "confidence must be from 0 to 1"),
        ("confidence = 0.9", 'confidence = "high"', "confidence must be a float"),
        ("confidence = 0.9", "", "field 'confidence' is missing"),
        ('trigger = ["Kunjungi"]', "trigger = []", "trigger needs literal words"),
        ('trigger = ["Kunjungi"]', 'trigger = [""]', "trigger needs literal words"),
        ("boilerplate.promo.suaramelati", "promo.suaramelati", "id must start with 'boilerplate.promo'"),
        ("boilerplate.promo.suaramelati", "boilerplate.promo.bisnis", "in packs bisnis and suaramelati"),
        ("{s}kebun", "{spasi}kebun", "pattern uses {spasi}"),
        ('"⟦Kunjungi kebun kami\\n⟧Harga naik."', "", "examples needs at least two"),
        ("[[rule]]", "[[rules]]", "unknown key 'rules'"),
        ('name = "Suara Melati"', "name = ", "not valid TOML"),
    ],
)  # fmt: skip
def test_mistakes_are_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in PACK
    with pytest.raises(RulePackError) as caught:
        packs.load_packs([write(tmp_path, PACK.replace(old, new))])
    assert message in str(caught.value)
    assert "suaramelati" in str(caught.value)


def test_a_malformed_pattern_is_named_when_it_is_compiled(tmp_path: Path) -> None:
    write(tmp_path, PACK.replace("Kunjungi{s}", "(Kunjungi{s}"))
    rule = packs.load_packs([tmp_path])[-1].rules[0]
    with pytest.raises(RulePackError, match=r"boilerplate\.promo\.suaramelati: pattern"):
        _ = rule.regex


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulePackError, match="no such folder"):
        packs.load_packs([tmp_path / "none"])


def test_without_a_compiled_copy_the_packs_are_read_as_toml(tmp_path: Path, monkeypatch) -> None:
    write(tmp_path, '[macros]\ns = " "\n', packs.SHARED)
    monkeypatch.setattr(packs, "packs_folder", lambda: write(tmp_path))
    assert [rule.id for pack in packs.load_packs() for rule in pack.rules] == [
        "boilerplate.promo.suaramelati"
    ]


def test_the_command_writes_the_compiled_copy(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(packs, "packs_folder", lambda: tmp_path)
    write(tmp_path)
    write(tmp_path, '[macros]\ns = " "\n', packs.SHARED)
    assert packs.main() == 0
    assert "patterns.json" in capsys.readouterr().out
    assert packs.load_packs()[0].name == "Suara Melati"
    write(tmp_path, PACK.replace("inline", "inlin"))
    assert packs.main() == 1
    assert "inlin" in capsys.readouterr().err
