"""Which of a mailbox's folders can be opened, and which holds the sent mail."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# fmt: off
_SENT_NAMES = frozenset((
    "sent", "sent items", "sent messages", "sent mail", "sent-mail",
    "gesendet", "gesendete elemente", "gesendete objekte", "gesendete nachrichten",
    "envoyés", "messages envoyés", "éléments envoyés",
    "enviados", "elementos enviados", "mensajes enviados", "enviadas", "itens enviados", "itens enviadas",
    "posta inviata", "inviata", "inviati", "verzonden", "verzonden items", "verzonden berichten",
    "wysłane", "elementy wysłane", "skickat", "skickade objekt", "sendt", "sendt post", "sendte elementer",
    "lähetetyt", "odeslané", "odeslaná pošta", "odoslané", "elküldött", "trimise",
    "отправленные", "надіслані", "gönderilmiş öğeler", "已发送", "已发送邮件", "送信済み", "送信済みアイテム",
    "보낸 편지함",
))
# fmt: on


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as LIST tells it; flags in lower case."""

    name: str
    flags: frozenset[str]

    @property
    def can_be_opened(self) -> bool:
        return not self.flags & {"\\noselect", "\\nonexistent"}

    @property
    def is_marked_sent(self) -> bool:
        return "\\sent" in self.flags

    @property
    def has_a_sent_name(self) -> bool:
        """True when its last part is what mail programs call the folder of sent mail."""
        return re.split(r"[./]", self.name)[-1].casefold() in _SENT_NAMES


def read_list(listed: Iterable[tuple[Iterable[bytes], Any, str]]) -> list[Folder]:
    """Folders from IMAPClient's answer to LIST."""
    return [
        Folder(str(name), frozenset(flag.decode("latin-1").lower() for flag in flags))
        for flags, _, name in listed
    ]


def sent_folder(folders: Iterable[Folder]) -> str | None:
    """The folder that the server marks as Sent (RFC 6154), else the first with a usual name."""
    open_ones = [folder for folder in folders if folder.can_be_opened]
    marked = next((folder.name for folder in open_ones if folder.is_marked_sent), None)
    return marked or next((folder.name for folder in open_ones if folder.has_a_sent_name), None)
