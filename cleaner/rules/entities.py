"""HTML entities that were never decoded, or encoded once too often: "&ldquo;", "&amp;nbsp;".

ftfy can unescape too, but it switches itself off for the rest of a text once it has seen a "<", and
gives no spans. This is one regular expression with exact places.

Only the 252 names of HTML 4 and "&apos;" count, and only with their semicolon: "AT&T", "R&D;" and
"?a=1&copy=2" in an address are no entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import name2codepoint

from cleaner.rules.characters import Found, plain

_NAMES = frozenset(name2codepoint) | {"apos"}
_AMPERSAND = "amp;|#0{0,4}38;|#[xX]0{0,4}26;"
_ENTITY = re.compile(
    rf"&(?P<escapes>(?:{_AMPERSAND})*)(?:(?P<name>[A-Za-z][A-Za-z0-9]{{1,9}})|(?P<code>#(?:\d{{2,7}}|[xX][0-9A-Fa-f]{{2,6}})));"
    rf"|&(?:{_AMPERSAND})+"
)


def entities(text: str) -> Iterator[Found]:
    """Every entity and the character it stands for; a space only where there is none yet."""
    end_of_space = -1  # where the last entity ended, if it became a space
    for match in _ENTITY.finditer(text):
        start, end = match.span()
        name = match["name"]
        if name and name not in _NAMES:
            # "&amp;D;": the name is no entity, but the ampersand in front of it may be one.
            if not match["escapes"]:
                continue
            end = match.end("escapes")
            after = "&"
        elif name or match["code"]:
            after = unescape(f"&{name or match['code']};")
            if after == "\ufffd":  # no such character
                continue
        else:
            after = "&"
        after = plain(after)
        if after == " ":
            beside = text[start - 1 : start], text[end : end + 1]
            if start == end_of_space or any(neighbour in " \t\n\r\u00a0" for neighbour in beside):
                after = ""
            end_of_space = end
        yield Found("encoding.entity", start, end, after, 0.97)
