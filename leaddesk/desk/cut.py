"""Mails of which only the start is here: the desk says so wherever it shows one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leaddesk.doors.store import Store
    from leaddesk.words.mail import Mail

_LARGE = 10_000_000
"""Bytes up to which every mail is kept whole."""


def cut_of(store: Store, mail: Mail) -> str:
    """What is missing of a large mail, in words: '52 MB; only the first 10 MB are here'."""
    if mail.size < _LARGE:
        return ""
    from leaddesk.rules.capture.attachments import cut_words  # noqa: PLC0415 - seldom needed

    return cut_words(mail.size, store.mails.kept_size(mail.id))
