"""Letters lost or doubled where a word meets its affix, and words said twice."""

from __future__ import annotations

import pytest

from cleaner.spelling.borders import mended
from cleaner.spelling.channel import score
from cleaner.spelling.colloquial import is_colloquial
from cleaner.spelling.knowledge import Knowledge


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("menunjukan", "menunjukkan"),
        ("dimasukan", "dimasukkan"),
        ("mempraktekan", "mempraktikkan"),
        ("penunjukkan", "penunjukan"),
        ("kekompakkannya", "kekompakannya"),
        ("mengeser", "menggeser"),
        ("pengunaannya", "penggunaannya"),
        ("tanamanya", "tanamannya"),
        ("lainya", "lainnya"),
        ("namanama", "nama-nama"),
        ("pohonpohonnya", "pohon-pohonnya"),
        # Nothing to mend: a word, a verb in -kan, two possible ones, a name, letters by chance.
        ("menunjukkan", ""),
        ("temanya", ""),
        ("percikkan", ""),
        ("menurunya", ""),
        ("pemandangan", ""),
        ("mascaranya", ""),
        ("butarbutar", ""),
    ],
)
def test_a_border_is_mended(knowledge: Knowledge, typed: str, meant: str) -> None:
    assert mended(typed, knowledge) == meant


def test_two_letters_said_again_are_one_slip() -> None:
    assert score("penurunan", "penurunanan")[1] == "extra"
    assert score("mengumumkan", "mengumkan")[1] == "missing"
    assert score("penurunan", "penurunanku")[1] == "two slips"


def test_laughter_and_spoken_passives_are_meant(knowledge: Knowledge) -> None:
    spoken = ("hahahaha", "wkwkwk", "hihihi", "diperhatiin")
    assert [word for word in spoken if not is_colloquial(word, knowledge.lexicon)] == []
    slips = ("penelitin", "dilakukn", "hahatan")
    assert [word for word in slips if is_colloquial(word, knowledge.lexicon)] == []
