"""The speller: which tokens are doubtful, and what becomes of them where they stand.

Two questions, asked separately because they cost so differently:

`judge(token)`     can anything be wrong with this token, wherever it stands? Asked once a token type
                   and remembered. Nearly always the answer is no.
`settle(...)`      what is it here, given its neighbours? Asked for the few doubtful tokens of a text.

Unknown is not wrong. Names, new words, foreign words and dialect fill every article, so a word is
changed only if something else explains it far better than that it is right: see `unknown`.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from cleaner.document import Document
from cleaner.edits import Candidate, Edit
from cleaner.spelling import casing, reasons
from cleaner.spelling.compounds import shaped
from cleaner.spelling.context import Context, context_at
from cleaner.spelling.decision import confidence
from cleaner.spelling.doubts import weigh
from cleaner.spelling.function_words import FUNCTION_WORDS
from cleaner.spelling.guards import beside_english, ceiling
from cleaner.spelling.hyphens import is_bound
from cleaner.spelling.knowledge import Knowledge
from cleaner.spelling.labels import REFERENCE, has_label_before, label_behind
from cleaner.spelling.lexicon import INDONESIAN, Flag
from cleaner.spelling.listed import settle_pair
from cleaner.spelling.names import odd_one_out
from cleaner.spelling.neighbours import Neighbours
from cleaner.spelling.run_on import beside_number, join
from cleaner.spelling.suspicions import YOU, Suspicion, Suspicions
from cleaner.spelling.tokens import core
from cleaner.spelling.torn import torn
from cleaner.spelling.unknown import Doubt

_REMEMBER_FINE = 400_000
"""Token types judged fine that are kept at most; then that memory starts anew. About 60 MB."""
_REMEMBER_DOUBTFUL = 30_000
"""Doubtful ones, which take 2 KB each with their candidates. Two such generations are kept, about 120 MB at
most: what was not met again while the younger one filled is forgotten, and frequent words stay."""
_LEAST = 0.1
"""Confidence below which a correction is not even suggested."""
_FOREIGN = int(Flag.FOREIGN)
_COMMON_WORD = int(INDONESIAN | Flag.FOREIGN)
_ALWAYS_CAPITAL, _NAME_ONLY = 0.985, 0.95
"""Share of capitals from which on a small letter is a slip: of a name that is a word too; of any other."""
_MOSTLY_CAPITAL = 0.6


class Judged(NamedTuple):
    """What may be wrong with a token, whose word begins ``start`` code points inside."""

    start: int
    suspicions: tuple[Suspicion, ...]


_NOTHING = Judged(0, ())


class Speller:
    """Judges tokens and settles suspicions with the shipped dictionary.

    Opens its data at the first use. Raises DictionaryError then if a file is missing.
    """

    def __init__(self, ignore_words: tuple[str, ...] = (), knowledge: Knowledge | None = None) -> None:
        self.knowledge: Knowledge = knowledge or Knowledge()
        self.fine: set[str] = set()
        """White-space tokens with nothing to ask about, wherever they stand."""
        self._doubtful: dict[str, Judged] = {}
        self._older: dict[str, Judged] = {}
        self.suspicions: Suspicions = Suspicions(
            self.knowledge, frozenset(word.lower() for word in ignore_words)
        )

    @cached_property
    def neighbours(self) -> Neighbours:
        """Slips between two words."""
        return Neighbours(self.knowledge.lexicon, self.knowledge.model)

    def judge(self, token: str) -> Judged:
        """What may be wrong with a white-space token, wherever it stands; remembered."""
        found = self._doubtful.get(token)
        if found is None:
            found = self._older.get(token) or self._judge(token)
            if found.suspicions:
                if len(self._doubtful) >= _REMEMBER_DOUBTFUL:
                    self._older, self._doubtful = self._doubtful, {}
                self._doubtful[token] = found
            else:
                if len(self.fine) >= _REMEMBER_FINE:
                    self.fine.clear()
                self.fine.add(token)
        return found

    def _judge(self, token: str) -> Judged:
        inside = core(token)
        if inside is None:
            return self._judge_number(token)
        if inside.text == token:
            return Judged(0, tuple(self.suspicions.of(token)))
        # Most words stand beside several marks, and are judged once: "pasar", "pasar,", "(pasar)".
        if inside.text in self.fine:
            return _NOTHING
        return Judged(inside.start, self.judge(inside.text).suspicions)

    def _judge_number(self, token: str) -> Judged:
        found = beside_number(token, self.knowledge)
        if found is None:
            return _NOTHING
        start, end = found
        return Judged(start, (Suspicion(token[start:end], "number"),))

    def settle(self, suspicion: Suspicion, text: str, at: int, document: Document) -> Edit | None:
        """The edit for a suspicious word at ``at`` (code points) of ``text``, or None if it is fine."""
        start, end = at, at + len(suspicion.word)
        kind = suspicion.kind
        if kind == "hyphen":
            return Edit(start, end, suspicion.after, "typo.split", reasons.BOUND_CAPITAL, suspicion.sure)
        if kind == "number":
            if suspicion.word == "ke":  # Presiden ke6
                return Edit(end, end, "-", "typo.split", reasons.ORDINAL, 0.9)
            return Edit(end, end, " ", "typo.glue", reasons.NUMBER, 0.9)
        if kind == "hyphenated":
            after = casing.give_shape(suspicion.after, casing.shape(suspicion.word))
            reason = reasons.BOUND_FORM if is_bound(suspicion.word.lower()) else reasons.NO_HYPHEN
            return Edit(start, end, after, "typo.split", reason, suspicion.sure)
        if kind == "run-on":
            rule, reason = "typo.glue", reasons.glued(suspicion.word)
            if " " not in suspicion.after:  # Undang-Undang
                rule, reason = "typo.split", reasons.HYPHEN
            return Edit(start, end, suspicion.after, rule, reason, suspicion.sure)
        if kind == "name":
            return odd_one_out(document, start, end)
        if kind == "torn":
            return self._settle_torn(text, start, end)
        if kind == "casing":
            if suspicion.word != YOU and beside_english(context_at(text, start, end), self.knowledge):
                return None
            return self._settle_casing(suspicion, start, end)
        if kind == "shift":
            return Edit(start, end, suspicion.after, "typo.nonword", reasons.SHIFT, suspicion.sure)
        if kind == "border":
            if "-" in suspicion.after:
                return Edit(start, end, suspicion.after, "typo.split", reasons.HYPHEN, 0.93)
            apart = self.knowledge.apart(suspicion.after)
            rule = "typo.nonword" if apart is suspicion.after else "typo.split"
            return Edit(start, end, apart, rule, reasons.BORDER, 0.93)
        if kind == "halves":
            return Edit(start, end, suspicion.after, "typo.nonword", reasons.HALVES, 0.9)
        if kind == "elongation":
            after = casing.give_shape(suspicion.after, casing.shape(suspicion.word))
            return Edit(start, end, after, "slang.elongation", reasons.ELONGATION, 0.9)
        if suspicion.pair is not None:
            context = context_at(text, start, end)
            return settle_pair(suspicion.word, suspicion.kind, suspicion.pair, context, self.knowledge)
        if suspicion.doubt is not None and not self._is_usual(suspicion.doubt, text, start, end):
            return self._settle_doubt(suspicion, suspicion.doubt, context_at(text, start, end), document)
        return None

    def _is_usual(self, doubt: Doubt, text: str, start: int, end: int) -> bool:
        """Does a listed word stand beside a word it is known to stand beside? Then it is right.

        A quick look before the whole context is worked out: nine in ten listed words end here.
        """
        if not doubt.listed:
            return False
        bigram = self.knowledge.model.bigram
        if text[start - 1 : start] == " ":
            before = text[text.rfind(" ", 0, start - 1) + 1 : start - 1]
            if before.isalpha() and bigram(before.lower(), doubt.low):
                return True
        if text[end : end + 1] == " ":
            stop = text.find(" ", end + 1)
            after = text[end + 1 : stop if stop >= 0 else len(text)]
            return after.isalpha() and bigram(doubt.low, after.lower()) > 0
        return False

    def _settle_torn(self, text: str, start: int, end: int) -> Edit | None:
        found = torn(text, start, end, self.knowledge)
        if found is None:
            return None
        low = found.whole.lower()
        apart = self.knowledge.apart(low)  # Ib ukota -> Ibu Kota, in one go
        after = found.whole if apart is low else shaped(found.whole, apart, context_at(text, start, end))
        return Edit(found.start, found.end, after, "typo.split", reasons.TORN, 0.95)

    def _settle_casing(self, suspicion: Suspicion, start: int, end: int) -> Edit:
        if suspicion.word == YOU:
            return Edit(start, end, suspicion.after, "typo.casing", reasons.YOU, 0.9)
        share = self.knowledge.lexicon.capital_share(suspicion.word)
        common = self.knowledge.lexicon.bits(suspicion.word) & _COMMON_WORD
        sure = 0.93 if share >= (_ALWAYS_CAPITAL if common else _NAME_ONLY) else 0.6
        return Edit(start, end, suspicion.after, "typo.casing", reasons.casing(suspicion.after, share), sure)

    def _settle_doubt(
        self, suspicion: Suspicion, doubt: Doubt, context: Context, document: Document
    ) -> Edit | None:
        if not doubt.listed and (whole := self._settle_torn(context.text, context.start, context.end)):
            return whole
        weighed = weigh(suspicion.word, doubt, context, document, self.knowledge)
        if weighed is None:
            return None
        others, seen = weighed
        sure = confidence(seen)
        if sure < _LEAST:
            return None
        best, shape = others[0], casing.shape(suspicion.word)
        label = label_behind(suspicion.word, best.after, context)
        if label:
            if best.after != REFERENCE and not has_label_before(label, context):
                return None
            apart = f"{suspicion.word[:-1]} {label}"
            return Edit(context.start, context.end, apart, "typo.glue", reasons.LABEL, 0.9)
        sure = ceiling(suspicion.word, best, sure, context, self.knowledge)
        if _lost_its_capital(
            suspicion.word, best.after, context, self.knowledge.lexicon.capital_share(best.after)
        ):
            shape = "initial"
        known = bool(seen.known)
        rule = "typo.glue" if best.kind == "glued" else "typo.realword" if known else "typo.nonword"
        reason = reasons.doubt(doubt.low, best, context, known, document.text)
        if self.knowledge.apart(best.after) is not best.after:
            rule = "typo.split"  # kedepanya -> kedepannya -> ke depannya, in one go
        after = self._cased(best.after, shape, context)
        if rule == "typo.glue" and "-" in after and " " not in after:
            rule, reason = "typo.split", reasons.HYPHEN
        return Edit(
            context.start,
            context.end,
            after,
            rule,
            reason,
            round(sure, 3),
            alternatives=tuple(
                Candidate(self._cased(other.after, shape, context), round(other.score, 2))
                for other in others[:5]
            ),
        )

    def _cased(self, term: str, shape: casing.Shape, context: Context) -> str:
        """The correction as it is to be written: names keep their own capitals, joined words come apart."""
        apart, lexicon = self.knowledge.apart, self.knowledge.lexicon
        if " " not in term:
            if term not in self.knowledge.joined:
                return casing.give_shape(self._name(term, context), shape)
            return shaped(casing.give_shape(term, shape), apart(term), context)
        lower = shape == "lower"
        words = [
            apart(word) if lower and lexicon.bits(word) & _FOREIGN else lexicon.cased(word) or apart(word)
            for word in term.split(" ")  # smart school, not smart School
        ]
        return casing.give_shape(join(words), shape)

    def _name(self, term: str, context: Context) -> str:
        """``term`` with the capitals of a name; serikat buruh, but Amerika Serikat."""
        lexicon = self.knowledge.lexicon
        beside = context.before[:1].isupper() or context.after[:1].isupper()
        if not beside and term in lexicon and lexicon.capital_share(term) < _ALWAYS_CAPITAL:
            return term
        return lexicon.cased(term) or term


def _lost_its_capital(word: str, meant: str, context: Context, share: float) -> bool:
    """Was the first letter, which is wrong, a capital? "... selesai. enanggapi hal", "Dinas esehatan Melati".

    A capital in front is enough for a word that mostly has one (``share``, 0..1): "Lampung arat, kata".

    The first words of lines do not count: items of a list, and texts that were cut out of longer ones,
    may begin with small letters.
    """
    if not word.islower() or word[0] == meant[0]:
        return False
    if context.start == 0 or context.text[context.start - 1] == "\n":
        return context.start == 0 and context.after[:1].isupper()
    if context.starts_sentence or meant in FUNCTION_WORDS:
        return context.starts_sentence
    return context.before[:1].isupper() and (context.after[:1].isupper() or share >= _MOSTLY_CAPITAL)
