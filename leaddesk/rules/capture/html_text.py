"""HTML to lines of text in which the structure that matters still shows."""

from __future__ import annotations

import functools
import re

HTML_LIMIT = 400_000
"""Characters of HTML that are read."""

QUOTE_OPENS = "\ue000"
QUOTE_CLOSES = "\ue001"
HISTORY = "\ue002"
"""A mail program's own mark: what follows is the mail that is answered, and its header."""
SIGNATURE = "\ue003"
RULE = "\ue004"
BOLD = "\ue005"
"""Stands before bold text and headings: labels often are."""
LINK = "\ue006"
"""Stands before the text of a link."""
_ROW = 300
"""Characters of a row whose bare text is kept."""
MARKS = re.compile("[\ue000-\ue006]")

_STRUCTURE = re.compile(
    r"<(/?)(blockquote|div|hr|span|p|td|th|a|b|strong|dt|label|h[1-6])\b([^<>]{0,600})>", re.IGNORECASE
)
_BOLD_TAGS = frozenset({"b", "strong", "th", "dt", "label", "h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD_STYLE = re.compile(r"font-weight:\s?(?:bold|[6-9]00)", re.IGNORECASE)
_HISTORY = re.compile(
    r"gmail_quote|gmail_attr|divrplyfwdmsg|moz-cite-prefix|yahoo_quoted|appendonsend|mail-editor-reference"
    r"|OutlookMessageHeader|border-top:\s?solid|border:\s?none;\s?border-top|zmail_extra|protonmail_quote"
    r"|ms-outlook-mobile-reference|tutanota_quote|replyquote|email_quote|mailrulequote",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"gmail_signature|moz-signature|[\"']signature|ms-outlook-mobile-signature|_signature", re.IGNORECASE
)
_SKIP = ['[style*="display:none"]', '[style*="display: none"]', "[hidden]", "title", "head", "noscript"]
_URL_IN_LINK = re.compile(r"<a\b[^<>]{0,300}?href\s?=\s?[\"']?(https?://[^\s\"'<>]{4,500})", re.IGNORECASE)


def html_to_text(html: str) -> str:
    """The text of `html`: a line a block, cells of a table row kept apart by tabs, MARKS where quotes begin.

    Hidden elements, scripts, styles and comments are gone. Takes at most HTML_LIMIT characters.
    """
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - only when there is HTML

    marked = _STRUCTURE.sub(_marked, MARKS.sub("", html[:HTML_LIMIT]))
    return str(
        extract_plain_text(
            marked,
            preserve_formatting=True,
            main_content=False,
            list_bullets=False,
            alt_texts=False,
            skip_elements=_SKIP,
        )
    )


def _marked(match: re.Match[str]) -> str:
    """An opening or closing tag with the mark that its kind asks for."""
    closes, name, attributes, whole = match[1], match[2].lower(), match[3], match[0]
    if name == "blockquote":
        return f"<p>{QUOTE_CLOSES if closes else QUOTE_OPENS}</p>{whole}"
    if name == "hr":
        return f"<p>{RULE}</p>"
    if closes:
        return whole
    if name in _BOLD_TAGS:
        return whole + BOLD
    if name == "a":
        return whole + LINK
    return _by_attributes(name, attributes, whole) if attributes else whole


def _by_attributes(name: str, attributes: str, whole: str) -> str:
    if name != "td" and _HISTORY.search(attributes):
        return f"<p>{HISTORY}</p>{whole}"
    if name in ("div", "p") and _SIGNATURE.search(attributes):
        return f"<p>{SIGNATURE}</p>{whole}"
    return whole + BOLD if _BOLD_STYLE.search(attributes) else whole


def bare(text: str) -> str:
    """`text` without MARKS; most has none, which costs nothing to see."""
    if text.isascii():
        return text
    return _unmarked(text) if len(text) <= _ROW else MARKS.sub("", text)


@functools.lru_cache(maxsize=1024)
def _unmarked(row: str) -> str:
    """Kept, for a row is asked about many times over."""
    return MARKS.sub("", row)


def links_of(html: str, limit: int = 100) -> list[str]:
    """The web addresses that `html` links to, in order."""
    return _URL_IN_LINK.findall(html[:HTML_LIMIT])[:limit]
