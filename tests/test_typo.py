"""The typo stage: cases as data, and what must hold of any text."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, Config
from cleaner.rules import typo
from cleaner.spelling import channel
from cleaner.spelling.casing import give_shape, humps, shape
from cleaner.spelling.char_model import log_probability, train
from cleaner.spelling.context import context_at
from cleaner.spelling.knowledge import Knowledge
from cleaner.spelling.pairs import Pair, derived_pair
from cleaner.spelling.shift import shifted
from cleaner.spelling.tokens import core, occurrences

CASES = json.loads((Path(__file__).parent / "cases/typo.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner(Config(profile="typos"))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_case(cleaner: Cleaner, case: dict[str, str]) -> None:
    assert cleaner.clean(case["original"]).text == case["expected"]


def test_doubtful_corrections_are_suggested_with_alternatives(cleaner: Cleaner) -> None:
    result = cleaner.clean("Setiap resiko harus dihitung.")
    assert result.changes == []
    assert [(s.before, s.after, s.rule) for s in result.suggestions] == [
        ("resiko", "risiko", "typo.nonstandard")
    ]
    change = cleaner.clean("Senjata itu tidka boleh digunakan.").changes[0]
    assert change.alternatives[0].term == "tidak" and "tidka" in change.reason


def test_strength_moves_the_thresholds() -> None:
    text = json.dumps([case["original"] for case in CASES], ensure_ascii=False)
    count = {
        strength: len(Cleaner(Config(profile="typos", strength=strength)).clean(text).changes)
        for strength in ("precision", "balanced", "recall")
    }
    assert count["precision"] < count["balanced"] <= count["recall"]


def test_ignored_words_and_patterns_are_protected() -> None:
    text = "Senjata itu tidka boleh digunakan utnuk perang."
    kept = Cleaner(Config(profile="typos", ignore_words=("Tidka",))).clean(text)
    assert kept.text == "Senjata itu tidka boleh digunakan untuk perang."
    kept = Cleaner(Config(profile="typos", ignore_patterns=(r"digunakan \w+",))).clean(text)
    assert kept.text == "Senjata itu tidak boleh digunakan utnuk perang."
    assert [lost.winner for lost in kept.suppressed] == ["protected.user"]


def test_reasons_are_told_in_the_language_asked_for() -> None:
    text = "Senjata itu tidka boleh digunakan."
    english = Cleaner(Config(profile="typos", language="en")).clean(text).changes[0].reason
    assert "two letters are swapped" in english


def test_a_corpus_teaches_its_words() -> None:
    texts = [f"Warga menonton panggung sorehore di lapangan {n}." for n in range(8)]
    texts += ["Warga menonton sorehoree di lapangan."]
    plain = Cleaner(Config(profile="typos"))
    taught = plain.learn(texts)
    assert taught.vocabulary == {"sorehore": 8}
    assert [taught.clean(text).text for text in texts[:8]] == texts[:8]
    assert taught.clean(texts[8]).text == "Warga menonton sorehore di lapangan."
    assert taught.fingerprint != plain.fingerprint
    # A misspelling that is repeated has a more frequent neighbour in the same corpus: it is not learnt.
    slips = ["Harga beras turun."] * 40 + ["Harga baras turun."] * 6
    assert plain.learn(slips).vocabulary == {}


WORDS = st.sampled_from(
    [
        *"utnuk tidka dan dan di lakukan mei dariReuters Ngeri Luar Menteri orangtua nya".split(),
        *',."()-1é😀\n',
    ]
)


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_edits_only_touch_what_they_say(text: str) -> None:
    result = CLEANER.clean(text)
    assert result.apply(lambda change: True) == result.text
    for change in result.changes:
        assert text[change.start : change.end] == change.before
        assert change.rule.startswith(("typo.", "encoding.", "spacing."))


CLEANER = Cleaner(Config(profile="typos"))


@pytest.mark.parametrize(
    ("meant", "typed", "kind"),
    [
        ("tidak", "tidka", "swapped"),
        ("aktif", "aktid", "substituted"),
        ("menunjukkan", "menunjukan", "missing"),
        ("untuk", "uuntuk", "extra"),
        ("kesepakatan", "kesepatan", "two slips"),
        ("eksplisit", "explisit", "substituted"),
    ],
)
def test_the_channel_names_the_slip(meant: str, typed: str, kind: str) -> None:
    assert channel.score(meant, typed)[1] == kind
    assert -8 < channel.score(meant, typed)[0] < 0


def test_the_channel_knows_fingers() -> None:
    assert channel.score("lebih", "leboh")[0] > channel.score("lebih", "lebxh")[0]  # i and o are neighbours
    assert channel.score("untuk", "uuntuk")[0] > channel.score("untuk", "unptuk")[0]  # a key hit twice
    assert channel.score("kata", "kkata")[0] > channel.score("kata", "xkata")[0]
    assert channel.score("pergi", "oergi")[0] < channel.score("pergi", "pergo")[0]  # first letters are safe
    assert channel.score("rumah", "sekolah")[0] == -20


@given(st.text("abcdefghij", min_size=2, max_size=9), st.data())
def test_one_slip_is_always_found(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghij"))
    for typed in (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    ):
        if typed not in (word, ""):
            assert channel.score(word, typed)[1] != "two slips"
            assert channel.score(word, typed)[0] > -8


@given(st.text("ab \n", max_size=200))
def test_pieces_are_the_whole_text(text: str) -> None:
    with patch.object(typo, "_PIECE", 10):
        found = [text[start:end] for start, end in typo.pieces(text)]
    assert "".join(found) == text
    assert max(map(len, found)) <= 10


def test_long_texts_are_cleaned_piece_by_piece(cleaner: Cleaner) -> None:
    line = "Senjata itu tidka boleh digunakan lagi oleh siapa pun di sana.\n"
    result = cleaner.clean(line * 700)
    assert result.text == line.replace("tidka", "tidak") * 700
    assert len(result.changes) == 700


def test_shapes() -> None:
    assert [shape(w) for w in ("kata", "Kata", "KATA", "kaTa", "A", "a")] == [
        "lower",
        "initial",
        "upper",
        "mixed",
        "initial",
        "lower",
    ]
    assert give_shape("di mana", "initial") == "Di mana"
    assert give_shape("wali kota", "initial", title=True) == "Wali Kota"
    assert give_shape("dengan", "upper") == "DENGAN"
    assert humps("laporanCNNsebelumnya") == ["laporan", "CNNsebelumnya"]


def test_cores_and_occurrences() -> None:
    assert core('"tidka,') == (1, 6, "tidka")
    assert core("<td>Kontruksi</td>") == (4, 13, "Kontruksi")
    assert core("12,5") is None and core("a@b.id") is None and core("Jum'at") is None and core("") is None
    assert list(occurrences("dan dan, dan\ndanau dan", "dan")) == [0, 9, 19]


def test_context_is_what_the_model_was_counted_on() -> None:
    text = 'Ia pulang. "Kami tidka tahu," katanya.'
    context = context_at(text, text.index("tidka"), text.index("tidka") + 5)
    assert (context.left[-1], context.right[0], context.before, context.after) == (
        "kami",
        "tahu",
        "Kami",
        "tahu",
    )
    assert not context.starts_sentence
    start = text.index("Kami")
    assert context_at(text, start, start + 4).starts_sentence


def test_the_character_model_prefers_what_it_was_taught() -> None:
    table = train(["batu", "bata", "buta", "tabu", "tuba"] * 3)
    assert log_probability("bati", [table]) > log_probability("xqzw", [table])
    assert log_probability("bété", [table]) < log_probability("bata", [table])


def test_a_correction_beside_a_sure_one_is_put_at_its_own_place(cleaner: Cleaner) -> None:
    text = "Warga minum air kotor. Fakto lingungan ikut berperan, kata warga diPulau Engganotidak didengar."
    result = cleaner.clean(text)
    assert [(change.before, change.after) for change in result.changes] == [
        ("Fakto", "Faktor"),
        ("lingungan", "lingkungan"),
        ("diPulau", "di Pulau"),
        ("Engganotidak", "Enggano tidak"),
    ]
    assert result.revert() == text
    assert cleaner.clean(result.text).changes == []


def test_without_the_sure_correction_there_is_no_second_look() -> None:
    """A rule that is switched off gives no context either."""
    only = Cleaner(Config(profile="typos", ignore=("typo.nonword",)))
    result = only.clean("Warga minum air kotor. Fakto lingungan ikut berperan.")
    assert result.changes == [] and result.suggestions == []


def test_the_shift_key() -> None:
    knowledge = Knowledge()
    assert [shifted(word, knowledge) for word in ("KEmenterian", "oKrban", "JAkarta")] == [
        "Kementerian",
        "Korban",
        "Jakarta",
    ]
    assert not any(
        shifted(word, knowledge) for word in ("iPhone", "KUHPidana", "ASpada", "eKTP", "McDonald", "DIatas")
    )


def test_forms_of_a_non_standard_word() -> None:
    table = {"plat": Pair("pelat", "always")}
    assert derived_pair("berplat", "berpelat", table) == Pair("berpelat", "always")
    assert derived_pair("plat", "pelat", table) == Pair("pelat", "always")
    assert derived_pair("berplat", "berlapat", table) is None


def test_a_spoken_verb_gets_the_sound_change_of_its_prefix() -> None:
    informal = Cleaner(Config(profile="informal"))
    assert informal.clean("Jangan ketawain dia.").text == "Jangan menertawakan dia."
