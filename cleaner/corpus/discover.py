"""Finding the boilerplate of a corpus nobody has written rules for.

    read ─► phrases that repeat ─► templates ─► draft rules ─► examples, counts ─► a pack to review
             (phrases, sketch)     (templates)   (draft)        (here)

The corpus is read four times: to sketch and to count phrases, to see the most surprising ones in their
places, and to run the drafted rules. Nothing is held that grows with it.

Start reading at `discover`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from cleaner.config import Config
from cleaner.corpus.draft import Draft, draft, write_placeholder_pack
from cleaner.corpus.growing import Place, grow
from cleaner.corpus.phrases import LONGEST, Counted, Phrase, Read, frequent_phrases, tokenise
from cleaner.corpus.surprise import Prose, promising
from cleaner.corpus.templates import NAME, Spot, Template
from cleaner.engine import Cleaner
from cleaner.rules.packs import load_packs
from cleaner.spelling.language_model import LanguageModel

LEAST_SCORE = 0.6
"""Templates below are prose: frequent words of the trade such as "Presiden Joko Widodo"."""

_LEAST_FREE = 0.75
"""In this share of its places a template must stand between sentences."""
_CLEAR_SCORE, _LEAST_FREE_IF_CLEAR = 2.0, 0.5
_PLACES = 30  # documents looked at for each phrase
_PHRASES = 1000  # phrases that are grown, at most
_RARER = 1.5  # a template inside another one is the real one if it is so much more frequent
_SURPRISING = 2.0  # a hundred times more frequent than in prose
_KNOWN = 0.8


@dataclass
class Discovery:
    """What was found: drafts, the least article-like first."""

    documents: int
    minimum: int
    error: float
    """By how many documents a sketched count may be too high; the counts of the drafts are exact."""
    drafts: list[Draft]


def discover(read: Read, name: str, minimum: int | None = None) -> Discovery:
    """Draft a rule for each template that stands in ``minimum`` documents or more.

    ``read`` gives the texts of the corpus from the beginning each time; ``name`` is the name of the pack
    and part of the rule ids. ``minimum`` None: one document in 200, at least 10.
    """
    repaired = _repaired(read)
    counted = frequent_phrases(repaired, minimum)
    prose = Prose(counted.tokens / max(1, counted.documents), LanguageModel.open())
    templates = list(_distinct(_templates(repaired(), counted, prose), counted, prose))
    taken = {rule.id for pack in load_packs() for rule in pack.rules}
    drafts: list[Draft] = []
    for template in templates:
        item = draft(template, name, taken)
        if item:
            taken.add(item.id)
            drafts.append(item)
    with TemporaryDirectory() as folder:
        write_placeholder_pack(Path(folder), name, drafts)
        _prove(repaired(), drafts, Path(folder))
    drafts = [item for item in drafts if len(item.examples) > 1 and item.documents >= counted.minimum]
    drafts.sort(key=lambda item: -item.template.score)
    return Discovery(counted.documents, counted.minimum, counted.sketch.error, drafts)


def _repaired(read: Read) -> Read:
    """The texts as the boilerplate stage will see them: entities and odd spaces are gone."""
    cleaner = Cleaner(Config(select=("encoding",)))
    return lambda: (cleaner.clean(text).text for text in read())


def _templates(texts: Iterable[str], counted: Counted, prose: Prose) -> Iterator[Template]:
    """The templates around the surprising phrases."""
    phrases = promising(counted.phrases, counted.documents, prose, LEAST_SCORE / 2)[:_PHRASES]
    places = _places(texts, phrases)
    for phrase in phrases:
        yield grow(phrase, places[phrase.forms], counted.documents, prose)


def _places(texts: Iterable[str], phrases: Sequence[Phrase]) -> dict[tuple[str, ...], list[Place]]:
    """The first documents of each phrase, one place in each. Stops when every phrase has enough."""
    places: dict[tuple[str, ...], list[Place]] = {phrase.forms: [] for phrase in phrases}
    wanted = {forms[0] for forms in places}
    missing = len(places)
    for text in texts:
        if not missing:
            break
        forms = tuple(token.form for token in tokenise(text))
        seen = set()
        for i, form in enumerate(forms):
            if form not in wanted:
                continue
            for n in range(i + 1, min(i + LONGEST, len(forms)) + 1):
                key = forms[i:n]
                if key in places and key not in seen and len(places[key]) < _PLACES:
                    seen.add(key)
                    places[key].append(Place(text, i, n))
                    missing -= len(places[key]) == _PLACES
    return places


def _distinct(templates: Iterable[Template], counted: Counted, prose: Prose) -> Iterator[Template]:
    """The templates worth a rule, without those that others stand for.

    Many phrases grow to one template. And "KOMPAS.com - Ketua" is a dateline with the first word of an
    article: it holds another template that is far more frequent.
    """
    kept: list[Template] = []
    for template in sorted(templates, key=lambda t: (-t.documents, -len(t.elements))):
        shares = template.shares
        free = min(max(shares.after_break, shares.at_end), shares.before_break)
        least = _LEAST_FREE if template.score < _CLEAR_SCORE else _LEAST_FREE_IF_CLEAR
        if template.score < LEAST_SCORE or free < least or template.documents < counted.minimum:
            continue
        if not any(_stands_for(other, template, counted.documents, prose) for other in kept):
            kept.append(template)
            yield template


def _stands_for(known: Template, template: Template, documents: int, prose: Prose) -> bool:
    inside = _span(known.elements, template.elements)
    if inside:
        return _is_part(template, known, *inside)
    span = _span(template.elements, known.elements)
    if span is None or known.documents < _RARER * template.documents:
        return False
    # The longer one is a template of its own if it ends where sentences do, and what it adds is more than
    # the next word of the article.
    shares = template.shares
    if (span[0] and shares.after_break < _LEAST_FREE) or (
        span[1] < len(template.elements) and shares.before_break < _LEAST_FREE
    ):
        return True
    added = (template.elements[: span[0]], template.elements[span[1] :])
    share = template.documents / documents
    return all(prose.surprise(part, share) < _SURPRISING for part in added)


def _span(elements: Sequence[str], part: Sequence[str]) -> tuple[int, int] | None:
    """Where ``part`` stands in ``elements``; a name slot and capitalised words stand for each other."""
    row = " ".join(elements) + " "
    match = re.search(r"(?<!\S)" + "".join(map(_piece, part)), row)
    return (row.count(" ", 0, match.start()), row.count(" ", 0, match.end())) if match else None


def _piece(element: str) -> str:
    if element == NAME:
        return rf"(?:(?:[A-Z]\S*|{NAME}) )+?"
    return rf"(?:(?i:{re.escape(element)}){f'|{NAME}' if element[0].isupper() else ''}) "


def _is_part(template: Template, known: Template, start: int, end: int) -> bool:
    """Is ``template`` in most of its places a part of ``known``, by the tokens on both sides of it?

    "KOMPAS.com -" is a part of "<name> , KOMPAS.com -", but not where it begins the article.
    """
    # At a slot the part may also begin or end in the midst of a name.
    before = known.elements[max(0, start - 1) : start + (known.elements[start] == NAME)]
    behind = known.elements[end - (known.elements[end - 1] == NAME) : end + 1]
    within = sum(
        (start == 0 or _is_one_of(spot.before, before))
        and (end == len(known.elements) or _is_one_of(spot.behind, behind))
        for spot in template.spots
    )
    return 2 * within > len(template.spots)


def _is_one_of(form: str, elements: Sequence[str]) -> bool:
    return any(re.fullmatch(_piece(element), f"{form} ") for element in elements)


def _prove(texts: Iterable[str], drafts: Sequence[Draft], folder: Path) -> None:
    """Run the drafts: find their examples, what they remove in the corpus, and their near misses."""
    alone = {item.id: Cleaner(Config(select=(item.id,), rules=(str(folder),))) for item in drafts}
    shipped = Cleaner(Config(select=("boilerplate",)))
    for item in drafts:
        item.prove(alone[item.id])
        item.known = _known(shipped, item.template.spots)
    for text in texts:
        for item in drafts:
            if item.trigger not in text:
                continue
            if alone[item.id].clean(text).changes:
                item.documents += 1
            else:
                item.look_for_near_miss(alone[item.id], text)


def _known(shipped: Cleaner, spots: Sequence[Spot]) -> str | None:
    """The shipped rule that removes a template already, nearly everywhere."""
    rules: Counter[str] = Counter()
    for spot in spots:
        for change in shipped.clean(spot.text).changes:
            if change.start <= spot.start and spot.end <= change.end:
                rules[change.rule] += 1
    return rules.most_common(1)[0][0] if rules.total() >= _KNOWN * len(spots) else None
