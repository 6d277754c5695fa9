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
_PUT_AWAY_NAMES = frozenset((
    "trash", "deleted", "deleted items", "deleted messages", "bin", "archive", "archives", "all mail",
    "junk", "spam",
    "papierkorb", "gelöscht", "gelöschte elemente", "gelöschte objekte", "archiv", "alle nachrichten",
    "corbeille", "éléments supprimés", "papelera", "elementos eliminados", "lixeira", "itens excluídos",
    "cestino", "posta eliminata", "prullenbak", "verwijderde items", "archief", "kosz", "papperskorg",
    "papirkurv", "archivo", "archivio", "indésirables", "correo no deseado", "posta indesiderata",
))
_JUNK_NAMES = frozenset((
    "junk", "spam", "junk e-mail", "junk email", "junk mail", "bulk mail", "spamverdacht", "unerwünscht",
    "indésirables", "courrier indésirable", "correo no deseado", "posta indesiderata", "ongewenste e-mail",
    "wiadomości-śmieci", "skräppost", "lixo eletrônico", "迷惑メール",
))
# fmt: on
_PUT_AWAY_MARKS = frozenset(("\\trash", "\\archive", "\\all", "\\junk"))


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
        return self._last_part in _SENT_NAMES

    @property
    def takes_what_is_put_away(self) -> bool:
        """True for trash, archive, junk and "all mail": where a mail is that has left the Inbox."""
        return bool(self.flags & _PUT_AWAY_MARKS) or self._last_part in _PUT_AWAY_NAMES

    @property
    def is_marked_junk(self) -> bool:
        return "\\junk" in self.flags

    @property
    def has_a_junk_name(self) -> bool:
        """True when its last part is what mail programs call the folder of spam."""
        return self._last_part in _JUNK_NAMES

    @property
    def _last_part(self) -> str:
        return re.split(r"[./]", self.name)[-1].casefold()


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


def junk_folder(folders: Iterable[Folder]) -> str | None:
    """The folder that the server marks as Junk (RFC 6154), else the first with a usual name."""
    open_ones = [folder for folder in folders if folder.can_be_opened]
    marked = next((folder.name for folder in open_ones if folder.is_marked_junk), None)
    return marked or next((folder.name for folder in open_ones if folder.has_a_junk_name), None)
