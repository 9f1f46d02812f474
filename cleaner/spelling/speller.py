"""The speller: which tokens are doubtful, and what becomes of them where they stand.

Two questions, asked separately because they cost so differently:

`judge(token)`     can anything be wrong with this token, wherever it stands? Asked once a token type
                   and remembered. Nearly always the answer is no.
`settle(...)`      what is it here, given its neighbours? Asked for the few doubtful tokens of a text.

Unknown is not wrong. Names, new words, foreign words and dialect fill every article, so a word is
changed only if something else explains it far better than that it is right: see `unknown`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from cleaner.document import Document
from cleaner.edits import Candidate, Edit
from cleaner.spelling import casing, reasons
from cleaner.spelling.candidates import CandidateIndex
from cleaner.spelling.char_model import log_probability
from cleaner.spelling.colloquial import is_colloquial
from cleaner.spelling.context import Context, context_at
from cleaner.spelling.data import data_file, open_table
from cleaner.spelling.decision import Evidence, confidence, features
from cleaner.spelling.language_model import LanguageModel
from cleaner.spelling.lexicon import Flag, Lexicon
from cleaner.spelling.morphology import BOUND, CLITICS, is_valid_form
from cleaner.spelling.names import odd_one_out
from cleaner.spelling.neighbours import Neighbours
from cleaner.spelling.pairs import Pair, read_pairs
from cleaner.spelling.tokens import core
from cleaner.spelling.unknown import Correction, Doubt, Reading, corrections, rank, splits

_REMEMBER = 400_000
"""Judged token types kept at most; then the memory starts anew. About 60 MB."""
_FREQUENT = 300
"""A listed word that the corpus has more often is never taken for a slip of another one."""
_RARER = 20
"""... nor one that is not this much rarer than the other."""
_PART = 40
"""Least corpus count of a part of a glued word."""
_LEAST = 0.1
"""Confidence below which a correction is not even suggested."""
_BOUND = tuple(bound for bound in BOUND if len(bound) > 3)
_BOUND_CAPITAL = re.compile(r"([Nn]on|[Aa]nti|[Pp]asca|[Aa]ntar)([A-Z]\w+)")
_COMMON = 500
"""Corpus count from which on a word is common."""
_USUAL = 20
"""Corpus count from which on a pair of words is usual."""
_WELL_KNOWN = 100
"""Least corpus count of a name whose capital is restored."""
_ALWAYS_CAPITAL = 0.985
_MARKS = frozenset(("<s>", "</s>", "<p>", "<num>"))


@dataclass(slots=True)
class Suspicion:
    """A word that may be wrong: ``token[start:end]``, and what to ask about it."""

    start: int
    end: int
    word: str
    kind: str
    """joined, nonstandard, casing, name, doubt, run-on, hyphen."""
    pair: Pair | None = None
    doubt: Doubt | None = None
    after: str = ""
    sure: float = 0.0


class Speller:
    """Judges tokens and settles suspicions with the shipped dictionary.

    Opens its data at the first use. Raises DictionaryError then if a file is missing.
    """

    def __init__(self, ignore_words: tuple[str, ...] = ()) -> None:
        self.ignore = frozenset(word.lower() for word in ignore_words)
        self.fine: set[str] = set()
        self.doubtful: dict[str, tuple[Suspicion, ...]] = {}

    @cached_property
    def lexicon(self) -> Lexicon:
        """Words, counts, casing."""
        return Lexicon.open()

    @cached_property
    def model(self) -> LanguageModel:
        """N-grams."""
        return LanguageModel.open()

    @cached_property
    def index(self) -> CandidateIndex:
        """Words near a misspelt one."""
        return CandidateIndex.open()

    @cached_property
    def neighbours(self) -> Neighbours:
        """Slips between two words."""
        return Neighbours(self.lexicon, self.model)

    @cached_property
    def joined(self) -> dict[str, Pair]:
        """Dimana -> di mana."""
        return read_pairs("joined.tsv")

    @cached_property
    def nonstandard(self) -> dict[str, Pair]:
        """Resiko -> risiko."""
        return read_pairs("nonstandard.tsv")

    @cached_property
    def letters(self) -> tuple[memoryview, ...]:
        """Character models of Indonesian words, names and English words."""
        table = open_table(data_file("letters.bin"))
        return table["words"], table["names"], table["english"]

    def known(self, low: str) -> bool:
        """Is ``low`` (lower case) an Indonesian word, listed or rightly derived?"""
        if len(low) < 3 or is_valid_form(low, self.lexicon):
            return True
        # pascapemindahan, antarpemain: a bound form and any known word.
        return any(low.startswith(bound) and self.known(low[len(bound) :]) for bound in _BOUND)

    def judge(self, token: str) -> tuple[Suspicion, ...]:
        """What may be wrong with a white-space token, wherever it stands; remembered."""
        found = self.doubtful.get(token)
        if found is None:
            found = self._judge(token)
            if len(self.fine) + len(self.doubtful) > _REMEMBER:
                self.fine.clear()
                self.doubtful.clear()
            if found:
                self.doubtful[token] = found
            else:
                self.fine.add(token)
        return found

    def _judge(self, token: str) -> tuple[Suspicion, ...]:
        inside = core(token)
        if inside is None:
            return ()
        word, low = inside.text, inside.text.lower()
        shape = casing.shape(word)
        if shape == "upper" or low in self.ignore or len(word) < 2:
            return ()
        found = []

        def suspect(
            kind: str,
            pair: Pair | None = None,
            doubt: Doubt | None = None,
            after: str = "",
            sure: float = 0.0,
        ) -> None:
            found.append(Suspicion(inside.start, inside.end, word, kind, pair, doubt, after, sure))

        if "-" in word and shape != "lower":
            return ()  # Rusia-Ukraina, Peraturan-peraturan: parts of names, or reduplication
        if shape == "mixed":
            bound = _BOUND_CAPITAL.fullmatch(word)
            after, sure = (f"{bound[1]}-{bound[2]}", 0.9) if bound else self._run_on(word)
            if after:
                suspect("hyphen" if bound else "run-on", after=after, sure=sure)
            return tuple(found)
        joined = self._table(low, self.joined)
        if joined is not None:
            suspect("joined", joined)
            return tuple(found)
        if shape == "lower":
            cased = self._always_cased(low)
            if cased is not None:
                suspect("casing", after=cased)
        nonstandard = self._table(low, self.nonstandard)
        if nonstandard is not None:
            suspect("nonstandard", nonstandard)
        elif "-" not in word:
            if shape == "initial" and low not in self.lexicon:
                suspect("name")
            doubt = self._doubt(low, shape)
            if doubt is not None:
                suspect("doubt", doubt=doubt)
        return tuple(found)

    def _always_cased(self, low: str) -> str | None:
        """The form with capitals of a well-known name that is hardly ever written without.

        Not of acronyms: "dna" for DNA is a matter of house style, and as often a slip for "dan".
        """
        lexicon = self.lexicon
        if len(low) < 3 or lexicon.flags(low) & Flag.ACRONYM or lexicon.count(low) < _WELL_KNOWN:
            return None
        cased = lexicon.cased(low)
        return cased if cased != low else None

    def _table(self, low: str, table: dict[str, Pair]) -> Pair | None:
        """The entry for ``low`` or for what is left of it without a clitic: orangtuanya."""
        pair = table.get(low)
        if pair is None:
            for clitic in CLITICS:
                if low.endswith(clitic) and (stem := table.get(low[: -len(clitic)])):
                    return Pair(stem.right + clitic, stem.grade)
        return pair

    def _doubt(self, low: str, shape: casing.Shape) -> Doubt | None:
        """What else a word may be, or None if there is nothing to doubt."""
        lexicon = self.lexicon
        flags = lexicon.flags(low)
        listed = bool(flags & (Flag.BASE | Flag.DERIVED | Flag.FOREIGN | Flag.NAME))
        known = self.known(low)
        if not known and is_colloquial(low, lexicon):
            return None
        count = lexicon.count(low)
        if known or listed:
            if count > _FREQUENT or len(low) < 4 or (shape == "initial" and flags & Flag.NAME):
                return None
            near = corrections(
                low, (t for t, d in self.index.lookup(low, 1) if d), lexicon.count, _RARER * (count + 1)
            )
            return Doubt(low, True, self._letters(low), near, ()) if near else None
        near = self._standard(corrections(low, self._near(low, shape), lexicon.count))
        parts = splits(low, lexicon.count, self._is_part)
        if not near and not parts:
            return None
        return Doubt(low, False, self._letters(low), near, parts)

    def _standard(self, found: tuple[Correction, ...]) -> tuple[Correction, ...]:
        """Candidates that are non-standard give way to their standard form: mempraktekkan."""
        standard: dict[str, Correction] = {}
        for term, channel, kind, count in found:
            right = self.nonstandard[term].right if term in self.nonstandard else term
            if right not in standard or standard[right][1] < channel:
                standard[right] = (right, channel, kind, max(count, self.lexicon.count(right)))
        return tuple(standard.values())

    def _near(self, low: str, shape: casing.Shape) -> list[str]:
        """Candidates: listed words, and listed words with a clitic: diksusinya -> diskusinya.

        Not what only lacks a foreign plural's s (Geoparks), nor for a capitalised word what only has a
        hyphen more (the family name Butarbutar).
        """
        found = {term for term, _ in self.index.lookup(low)}
        if low.endswith("s"):
            found.discard(low[:-1])
        if shape == "initial":
            found = {term for term in found if "-" not in term}
        for clitic in CLITICS:
            if low.endswith(clitic) and len(low) > len(clitic) + 4:
                found |= {
                    term + clitic
                    for term, distance in self.index.lookup(low[: -len(clitic)], 1)
                    if distance == 1 and term in self.lexicon
                }
        return list(found)

    def _count(self, term: str) -> int:
        """Corpus count of a candidate; a clitic form no list has gets a share of its stem's."""
        count = self.lexicon.count(term)
        if not count and term.endswith("nya"):
            count = self.lexicon.count(term[:-3]) // 50
        return count

    def _letters(self, low: str) -> float:
        return log_probability(low, self.letters)

    def _is_part(self, word: str) -> bool:
        """May it be one of the words that were glued? The shorter and stranger, the more frequent."""
        lexicon = self.lexicon
        count = lexicon.count(word)
        if word in lexicon:
            return count >= (_PART if len(word) < 7 else _PART // 4)
        return count >= (_PART if len(word) < 6 else _PART // 8) and (
            lexicon.is_name(word) or lexicon.is_foreign(word)
        )

    def _run_on(self, word: str) -> tuple[str, float]:
        """A word with capitals inside taken apart, and how sure that is; "" if it is a name or unclear.

        dariReuters -> dari Reuters, laporanCNNsebelumnya -> laporan CNN sebelumnya. GoPay, YouTube and
        other names stay: the corpus has them as one word more often than as two.
        """
        parts: list[str] = []
        sure = 0.95
        humps = casing.humps(word)
        for hump in humps:
            found = self._piece(hump, first=not parts)
            if not found:
                # vaksinMeasles: a strange word behind a common one in lower case is still a word.
                common = parts and parts[-1].islower() and self.lexicon.count(parts[-1]) >= _COMMON
                if not common or hump is not humps[-1] or len(hump) < 4 or not hump[1:].islower():
                    return "", 0.0
                found, sure = [hump], 0.88
            parts += found
        if len(parts) < 2:
            return "", 0.0
        pairs = list(pairwise(part.lower() for part in parts))
        apart = min(self.model.bigram(one, two) for one, two in pairs)
        together = self.lexicon.count(word.lower())
        if together and apart < max(3, together / 3):
            return "", 0.0
        if parts[0].istitle() and parts[1][0].isupper() and apart < _USUAL:
            low = parts[1].lower()
            if low in self.lexicon or not self.lexicon.is_name(low):
                sure = min(sure, 0.7)  # KlikDokter, KompasTV: as likely a trade name
        return " ".join(parts), sure

    def _piece(self, piece: str, first: bool) -> list[str]:
        """One hump as the words in it: [dari], [CNN, sebelumnya], [Trump, menyatakan]; [] if unclear."""
        lexicon, low = self.lexicon, piece.lower()
        capitals = len(piece) - len(piece.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        if capitals == len(piece):
            return [piece] if capitals > 1 and lexicon.count(low) >= _PART else []
        if capitals > 1:
            acronym, rest = piece[:capitals], piece[capitals:]
            if lexicon.count(acronym.lower()) >= _PART and self._is_part(rest):
                return [acronym, rest]
            acronym, rest = piece[: capitals - 1], piece[capitals - 1 :]
            whole = self._piece(rest, first=False)
            return [acronym, *whole] if whole and lexicon.count(acronym.lower()) >= _PART else []
        if self._stands_alone(low, first):
            return [piece]
        if capitals:
            for parts, _ in splits(low, lexicon.count, self._is_part):
                return [piece[0] + parts[0][1:], *parts[1:]]
        return []

    def _stands_alone(self, part: str, first: bool) -> bool:
        if len(part) <= 3:
            return first and part in ("di", "ke", "dan", "ini", "itu")
        return self._is_part(part)

    def settle(self, suspicion: Suspicion, text: str, at: int, document: Document) -> Edit | None:
        """The edit for a suspicious word at ``at`` (code points) of ``text``, or None if it is fine."""
        start, end = at, at + len(suspicion.word)
        kind = suspicion.kind
        if kind in ("run-on", "hyphen"):
            rule, reason = (
                ("typo.glue", reasons.glued(suspicion.word))
                if kind == "run-on"
                else ("typo.split", reasons.BOUND_CAPITAL)
            )
            return Edit(start, end, suspicion.after, rule, reason, suspicion.sure)
        if kind == "name":
            listed = self.lexicon.is_name(suspicion.word.lower())
            return odd_one_out(document, suspicion.word, start, listed)
        if kind == "casing":
            return self._settle_casing(suspicion, context_at(text, start, end))
        if suspicion.pair is not None:
            return self._settle_pair(suspicion, suspicion.pair, context_at(text, start, end))
        if suspicion.doubt is not None:
            return self._settle_doubt(suspicion, suspicion.doubt, context_at(text, start, end), document)
        return None

    def _settle_casing(self, suspicion: Suspicion, context: Context) -> Edit | None:
        low = suspicion.word
        share = self.lexicon.capital_share(low)
        sure = 0.93 if share >= _ALWAYS_CAPITAL else 0.6
        reason = reasons.casing(suspicion.after, share)
        return Edit(context.start, context.end, suspicion.after, "typo.casing", reason, sure)

    def _settle_pair(self, suspicion: Suspicion, pair: Pair, context: Context) -> Edit | None:
        shape = casing.shape(suspicion.word)
        if shape == "initial" and not context.starts_sentence and suspicion.kind == "nonstandard":
            sure = 0.5  # Praktek may be part of a name
        else:
            sure = {"always": 0.97, "context": 0.8, "suggest": 0.5}[pair.grade]
        if pair.grade == "context":
            low = suspicion.word.lower()
            gain = self.model.score(context.left, pair.right.split(), context.right) - self.model.score(
                context.left, [low], context.right
            )
            sure = 0.9 if gain > 0 else 0.5
        rule = "typo.split" if suspicion.kind == "joined" else "typo.nonstandard"
        after = casing.give_shape(pair.right, shape, title=not context.starts_sentence)
        reason = reasons.table(rule, suspicion.word.lower(), pair.right)
        return Edit(context.start, context.end, after, rule, reason, sure)

    def weigh(
        self, word: str, doubt: Doubt, context: Context, document: Document
    ) -> tuple[list[Reading], dict[str, float]] | None:
        """The readings of a doubtful word other than that it is right, best first, and the evidence.

        None if the best is far from likely. The training of the decision starts from here as well.
        """
        model, lexicon, low = self.model, self.lexicon, doubt.low
        if doubt.listed:
            # A pair that the corpus knows needs no further look.
            before, after = context.left[-1], context.right[0]
            if (before not in _MARKS and model.bigram(before, low)) or (
                after not in _MARKS and model.bigram(low, after)
            ):
                return None
        readings = rank(doubt, context, model)
        right = next(reading for reading in readings if reading.kind == "right")
        others = [reading for reading in readings if reading.kind != "right"]
        best = others[0]
        if best.score - right.score < -4:
            return None
        shape = casing.shape(word)
        flags = lexicon.flags(low)
        known = doubt.listed and not flags & (Flag.FOREIGN | Flag.NAME)
        evidence = Evidence(
            # A capital says "name" only where the word is not a common one: Menteri Luar Ngeri.
            capital=shape == "initial" and not context.starts_sentence and not known,
            opening=shape == "initial" and context.starts_sentence,
            foreign=bool(flags & Flag.FOREIGN),
            name=bool(flags & Flag.NAME),
            known=known,
            derived=known and not flags,
            repeats=document.text.count(word),
            seen=lexicon.count(low),
            letters=doubt.letters,
            strange=self._strange(context.before) + self._strange(context.after),
        )
        return others, features(best, others[1] if len(others) > 1 else right, right, evidence)

    def _settle_doubt(
        self, suspicion: Suspicion, doubt: Doubt, context: Context, document: Document
    ) -> Edit | None:
        weighed = self.weigh(suspicion.word, doubt, context, document)
        if weighed is None:
            return None
        others, evidence = weighed
        sure = confidence(evidence)
        if sure < _LEAST:
            return None
        best, shape = others[0], casing.shape(suspicion.word)
        known = bool(evidence["known"])
        rule = "typo.glue" if best.kind == "glued" else "typo.realword" if known else "typo.nonword"
        return Edit(
            context.start,
            context.end,
            self._cased(best.after, shape),
            rule,
            reasons.doubt(doubt.low, best, context, known),
            round(sure, 3),
            alternatives=tuple(
                Candidate(self._cased(other.after, shape), round(other.score, 2)) for other in others[:5]
            ),
        )

    def _cased(self, term: str, shape: casing.Shape) -> str:
        """The correction as it is to be written: names keep their own capitals."""
        words = [self.lexicon.cased(word) or word for word in term.split(" ")]
        return casing.give_shape(" ".join(words), shape)

    def _strange(self, word: str) -> int:
        """Is a neighbouring word no Indonesian one?"""
        low = word.lower()
        return int(len(low) > 3 and word.islower() and not self.known(low))
