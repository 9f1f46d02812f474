"""The page: one HTML file with its style, words and program put inside, for the server and for a report.

Plain HTML, CSS and JavaScript, written by hand and read as they are: no build step, nothing from the
network.
"""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("page")
_SCRIPTS = ("words.js", "live.js", "offline.js", "view.js", "main.js")

POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src {connect}; "
    "img-src data:; base-uri 'none'; form-action 'none'"
)
"""Nothing is loaded that does not carry this page's nonce; no request goes anywhere but back."""


def make_page(data: dict[str, Any], *, offline: bool) -> tuple[str, str]:
    """The whole page with ``data`` in it, and its content security policy.

    An offline page has the policy in a meta tag, since no server can send it.
    """
    nonce = secrets.token_urlsafe(16)
    policy = POLICY.format(nonce=nonce, connect="'none'" if offline else "'self'")
    scripts = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    page = (FOLDER / "page.html").read_text(encoding="utf-8")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if offline else ""
    for mark, text in (
        ("<!--policy-->", meta),
        ("/*style*/", (FOLDER / "page.css").read_text(encoding="utf-8")),
        ("/*scripts*/", scripts),
        ("{nonce}", nonce),
        ("/*data*/", safe_json(data)),  # last: nothing in the data is looked at again
    ):
        page = page.replace(mark, text)
    return page, policy


def safe_json(data: Any) -> str:
    r"""JSON that may stand in a script element: no ``<`` can end it, U+2028 breaks no line.

    >>> safe_json("</script>")
    '"\\u003c/script>"'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
