"""The data files themselves, as codespell tests its dictionary: format, order, no nonsense."""

from __future__ import annotations

import re

import pytest
from symspellpy import SymSpell

from cleaner.spelling.capitals import places
from cleaner.spelling.data import CHECKSUMS, checksums, data_file, data_fingerprint, read_rows
from cleaner.spelling.lexicon import Flag, Lexicon
from cleaner.spelling.morphology import is_valid_form

PAIRS = ("joined.tsv", "nonstandard.tsv", "slang.tsv")
GRADES = {"slip", "always", "context", "suggest"}
FLAGS = {"base", "derived", "informal", "nonstandard", "foreign", "name"}


def rows(name: str) -> list[list[str]]:
    return list(read_rows(data_file(name)))


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.open()


def test_words(lexicon):
    words = rows("id_words.tsv")
    assert len(words) >= 110_000
    listed = [row[0] for row in words]
    assert listed == sorted(set(listed))
    for word, count, flags in words:
        assert word == word.lower().strip()
        assert count.isdecimal()
        assert set(flags.split(",")) <= FLAGS


def test_flags_in_list_and_lexicon_agree(lexicon):
    for word, _, flags in rows("id_words.tsv")[::17]:
        known = lexicon.flags(word)
        assert all(Flag[flag.upper()] in known for flag in flags.split(","))


def test_names():
    names = rows("names.tsv")
    assert len({row[0].lower() for row in names}) == len(names)
    assert [row[0].lower() for row in names] == sorted(row[0].lower() for row in names)
    for cased, count, share in names:
        assert cased != cased.lower()
        assert count.isdecimal()
        assert 0.5 <= float(share) <= 1


@pytest.mark.parametrize("name", PAIRS)
def test_pairs(name, lexicon):
    pairs = rows(name)
    wrongs = [row[0] for row in pairs]
    assert wrongs == sorted(set(wrongs))
    for wrong, right, grade, source in pairs:
        assert wrong != right
        assert wrong == wrong.lower()
        assert " " not in wrong
        assert grade in GRADES
        assert source
        for word in right.split():
            is_word = is_valid_form(word, lexicon) or lexicon.is_name(word) or lexicon.is_foreign(word)
            assert is_word, (wrong, right)


def test_corrections_are_final():
    table = {row[0]: row[1] for name in PAIRS[:2] for row in rows(name)}
    assert [(wrong, right) for wrong, right in table.items() if right in table] == []


def test_slang_does_not_lead_to_slang():
    table = {row[0]: row[1] for row in rows("slang.tsv")}
    assert [(wrong, right) for wrong, right in table.items() if right in table] == []


def test_counts_of_the_plain_lists():
    for name, columns in (("id_frequency.txt", 2), ("id_bigrams.txt", 3)):
        lines = data_file(name).read_text(encoding="utf-8").splitlines()
        keys = [line.rpartition(" ")[0] for line in lines]
        assert len(set(keys)) == len(keys) > 80_000
        assert all(len(line.split(" ")) == columns and int(line.split(" ")[-1]) > 0 for line in lines)


def test_no_flag_of_a_misspelling_on_a_word(lexicon):
    for word, _, flags in rows("id_words.tsv")[::7]:
        assert not lexicon.is_misspelt(word) or not {"base", "derived"} & set(flags.split(",")), word


def test_no_word_is_both_joined_and_nonstandard():
    assert not {row[0] for row in rows("joined.tsv")} & {row[0] for row in rows("nonstandard.tsv")}


def test_right_words_are_not_called_wrong():
    wrong = {row[0] for name in PAIRS for row in rows(name)}
    right = """
        dulu relawan rinci kepada kecuali kedua ketiga keluar kemari disiplin dikenal distribusi
        direktur kelapa bagaimanapun meskipun walaupun maupun ataupun adapun kalaupun biarpun
        sekalipun sungguhpun kendatipun barangkali kadangkala olahraga matahari kacamata daripada
        padahal apabila sebagaimana saputangan menandatangani ditandatangani memberitahukan
        mengujicobakan perorangan dipasarkan diluaskan diminta mempunyai memperbaiki mengkaji
        penting mentari lalu aku minta kamu
    """.split()
    assert not wrong & set(right)


def test_no_joined_word_comes_apart_into_another_one():
    """Dimanapun -> di manapun -> di mana pun would take two runs."""
    joined = {row[0] for row in rows("joined.tsv")}
    assert not {part for row in rows("joined.tsv") for part in row[1].split()} & joined


def test_split_affixes():
    for row in rows("split_affixes.tsv"):
        assert row[1] in ("before", "after")
        assert row[2] in GRADES
    assert len({(row[0], row[1]) for row in rows("split_affixes.tsv")}) == len(rows("split_affixes.tsv"))


def test_casing():
    for place in places():
        assert re.compile(place.pattern).groups == 1
        assert place.tokens and 0.5 <= place.confidence < 1
        if place.right == "-":  # written small, so the pattern looks for a capital
            (words,) = re.findall(r"\(([A-Za-z|]+)\)", place.pattern)
            assert all(map(str.istitle, words.split("|")))
        elif place.right == "+":
            (words,) = re.findall(r"\(([A-Za-z]+(?:\|[A-Za-z]+)*)\)", place.pattern)
            assert set(words.split("|")) == place.tokens
        else:
            assert place.right.replace("-", "").isalpha()
            assert place.right.lower() in place.pattern.lower()
        assert all(place.reason)
    assert len({place.pattern for place in places()}) == len(places()) == len(rows("casing.tsv"))


def test_phrases(lexicon):
    phrases = rows("phrases.tsv")
    wrongs = [row[0] for row in phrases]
    assert wrongs == sorted(set(wrongs))
    assert not {right for _, right, *_ in phrases} & set(wrongs)
    for wrong, right, rule, where in phrases:
        assert where in ("anywhere", "inside")
        one, two = wrong.split(" ")
        assert wrong.replace(" ", "").isalpha()
        if rule == "typo.casing":
            assert right == f"{one[0].upper()}{one[1:]} {two[0].upper()}{two[1:]}"
            assert one.islower() != two.islower()
        else:
            assert rule == "typo.split"
            assert right in (one + two, f"{one}-{two}")
            assert is_valid_form(right.lower(), lexicon), right


def test_confusions(lexicon):
    for rare, frequent, rare_count, frequent_count, separation in rows("confusions.tsv"):
        assert rare in lexicon
        assert frequent in lexicon
        assert int(frequent_count) >= 20 * int(rare_count) > 0
        assert 0.6 <= float(separation) <= 1


def test_symspellpy_loads_the_text_lists():
    spell = SymSpell()
    assert spell.load_dictionary(str(data_file("id_frequency.txt")), 0, 1, encoding="utf-8")
    assert spell.load_bigram_dictionary(str(data_file("id_bigrams.txt")), 0, 2, encoding="utf-8")
    assert spell.words["yang"] > 100_000


def test_sources_names_every_file():
    text = data_file("SOURCES.md").read_text(encoding="utf-8")
    folder = data_file("SOURCES.md").parent
    missing = [
        path.name for path in sorted(folder.iterdir()) if path.is_file() and f"`{path.name}`" not in text
    ]
    assert missing == ["SOURCES.md"]


def test_checksums_are_those_of_the_files():
    """Data and checksums are committed together, else one fingerprint would stand for two dictionaries."""
    path = data_file(CHECKSUMS)
    assert path.read_text(encoding="utf-8") == checksums(path.parent)


def test_fingerprint_is_stable():
    assert data_fingerprint() == data_fingerprint()
    assert len(data_fingerprint()) == 16
