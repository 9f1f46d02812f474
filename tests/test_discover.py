"""Corpus discovery: what repeats across documents is found, counted and drafted as rules."""

from __future__ import annotations

import json
import random
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, Config
from cleaner.corpus.discover import Discovery, discover
from cleaner.corpus.draft import pack_text
from cleaner.corpus.phrases import (
    BEGIN,
    BREAK,
    DASH,
    DAY,
    END,
    LONGEST,
    MONTH,
    NUMBER,
    default_minimum,
    frequent_phrases,
    tokenise,
)
from cleaner.corpus.sketch import CountMin, mix
from cleaner.rules.base import parse_example
from cleaner.rules.packs import load_packs

DOCUMENTS = 60

# ---------------------------------------------------------------- a corpus of a fictional outlet

SUBJECTS = "Pedagang Petani Warga Pembeli Nelayan Guru Sopir Bidan".split()
VERBS = "menjual membeli menanam mencari mengirim mengolah menyimpan memilih menimbang mengangkut".split()
THINGS = "cabai bawang beras ikan gula telur kopi jagung kedelai garam sayur madu".split()
PLACES = "pasar kebun gudang sekolah pelabuhan desa kampung terminal".split()
ENDS = "sejak pagi,setiap hari,tanpa henti,dengan sabar,bersama tetangga,sampai sore,tahun lalu".split(",")
NAMES = "Rina Budi Sari Joko Ratna Agus Dewi Wawan Lestari Gunawan Melati Sukma".split()
CITIES = "BOGOR JAKARTA SURABAYA MEDAN PADANG MALANG BANDUNG".split()


def sentence(chance: random.Random) -> str:
    words = [chance.choice(words) for words in (SUBJECTS, VERBS, THINGS, ["di"], PLACES, ENDS)]
    return " ".join(words) + "."


def headline(chance: random.Random) -> str:
    words = [word.title() for word in chance.sample(SUBJECTS + VERBS + THINGS + PLACES, 6)]
    words.insert(chance.randint(1, 5), chance.choice("dan di untuk dari yang karena".split()))
    return " ".join(words)


def prose(seed: int) -> tuple[str, str, str]:
    """Three paragraphs."""
    chance = random.Random(seed)
    first, second, third = (" ".join(sentence(chance) for _ in range(4)) for _ in range(3))
    return first, second, third


def article(seed: int) -> str:
    """The prose with the boilerplate of "Suara Melati" around it and between."""
    chance = random.Random(-seed)
    first, second, third = prose(seed)
    name = f"{chance.choice(NAMES)} {chance.choice(NAMES)}"
    editor = f"{chance.choice(NAMES)} {chance.choice(NAMES)}"
    return (
        f"{chance.choice(CITIES)}, SUARAMELATI.com {chance.choice('-–')} {first}\n"
        f"{second} Kunjungi kanal Melati Sore kami! {sentence(chance)}\n"
        f"Telusuri pula: {headline(chance)}\n"
        f"{third}\n"
        f"Penata berita: {name} Juru periksa: {editor} Terbit {chance.randint(1, 28)} Mei 2024"
    )


ARTICLES = [article(seed) for seed in range(DOCUMENTS)]


@pytest.fixture(scope="module")
def found() -> Discovery:
    return discover(lambda: ARTICLES, "suaramelati")


@pytest.fixture
def pack(found: Discovery, tmp_path: Path) -> Path:
    (tmp_path / "suaramelati.toml").write_text(pack_text("suaramelati", found.drafts), encoding="utf-8")
    return tmp_path


@pytest.fixture
def corpus(in_tmp: Path) -> Path:
    lines = [json.dumps({"text": text}, ensure_ascii=False) for text in ARTICLES]
    (in_tmp / "berita.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return in_tmp / "berita.jsonl"


# ---------------------------------------------------------------- the sketch


@given(st.lists(st.integers(0, 30), max_size=300))
def test_an_estimate_is_never_too_low(numbers: list[int]) -> None:
    sketch, exact = CountMin(bits=4), Counter(numbers)
    for number in numbers:
        assert sketch.add(mix(0, number)) >= 0
    assert sketch.total == len(numbers)
    assert all(sketch[mix(0, number)] >= count for number, count in exact.items())


def test_a_wide_sketch_is_exact_and_states_its_error() -> None:
    sketch = CountMin(bits=16)
    for number in range(1000):
        for _ in range(number % 7):
            sketch.add(mix(0, number))
    within = sum(sketch[mix(0, number)] - number % 7 <= sketch.error for number in range(1000))
    assert within >= 860  # 1 - exp(-2)
    assert sketch.error == pytest.approx(2.718 * sketch.total / 2**16, rel=1e-3)


def test_merged_sketches_count_as_one_that_saw_everything() -> None:
    parts, whole = (CountMin(bits=8), CountMin(bits=8)), CountMin(bits=8)
    for number in range(500):
        parts[number % 2].add(mix(0, number % 90))
        whole.add(mix(0, number % 90))
    parts[0].merge(parts[1])
    assert parts[0].total == whole.total
    assert all(parts[0][mix(0, number)] == whole[mix(0, number)] for number in range(90))


def test_sketches_of_other_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="merged"):
        CountMin(bits=8).merge(CountMin(bits=9))
    with pytest.raises(ValueError, match="counters"):
        CountMin(bits=0)


# ---------------------------------------------------------------- phrases


def forms(text: str) -> list[str]:
    return [token.form for token in tokenise(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Baca JugaTidak hanya", ["Baca", "Juga", "Tidak", "hanya"]),
        ("ini.Baca juga:", ["ini", ".", "Baca", "juga", ":"]),
        ("SUARAMELATI.com—Harga", ["SUARAMELATI.com", DASH, "Harga"]),
        ("Senin, 12 Mei 2024 13.30", [DAY, ",", NUMBER, MONTH, NUMBER, NUMBER]),
        ("\n\nsatu\n \n\ndua\n", ["satu", BREAK, "dua"]),
        ("FOTOIlustrasi A >>>", ["FOTO", "Ilustrasi", "A", ">>>"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert forms(text) == [BEGIN, *expected, END]


@given(st.text(alphabet="aB. \n12-", max_size=60))
def test_tokens_stand_where_they_say(text: str) -> None:
    tokens = tokenise(text)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    covered = "".join(text[token.start : token.end] for token in tokens)
    assert "".join(covered.split()) == "".join(text.split())


def test_counts_are_those_of_documents() -> None:
    texts = ["Baca juga: satu. Baca juga: dua"] * 12 + ["Baca juga tiga"] * 5
    counts = {p.forms: p.documents for p in frequent_phrases(lambda: texts, 10).phrases}
    assert counts["Baca", "juga"] == len(texts)
    assert counts["Baca", "juga", ":"] == 12
    assert ("tiga",) not in counts


def test_no_frequent_phrase_is_missed_and_none_is_miscounted() -> None:
    minimum = 12
    exact: Counter[tuple[str, ...]] = Counter()
    for text in ARTICLES:
        row = forms(text)
        exact.update(
            {
                tuple(row[i : i + n])
                for i in range(len(row))
                for n in range(1, LONGEST + 1)
                if i + n <= len(row)
            }
        )
    # Even where the sketch is far too small and nearly all keys collide.
    for bits in (6, 18):
        counted = frequent_phrases(lambda: ARTICLES, minimum, bits)
        got = {phrase.forms: phrase.documents for phrase in counted.phrases}
        assert got == {key: number for key, number in exact.items() if number >= minimum}


def test_the_minimum_is_a_share_of_the_corpus() -> None:
    assert [default_minimum(n) for n in (0, 100, 2000, 1_000_000)] == [10, 10, 10, 5000]


# ---------------------------------------------------------------- what is found


def test_the_boilerplate_is_found_and_nothing_else(found: Discovery) -> None:
    templates = {str(item.template): item for item in found.drafts}
    assert set(templates) == {
        "<name> , SUARAMELATI.com -",
        "Telusuri pula :",
        "Kunjungi kanal Melati Sore kami !",
        "Penata berita : <name> Juru periksa : <name> Terbit <num> <month> <num>",
    }
    assert {item.documents for item in found.drafts} == {DOCUMENTS}
    assert templates["<name> , SUARAMELATI.com -"].scope == "head"
    assert templates["<name> , SUARAMELATI.com -"].kind == "dateline"
    assert found.documents == DOCUMENTS and found.minimum == 10


def test_the_written_pack_loads_and_its_examples_hold(found: Discovery, pack: Path) -> None:
    rules = {rule.id: rule for p in load_packs([pack]) for rule in p.rules}
    for item in found.drafts:
        rule = rules[item.id]
        assert len(rule.examples) >= 2
        cleaner = Cleaner(Config(select=(item.id,), rules=(str(pack),)))
        for marked in rule.examples:
            example = parse_example(marked)
            assert cleaner.clean(example.text).text == example.cleaned
        for text in rule.near_misses:
            assert cleaner.clean(text).text == text


def test_the_pack_cleans_articles_it_was_not_made_of(found: Discovery, pack: Path) -> None:
    ids = tuple(item.id for item in found.drafts)
    for seed in range(DOCUMENTS + 1, DOCUMENTS + 20):
        text = article(seed)
        result = Cleaner(Config(select=ids, rules=(str(pack),))).clean(text)
        assert {change.rule for change in result.changes} == set(ids)
        first, second, third = prose(seed)
        lines = result.text.split("\n")
        assert (lines[0], lines[2]) == (first, third)
        assert lines[1].startswith(second + " ") and len(lines) == 3


def test_prose_alone_gives_nothing() -> None:
    texts = [" ".join(sentence(random.Random(100 * i + j)) for j in range(20)) for i in range(40)]
    assert discover(lambda: texts, "prosa").drafts == []


def test_a_line_that_stands_in_many_documents_is_a_rule_for_the_line() -> None:
    line = "Redaksi menerima tulisan pembaca tentang kebun melati setiap awal musim hujan."
    texts = [f"{sentence(random.Random(i))}\n{line}\n{sentence(random.Random(-i))}" for i in range(30)]
    (item,) = discover(lambda: texts, "melati").drafts
    assert item.scope == "line" and item.documents == 30
    assert parse_example(item.examples[0]).spans


def test_an_empty_corpus_and_one_that_is_too_small() -> None:
    assert discover(list, "kosong").drafts == []
    assert discover(lambda: ARTICLES[:5], "kecil").drafts == []


# ---------------------------------------------------------------- the command


def test_the_list_shows_counts_and_examples(run, corpus: Path) -> None:
    result = run("discover", corpus)
    assert result.exit_code == 0
    assert "60 documents 100%  other     Kunjungi kanal Melati Sore kami !" in result.stdout
    assert "⟦Kunjungi kanal Melati Sore kami! ⟧" in result.stdout
    assert "60 documents, " in result.stderr


def test_what_the_shipped_rules_remove_is_left_out(run, corpus: Path) -> None:
    assert "SUARAMELATI" not in run("discover", corpus).stdout.replace("⟦", "").split("Kunjungi")[0]
    assert "(removed already by boilerplate.dateline." in run("discover", corpus, "--known").stdout


def test_a_pack_is_written_and_used(run, corpus: Path) -> None:
    (corpus.parent / "rules").mkdir()
    assert run("discover", corpus, "-o", "rules/suaramelati.toml").exit_code == 0
    text = (corpus.parent / "rules/suaramelati.toml").read_text(encoding="utf-8")
    assert "60 documents; " in text and "[[rule]]" in text
    (corpus.parent / "berita.txt").write_text(article(99), encoding="utf-8")
    assert "Kunjungi" not in run("clean", "berita.txt", "--rules", "rules").stdout


def test_another_text_field_and_minimum(run, in_tmp: Path) -> None:
    rows = [json.dumps({"isi": text}) for text in ARTICLES[:8]]
    (in_tmp / "berita.jsonl").write_text("\n".join(rows), encoding="utf-8")
    assert run("discover", "berita.jsonl", "--text-field", "isi").stdout == ""
    assert "Kunjungi" in run("discover", "berita.jsonl", "--text-field", "isi", "--min-documents", 6).stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-"], "several times"),
        (["berita.jsonl", "-o", "Suara Melati.toml"], "small letters"),
        (["berita.jsonl", "-o", "pack.txt"], "ends in .toml"),
        (["berita.jsonl", "-o", "nowhere/pack.toml"], "nowhere does not exist"),
        (["beritaa.jsonl"], "did you mean"),
        (["berita.jsonl", "--text-field", "isi"], "did you mean --text-field text"),
        (["berita.jsonl", "--min-documents", "1"], "--min-documents"),
    ],
)
def test_wrong_use_is_told(run, corpus: Path, arguments: list[str], message: str) -> None:
    result = run("discover", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert [path.name for path in corpus.parent.iterdir()] == ["berita.jsonl"]


def test_a_bad_line_is_told_once_and_ends_in_exit_code_2(run, corpus: Path) -> None:
    with corpus.open("a", encoding="utf-8") as file:
        file.write("{oops\n")
    result = run("discover", corpus)
    assert result.exit_code == 2
    assert result.stderr.count("berita.jsonl:61: ") == 1
    assert "Kunjungi" in result.stdout
