"""The article inside a web page, by trafilatura (extra ``html``).

Trafilatura (Barbaresi, 2021, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text
Discovery and Extraction", ACL demo) finds the part of a page that is the article and drops menus, side
bars and footers. What an outlet writes *into* the article, "Baca juga: ..." paragraphs, datelines,
bylines, it keeps: that is what our boilerplate stage is for.

The extracted text, one paragraph a line, is the original that all offsets refer to. It is not made
again by another version of trafilatura, so it has to be kept beside the change log.
"""

from __future__ import annotations

from cleaner.errors import InputError

_MISSING = "HTML input needs trafilatura; install it with: pip install 'bersih[html]'"


def extract(html: str | bytes, url: str | None = None) -> str:
    """The article text of a page, one paragraph a line, without a final line break.

    Bytes are decoded as the page says it is encoded. ``url`` helps with a few large sites. Raises
    InputError if trafilatura is not installed, if ``html`` is no HTML, or if the page has no article.
    """
    try:
        from trafilatura import extract as extract_article
        from trafilatura import load_html
    except ImportError as error:
        raise InputError(_MISSING) from error
    # A bare sentence would be taken for a page of one paragraph.
    if not _has_tags(html):
        raise InputError("this is no HTML page; save the page's source, not its text")
    tree = load_html(html)
    # Comments of readers are not the article; nothing may be dropped because it occurs twice, since
    # the log should show what was removed and why.
    text: str | None = (
        None if tree is None else extract_article(tree, url=url, include_comments=False, deduplicate=False)
    )
    if not text or not text.strip():
        raise InputError("no article found in this HTML page")
    return text.strip("\n")


def _has_tags(html: str | bytes) -> bool:
    return "<" in html if isinstance(html, str) else b"<" in html
