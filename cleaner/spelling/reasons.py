"""The sentence that tells a reviewer why a word was changed, in Indonesian and English."""

from __future__ import annotations

from cleaner.edits import Bilingual
from cleaner.spelling.context import Context
from cleaner.spelling.echoes import echoed
from cleaner.spelling.unknown import Reading

_KINDS = {
    "missing": Bilingual("satu huruf hilang", "a letter is missing"),
    "extra": Bilingual("satu huruf berlebih", "there is an extra letter"),
    "substituted": Bilingual("satu huruf tertukar dengan huruf lain", "a letter is mistyped"),
    "swapped": Bilingual("dua huruf bertukar tempat", "two letters are swapped"),
    "two slips": Bilingual("dua salah ketik", "there are two slips"),
    "glued": Bilingual("spasi hilang", "a space is lost"),
}

BOUND_FORM = Bilingual(
    "bentuk terikat ditulis serangkai (EYD V)", "a bound form is joined to the word that follows (EYD V)"
)
BOUND_CAPITAL = Bilingual(
    "bentuk terikat di depan huruf kapital ditulis dengan tanda hubung (EYD V)",
    "a bound form before a capital takes a hyphen (EYD V)",
)

YOU = Bilingual(
    "kata ganti Anda selalu berhuruf kapital (EYD V)", "the pronoun Anda always has a capital (EYD V)"
)
HALVES = Bilingual(
    "kata ulang, tetapi salah satu bagiannya salah ketik", "a reduplication of which one half is misspelt"
)
HYPHEN = Bilingual("kata ulang ditulis dengan tanda hubung (EYD V)", "reduplication takes a hyphen (EYD V)")
NUMBER = Bilingual(
    "kata yang lazim menempel pada angka; spasi hilang", "a common word ran into a number; a space is lost"
)
ORDINAL = Bilingual(
    "ke- di depan bilangan tingkat ditulis dengan tanda hubung (EYD V)",
    "ke- before an ordinal number takes a hyphen (EYD V)",
)
NO_HYPHEN = Bilingual(
    "kata ini ditulis tanpa tanda hubung; bentuk itu jauh lebih lazim",
    "this word is written without a hyphen; that form is far more usual",
)
SHIFT = Bilingual(
    "huruf kapital yang terlambat atau tertahan; kata ini lazim", "a capital late or held; this word is usual"
)
TORN = Bilingual("satu kata terpotong spasi", "one word with a blank inside")
LABEL = Bilingual(
    "label butir daftar menempel pada kata di depannya",
    "the label of a list item ran into the word before it",
)
BORDER = Bilingual(
    "satu huruf hilang atau berlebih di batas kata dan imbuhan",
    "a letter is missing or too many where a word meets its affix",
)
ELONGATION = Bilingual("huruf diulang untuk penekanan", "letters are repeated for emphasis")


_EVERYWHERE = 3000
"""Corpus count of words that nearly every text has: that this one has them too tells nothing."""


def doubt(low: str, best: Reading, context: Context, known: bool, text: str) -> Bilingual:
    """Why ``low`` is taken for ``best``: what it is, the slip, and what decided, context or ``text``."""
    slip = _KINDS[best.kind]
    shown = " ".join(word for word in (context.before, best.after, context.after) if word)
    if known:
        return Bilingual(
            f"'{low}' jarang dan tidak cocok di sini; {slip.id}; '{shown}' jauh lebih lazim",
            f"'{low}' is rare and does not fit here; {slip.en}; '{shown}' is far more usual",
        )
    if best.frequency < _EVERYWHERE and echoed(best.after, text) == 1 and best.kind != "glued":
        return Bilingual(
            f"'{low}' bukan kata yang dikenal; {slip.id}; naskah ini juga memuat '{best.after}'",
            f"'{low}' is no known word; {slip.en}; this text has '{best.after}' as well",
        )
    if best.fit > 0.5 and shown != best.after:
        return Bilingual(
            f"'{low}' bukan kata yang dikenal; {slip.id}; '{shown}' lazim",
            f"'{low}' is no known word; {slip.en}; '{shown}' is usual",
        )
    return Bilingual(
        f"'{low}' bukan kata yang dikenal; {slip.id}; korpus memuat '{best.after}' {best.frequency} kali",
        f"'{low}' is no known word; {slip.en}; the corpus has '{best.after}' {best.frequency} times",
    )


def one_of(word: str) -> Bilingual:
    """The "satu" of "salah satu" was left out."""
    return Bilingual(
        f"'salah {word}' tidak lazim; 'satu' hilang dari 'salah satu {word}'",
        f"'salah {word}' is not said; 'satu' is lost from 'salah satu {word}' (one of)",
    )


def glued(word: str) -> Bilingual:
    """Capitals inside a word that is no name."""
    return Bilingual(
        f"'{word}' memuat huruf kapital di tengah dan bukan nama; spasi hilang",
        f"'{word}' has a capital inside and is no name; a space is lost",
    )


def casing(after: str, share: float) -> Bilingual:
    """A name that the corpus nearly always capitalises."""
    return Bilingual(
        f"'{after}' ditulis dengan kapital dalam {share:.0%} kemunculannya",
        f"'{after}' is capitalised in {share:.0%} of its occurrences",
    )


def table(rule: str, low: str, right: str) -> Bilingual:
    """A pair of the dictionary."""
    if rule == "typo.split":
        return Bilingual(
            f"'{low}' ditulis '{right}' (KBBI, EYD V)", f"'{low}' is written '{right}' (KBBI, EYD V)"
        )
    if rule == "slang.word":
        return Bilingual(f"'{low}' ragam cakapan untuk '{right}'", f"'{low}' is colloquial for '{right}'")
    if rule == "typo.nonword":
        return Bilingual(
            f"hampir tidak ada yang menulis '{low}'; bentuk bakunya '{right}' (KBBI)",
            f"hardly anybody writes '{low}'; the standard form is '{right}' (KBBI)",
        )
    return Bilingual(
        f"'{low}' tidak baku; bentuk bakunya '{right}' (KBBI)",
        f"'{low}' is non-standard for '{right}' (KBBI)",
    )
