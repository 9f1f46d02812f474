"""Protected spans: what no typo rule may touch, because it is no word.

Addresses, files, code, numbers with their units, dates and amounts, and whatever the user names. The
engine asks only for lines in which something is about to change, so this module is written to be read:
one pattern a kind, in order of precedence.

Every pattern takes time linear in the text: each can start only where its predecessor character cannot
belong to it, so no stretch of text is read again and again.

Start reading at `protected_spans`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from cleaner.errors import ConfigError

if TYPE_CHECKING:
    from regex import Pattern  # type: ignore[import-untyped]

TIMEOUT = 2.0
"""Seconds that a pattern of the user's own may spend on one text."""

_NOT_SPACE = r"[^\s<>\"“”‘’`|]"
# One capitalised word behind a stop at the end is a sentence that lost its space, not a part of the
# address: "https://situs.id/berita.Menurut dia".
_SENTENCE = re.compile(
    r"[.,;:!?)](?=[“\"(]|(?!(?:Com?|Id|Html?|Php|Aspx?|Pdf|Jpe?g|Png)\b)[A-Z][a-z]+[.,;:!?)]*$)"
)
_GLUED_WORD = re.compile(r"[a-z]{2,}(?=[A-Z][A-Za-z]+\.)")

_TOP_LEVEL = (
    "com|net|org|co|id|tv|info|biz|gov|edu|io|ai|me|my|sg|uk|us|au|jp|kr|cn|de|fr|nl|eu|in|app|dev|xyz|online|"
    "site|store|blog|asia|news|ly|gl|gg|be"
)
_UNITS = (
    "%|‰|°[CF]?|persen|km/jam|km/h|m/s|mm|cm|dm|km|m|ha|mg|kg|gr|g|ml|l|L|kl|cc|"
    "kWh|Wh|kW|MW|GW|W|kV|V|mAh|Ah|A|Hz|kHz|MHz|GHz|kbps|Mbps|Gbps|KB|MB|GB|TB|MP|px|dpi|fps|"
    "ppm|hp|PS|Nm|rpm|bar|psi|dB"
)
_NUMBER = r"\d+(?:[.,]\d+)*"

_FILE_TYPES = (
    r"(?i:docx?|pdf|xlsx?|pptx?|csv|tsv|txt|rtf|jpe?g|png|gif|svg|webp|mp[34]|avi|mkv|wav|zip|rar|apk"
    r"|exe|html?|php|json|xml|ya?ml|toml)|js|ts|py|md|gz|iso|sql|css"
)
_DOMAIN_END = rf"\.(?:{_TOP_LEVEL}|[Cc][Oo][Mm]|C[Oo]|I[Dd]|NET|ORG|TV)(?![\w-]"


class _Kind:
    """A kind of protected span. `sign` is cheap to search for, and no match of `pattern` lacks it.

    A sign that begins with one set of characters lets the search skip all others; so it has no flags.
    Compiled at the first use: most texts hold few of the kinds.
    """

    def __init__(self, name: str, sign: str, pattern: str, flags: int = 0) -> None:
        self.name = name
        self._sources = sign, pattern
        self._flags = flags

    @cached_property
    def sign(self) -> re.Pattern[str]:
        return re.compile(self._sources[0])

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self._sources[1], self._flags)


_KINDS = (
    # `kode`, <b>, {{nama}}, tarif_dasar, hitung(), --pilihan.
    _Kind(
        "code",
        r"[`<{_(-](?:(?<=[`<{_])|(?<=\()\)|(?<=-)-)",
        # As many backticks at the end as at the start, as in Markdown: ``kode``.
        r"(?<!`)(?P<ticks>`{1,3})(?!`)[^`\n]+(?P=ticks)(?!`)|<[/!]?[A-Za-z][^<>\n]*>|\{\{[^{}\n]*\}\}|\{\w+\}"
        r"|(?<!\w)\w+\(\)|(?<!\w)[^\W_]+(?:_[^\W_]+)+(?!\w)|(?<!\S)--[a-z][\w-]*",
    ),
    _Kind(
        "url",
        r"[:wW](?:(?<=:)//|(?<=[wW])[wW]{2}\.)",
        rf"(?<!\w)(?:(?:https?|ftp)://|www\.){_NOT_SPACE}+",
        re.IGNORECASE,
    ),
    _Kind("email", "@", r"(?<![\w.+-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[a-z0-9-]+)+"),
    # No capital behind a stop: in "@warung.melati.Menurut" the sentence ends first.
    _Kind("handle", "@", r"(?<![\w.@])@[A-Za-z0-9_]+(?:\.[a-z0-9_]+)*"),
    _Kind("hashtag", "#", r"(?<!\w)#\w+"),
    _Kind(
        "file",
        rf"[./\\](?:(?<=[/\\])|(?:{_FILE_TYPES})(?!\w))",
        rf"(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:{_FILE_TYPES})(?!\w)"
        r"|(?<![\w/.~])(?:[A-Z]:\\|~/|\.{1,2}/|/)[\w.-]+(?:[/\\][\w.-]+)+",
    ),
    # A bare domain, and what follows it: kompas.com/read/2023, siswa.sekolah.sch.id?kelas=2.
    _Kind(
        "url",
        _DOMAIN_END + ")",
        rf"(?<![\w.-])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*?{_DOMAIN_END}|\.[a-z0-9])"
        rf"(?:/{_NOT_SPACE}*|\?\w+={_NOT_SPACE}*)?",
    ),
    # padi.Hitung(x), com.padi.hitung.Rata; a call with capitals only is a sentence that lost its spaces:
    # "selesai.Presiden(RI)".
    _Kind(
        "code",
        r"\.[A-Za-z_]\w*[.(]",
        r"(?<![\w.])[A-Za-z_]\w*(?:(?:\.[A-Za-z_]\w*)+\((?![A-Z]{2,}\))|(?:\.[A-Za-z_]\w*){3,})",
    ),
    _Kind(
        "money",
        r"\d",
        rf"(?<!\w)(?:Rp|IDR|USD|US\$|SGD|EUR|RM|[$€£¥])\.?\s?{_NUMBER}"
        # Not "27juta" nor "600 Ribu": the space and the small letter may be mended.
        r"(?:,-|\s(?-i:ribu|juta|miliar|milyar|triliun)(?!\w)|\s?(?:jt|rb)(?!\w))?",
        re.IGNORECASE,
    ),
    # The numbers of a date only: a month may be misspelt. 22/2/2023, 2023-02-22, 09.30 WIB.
    _Kind(
        "date",
        r"\d",
        r"(?<![\w/-])(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}-\d{1,2}-\d{2,4}|\d{4}-\d{2}-\d{2}"
        r"|\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?= ?WI(?:B|TA|T)(?!\w)))(?![\w/-])",
    ),
    _Kind(
        "number_unit",
        r"\d",
        # Codes: number plates, ICD and other letter-number names (B 1234 XYZ, J18.9, COVID-19, U-23).
        rf"(?<!\w)[A-Z]{{1,2}} \d{{1,4}} [A-Z]{{1,3}}(?!\w)|(?<!\w)[A-Z]+-?\d+(?:\.\d+)?(?!\w)"
        rf"|(?<![\w.,]){_NUMBER}(?: ?[-–] ?{_NUMBER})?(?:\s?(?:{_UNITS})(?!\w)|%)?",
    ),
)

SIGN = re.compile(
    # One set in front lets the search skip all other characters.
    r"[\d@#/\\_`<{.(\-wW](?:(?<=[\d@#/\\_`<{])|(?<=\.)\w|(?<=\()\)|(?<=-)-\w|(?<=[wW])[wW]{2}\.)"
)
"""Nothing of the above is without one of these: most prose needs no further look."""


def user_spans(
    text: str, patterns: Sequence[Pattern[str]], words: Collection[str]
) -> list[tuple[int, int, str]]:
    """Spans of the user's own patterns and words, as ``(start, end, "user")``, in any order.

    Words match whole and without case. Raises ConfigError if a pattern takes more than `TIMEOUT` seconds.
    """
    found = []
    for pattern in patterns:
        try:
            found += [(m.start(), m.end()) for m in pattern.finditer(text, timeout=TIMEOUT) if m[0]]
        except TimeoutError as error:
            raise ConfigError(
                f"ignore_patterns: {pattern.pattern!r} took more than {TIMEOUT:g} seconds on a text of "
                f"{len(text):,} code points; a repeat inside a repeat, such as (a+)+, does that: write it "
                "without, or make the inner one possessive (a++)"
            ) from error
    if words:
        found += [match.span() for match in _any_of(frozenset(words)).finditer(text) if match[0]]
    return [(start, end, "user") for start, end in found]


def protected_spans(
    text: str,
    patterns: Sequence[Pattern[str]] = (),
    words: Collection[str] = (),
    kinds: Collection[str] | None = None,
) -> list[tuple[int, int, str]]:
    """Spans of ``text`` that are no words, as ``(start, end, kind)``, sorted and disjoint.

    Those of the user's own ``patterns`` and ``words`` have the kind "user". Spans that overlap become
    one; it has the kind of the more important one: the user's, then in the order of the patterns above.
    Only ``kinds`` are looked for, if given.
    """
    found = [(start, end, -1, kind) for start, end, kind in user_spans(text, patterns, words)]
    if not found and not SIGN.search(text):
        return []
    for rank, one in enumerate(_KINDS):
        if (kinds is None or one.name in kinds) and one.sign.search(text):
            found += [(start, end, rank, one.name) for start, end in _matches(one, text)]
    found.sort()
    merged: list[tuple[int, int, int, str]] = []
    for start, end, rank, kind in found:
        if merged and start < merged[-1][1]:
            old_start, old_end, old_rank, old_kind = merged[-1]
            rank, kind = min((old_rank, old_kind), (rank, kind))
            merged[-1] = (old_start, max(old_end, end), rank, kind)
        else:
            merged.append((start, end, rank, kind))
    return [(start, end, kind) for start, end, _, kind in merged]


def _matches(kind: _Kind, text: str) -> Iterator[tuple[int, int]]:
    for match in kind.pattern.finditer(text):
        start, end = match.span()
        yield _address(text, start, end) if kind.name == "url" else (start, end)


def _address(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without what belongs to the sentence: marks at its end, or words glued to it."""
    glued = _SENTENCE.search(text[start:end])
    if glued:
        end = start + glued.start()
    while text[end - 1] in ".,;:!?)":
        end -= 1
    word = _GLUED_WORD.match(text, start, end)  # "kepadaLumbung.com"
    return word.end() if word else start, end


@lru_cache(maxsize=8)
def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)
    return re.compile(rf"(?<!\w)(?:{alternatives or '(?!)'})(?!\w)", re.IGNORECASE)
