"""Slips that take two words to see: words typed twice, split affixes, reduplication without its hyphen.

    dan dan            -> dan                 a word typed twice
    sehari hari        -> sehari-hari         reduplication is hyphenated (EYD V)
    di lakukan         -> dilakukan           di- is a prefix before a verb, a word before a place
    dampak nya         -> dampaknya           so is -nya a suffix
    non akademik       -> nonakademik         and non-, antar-, pasca- are prefixes, always
    se Lampung         -> se-Lampung          with a hyphen before a capital

All of it is decided by what the dictionary and the corpus hold: "di lakukan" is wrong because
"dilakukan" is frequent and "di lakukan" is not, and "di jalan" is right because it is the other way
round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from cleaner.document import Document
from cleaner.edits import Bilingual, Edit
from cleaner.spelling.function_words import FUNCTION_WORDS
from cleaner.spelling.language_model import NUMBER, LanguageModel, context
from cleaner.spelling.lexicon import Flag, Lexicon
from cleaner.spelling.morphology import BOUND, CLITICS, is_valid_form
from cleaner.spelling.reasons import BOUND_CAPITAL, BOUND_FORM, HYPHEN
from cleaner.spelling.split_affixes import Affix, read_affixes, stays_apart

_CLOSING = ".,;:!?\"'”’)"

TWICE_NEVER = FUNCTION_WORDS | {"persen", "rupiah", "tahun"}
"""Words that are never written twice on purpose. Others may be: "ya ya", "sama sama", "satu satu"."""

_VERBS = ("ber", "di", "me", "ter")
"""How verbs begin; these have no plural that a hyphen would make: "menjual menjual"."""
_FREQUENT = 500
_NO_PLURAL = -4.5
"""`Neighbours._gain` below which a word was typed twice: "catatan waktu waktu". A lost hyphen is far more
frequent than that, so the model has to speak against it. Of 60 places in raw articles 11 lie below, 9 of them
words typed twice."""
_EITHER = -3.2
"""Below this it may be either: "bahwa agenda agenda kunjungan"."""

_PLACED = tuple(f" {verb} " for verb in ("berada", "bertempat", "berlokasi", "terletak", "tinggal", "ada"))
"""What "di" stands behind as a preposition, whatever follows: "berada di patok 50"."""

_TWICE = Bilingual("kata yang sama tertulis dua kali", "the same word is written twice")
_PASSIVE = Bilingual(
    "di- adalah awalan di depan kata kerja, jadi ditulis serangkai (EYD V)",
    "di- is a prefix before a verb and is joined to it (EYD V)",
)
_CLITIC = Bilingual(
    "akhiran dan klitik ditulis serangkai (EYD V)", "suffixes and clitics are joined to their word (EYD V)"
)


def _repeats(words: list[str]) -> set[tuple[str, str]]:
    """Pairs of words of which the second repeats the (end of the) first, perhaps with a mark behind it.

    Most texts have none, and two letters tell it of most pairs.
    """
    return {
        (first, second)
        for first, second in pairwise(words)
        if (
            (first[-1] == second[-1] and first.endswith(second))
            or (first[0] == second[0] and second.startswith(first))
        )
        and first[-1].isalpha()
        and second.rstrip(_CLOSING).isalpha()
    }


def _followers(words: list[str], word: str) -> set[str]:
    """All that stands behind ``word``."""
    found = set()
    at = -1
    for _ in range(words.count(word)):
        at = words.index(word, at + 1)
        found.update(words[at + 1 : at + 2])
    return found


class Neighbours:
    """Finds slips between two words. Remembers what may follow "di", so that most texts cost little."""

    def __init__(self, lexicon: Lexicon, model: LanguageModel) -> None:
        self._lexicon = lexicon
        self._model = model
        self._after_di: dict[str, float] = {}
        self._prefixes, self._suffixes = read_affixes()
        # "di" and "ke" are words as well; "di" has a method of its own, "ke" is left alone.
        self._tokens = {
            token: affix
            for table in (self._prefixes, self._suffixes)
            for affix in table.values()
            for token in (affix.text, affix.text.capitalize())
            if affix.text not in ("di", "ke")
        }
        self._affix_tokens = frozenset(self._tokens)

    def propose(self, document: Document) -> Iterator[Edit]:
        """Edits on ``document.text``, in any order."""
        text, words, tokens = document.text, document.words, document.tokens
        for first, second in _repeats(words):
            yield from self._repeated(text, first, second)
        for di in ("di", "Di"):
            if di in tokens:
                yield from self._split_passive(text, words, di)
        for token in self._affix_tokens & tokens:
            affix = self._tokens[token]
            if affix.text in self._prefixes:
                yield from self._split_prefix(text, affix)
            else:
                yield from self._split_suffix(text, affix)
        if "nya" not in tokens and " nya" in text:  # "dampak nya."
            yield from self._split_suffix(text, self._suffixes["nya"])

    def _repeated(self, text: str, first: str, following: str) -> Iterator[Edit]:
        """Words typed twice, and reduplication that lacks its hyphen."""
        second = following.rstrip(_CLOSING)
        # The first word may carry an opening mark: '"baru baru'.
        word = first.lstrip("\"'“‘(")
        if not (word.isascii() and word.isalpha() and second.isascii()):
            return
        if not word.endswith(second):
            yield from self._plural_with_clitic(text, first, word, second)
            return
        low, same = word.lower(), word == second
        never = same and low in TWICE_NEVER
        listed = second.islower() and len(second) > 2 and self._is_listed(f"{low}-{second}")
        if not never and not listed and not (same and second.islower() and len(second) > 3):
            return
        for match in re.finditer(rf"(?<!\S){re.escape(first)}(?=( +){re.escape(following)}(?!\S))", text):
            start, end = match.end() - len(word), match.end(1) + len(second)
            twice = 0.97 if never else self._is_twice(text, start, end, low, listed) if same else 0.0
            if twice:
                yield Edit(start, end, second, "typo.repeat", _TWICE, twice)
            else:
                sure = 0.93 if not same or self._gain(text, start, end, low) > _EITHER else 0.75
                yield Edit(start, end, f"{word}-{second}", "typo.split", HYPHEN, sure)

    def _plural_with_clitic(self, text: str, first: str, word: str, second: str) -> Iterator[Edit]:
        """Gagasan gagasannya -> gagasan-gagasannya."""
        low = word.lower()
        if second.removeprefix(low) not in CLITICS or not self._is_listed(f"{low}-{low}"):
            return
        for match in re.finditer(rf"(?<!\S){re.escape(first)} {re.escape(second)}(?![\w-])", text):
            start = match.end() - len(word) - 1 - len(second)
            yield Edit(start, match.end(), f"{word}-{second}", "typo.split", HYPHEN, 0.93)

    def _is_twice(self, text: str, start: int, end: int, low: str, listed: bool) -> float:
        """How sure it is that ``text[start:end]`` is one word typed twice, 0..1; 0 if it is reduplication."""
        lexicon = self._lexicon
        if not listed:
            # What is frequent and yet never reduplicated is no plural either: "miliar miliar".
            never = lexicon.count(low) >= _FREQUENT and not lexicon.count(f"{low}-{low}")
            return 0.85 if never or low.startswith(_VERBS) else 0.5
        gain = self._gain(text, start, end, low)
        plural = lexicon.flags(low) & Flag.BASE and context(text, start, end)[0][-1] == NUMBER
        return 0.8 if gain < (0 if plural else _NO_PLURAL) else 0.0  # "24 partai partai": a number says it

    def _gain(self, text: str, start: int, end: int, low: str) -> float:
        """log10 of how much likelier the reduplication of ``low`` is here than ``low`` by itself."""
        window = self._model.window(*context(text, start, end))
        return window.score([f"{low}-{low}"]) - window.score([low])

    def _is_listed(self, joined: str) -> bool:
        return self._lexicon.count(joined) >= 3 and joined in self._lexicon

    def _split_passive(self, text: str, words: list[str], di: str) -> Iterator[Edit]:
        """Di lakukan -> dilakukan, where the joined form is the usual one by far."""
        sure = self._after_di
        for follower in _followers(words, di):
            verb = follower.rstrip(_CLOSING)
            if verb not in sure:
                sure[verb] = self._is_passive(verb)
            if sure[verb]:
                for match in re.finditer(rf"(?<![\w-]){di} ({re.escape(verb)})(?! ?kan\b)(?![\w-])", text):
                    if text.endswith(_PLACED, 0, match.start()):
                        continue
                    after = di + verb
                    yield Edit(match.start(), match.end(), after, "typo.split", _PASSIVE, sure[verb])

    def _is_passive(self, verb: str) -> float:
        """How sure it is that "di" before ``verb`` is the prefix, 0..1."""
        if len(verb) < 3 or not (verb.isascii() and verb.replace("-", "").isalpha() and verb.islower()):
            return 0.0
        lexicon, passive = self._lexicon, f"di{verb}"
        if verb.endswith(("inya", "kannya")):
            return min(0.9, self._is_passive(verb[:-3]))  # di tinggalinya
        if "-" in verb:  # di bayang-bayangi, but "di hari-hari biasa"
            return 0.9 if verb.endswith(("kan", "i")) and lexicon.count(passive) >= 3 else 0.0
        joined, apart = lexicon.count(passive), self._model.bigram("di", verb)
        if lexicon.flags(passive) & Flag.NONSTANDARD or (lexicon.is_name(verb) and not joined):
            return 0.0
        if passive not in lexicon and (apart or not is_valid_form(passive, lexicon)):
            return 0.0
        if joined >= 20 and apart <= 0.05 * joined:
            return 0.95
        if apart:
            return 0.0
        if verb in lexicon and verb.endswith(("kan", "i")):
            return 0.9 if joined else 0.7
        return 0.75 if joined >= 3 else 0.0

    def _split_suffix(self, text: str, affix: Affix) -> Iterator[Edit]:
        """Dampak nya -> dampaknya."""
        # Not before the word in front of the first one: the pattern would be tried at each letter there.
        start = text.rfind(" ", 0, max(0, text.find(f" {affix.text}"))) + 1
        for match in re.compile(affix.pattern).finditer(text, start):
            low = match[1].lower()
            if low in affix.alone:
                continue
            known = is_valid_form(low, self._lexicon) or affix.text == "nya"
            if not known or (affix.text != "nya" and low + affix.text not in self._lexicon):
                continue
            hyphen = "" if match[1][1:].islower() else "-"  # KTP-nya, WhatsApp-nya (EYD V, hyphen)
            after = match[1] + hyphen + match[2]
            yield Edit(match.start(), match.end(), after, "typo.split", _CLITIC, 0.93)

    def _split_prefix(self, text: str, affix: Affix) -> Iterator[Edit]:
        """Non akademik -> nonakademik, mem bantu -> membantu; se Lampung -> se-Lampung."""
        lexicon = self._lexicon
        for match in re.finditer(affix.pattern, text):
            prefix, word = match[1], match[2]
            if text.endswith(affix.behind, 0, match.start()):
                continue
            span = match.start(), match.end()
            if not word.islower():
                if affix.text in ("se", "non") and prefix.islower() and word.lower() not in affix.alone:
                    yield Edit(*span, f"{prefix}-{word}", "typo.split", BOUND_CAPITAL, 0.88)
                continue
            joined = affix.text + word
            count = lexicon.count(joined)
            if stays_apart(word, affix) or affix.grade == "context":
                continue
            if affix.text in BOUND:
                if word not in lexicon:
                    continue
                sure = 0.9 if count >= 3 or affix.text in ("non", "pasca") else 0.78
                if affix.text == "antar" and count < 3:
                    sure = 0.65
            elif prefix.islower() and joined in lexicon and count > 20 * self._model.bigram(affix.text, word):
                sure = 0.9 if count >= 20 else 0.7
            else:
                continue
            yield Edit(*span, prefix + word, "typo.split", BOUND_FORM, sure)
