"""A mail handed over to the person's own mail program, as a mailto: link (RFC 6068)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from leaddesk.rules.capture.clean import lines_of, one_line
from leaddesk.words.outgoing import Handover

_LONGEST = 2000
"""Characters: what every desktop passes on (Windows cuts links after 2,083)."""
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,200}>")


def hand_over(
    to: Sequence[str], cc: Sequence[str], subject: str, body: str, in_reply_to: str | None
) -> Handover:
    """The link, with the text where there is room for it. Nothing in it is a header that we did not mean.

    >>> hand_over(["a+b@example.org"], [], "Loft & roof", "Yes,\\nwe do.", None).url
    'mailto:a%2Bb@example.org?subject=Loft%20%26%20roof&body=Yes%2C%0D%0Awe%20do.'
    """
    words = {"cc": ",".join(map(_address, cc)), "subject": _quoted(one_line(subject))}
    if in_reply_to is not None and _MESSAGE_ID.fullmatch(in_reply_to):
        words["In-Reply-To"] = _quoted(in_reply_to)
    text = lines_of(body)
    whole = _link(to, {**words, "body": _quoted(text.replace("\n", "\r\n"))})
    if len(whole) <= _LONGEST:
        return Handover(whole, text, is_whole=True)
    return Handover(_link(to, words), text, is_whole=False)


def _link(to: Sequence[str], words: dict[str, str]) -> str:
    fields = "&".join(f"{name}={value}" for name, value in words.items() if value)
    return f"mailto:{','.join(map(_address, to))}" + (f"?{fields}" if fields else "")


def _address(address: str) -> str:
    return quote(one_line(address), safe="@")


def _quoted(text: str) -> str:
    return quote(text, safe="")
