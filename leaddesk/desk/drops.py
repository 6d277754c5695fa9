"""Files dropped on the window: mails are taken in quietly, files of people wait for a look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from leaddesk.desk.receive import Captured, Receive
from leaddesk.rules.capture.headers import read_headers
from leaddesk.rules.capture.parts import MAIL_LIMIT
from leaddesk.rules.imports.vcard import holds_cards
from leaddesk.words.by_hand import Dropped, Unread
from leaddesk.words.errors import Refused

_TABLES = frozenset({".csv", ".tsv", ".vcf", ".vcard"})
_MAILS = frozenset({".eml", ".mail"})
_MOST = 2000
"""Files of one drop: who lets go of a whole disk did not mean it."""
_HEAD = 4000
_OUTLOOK = "It is in Outlook's own format. Save it as .eml there, or drag it into a watched mailbox."
_WORKBOOK = "It is a workbook. Save it as CSV (UTF-8) in the program it comes from."
_WHY = {".msg": _OUTLOOK, ".xls": _WORKBOOK, ".xlsx": _WORKBOOK, ".ods": _WORKBOOK, ".numbers": _WORKBOOK}
_NEITHER = "It is neither a mail (.eml) nor a file of people (.csv, .vcf)."
Progress = Callable[[int, int], None]
"""Told how many files are done, of how many."""


@dataclass
class _Sum:
    enquiries: list[tuple[int, int]] = field(default_factory=list)
    others: int = 0
    tables: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


class Drops:
    """What a person lets go of over the window."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive

    def take(
        self,
        paths: Sequence[Path],
        on_progress: Progress = lambda done, total: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> Dropped:
        """Takes mails in, without an alert; of a folder, the files in it. Stops early when it is cancelled.

        Raises Refused when there are more than two thousand files.
        """
        files = list(_files(paths))
        if len(files) > _MOST:
            raise Refused(f"These are more than {_MOST:,} files.", "Drop a folder that holds only mails.")
        found = _Sum()
        for place, file in enumerate(files):
            if is_cancelled():
                break
            on_progress(place, len(files))
            self._take_one(file, found)
        return Dropped(
            enquiries=tuple(found.enquiries), others=found.others, tables=tuple(found.tables),
            unread=tuple(found.unread),
        )  # fmt: skip

    def undo(self, dropped: Dropped) -> int:
        """Puts the enquiries of a drop among the mails that are no leads; returns how many those were.

        One that somebody else has put away meanwhile stays as it is.
        """
        undone = 0
        for mail, _ in dropped.enquiries:
            with suppress(Refused):
                self._receive.sort_away(mail)
                undone += 1
        return undone

    def _take_one(self, file: Path, found: _Sum) -> None:
        ending = file.suffix.lower()
        try:
            head = _beginning(file)
            if not head.strip():
                found.unread.append(Unread(file.name, "It is empty."))
            elif ending in _TABLES or holds_cards(head):
                found.tables.append(str(file))
            elif ending in _MAILS or (ending not in _WHY and _is_mail(head)):
                _count(self._receive.capture(_whole(file), quiet=True), found)
            else:
                found.unread.append(Unread(file.name, _WHY.get(ending, _NEITHER)))
        except Refused as refused:
            found.unread.append(Unread(file.name, refused.sentence))
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            found.unread.append(Unread(file.name, f"It cannot be read: {reason}."))


def _count(captured: Captured, found: _Sum) -> None:
    if captured.enquiry is not None and captured.lead is not None:
        found.enquiries.append((captured.mail, captured.lead))
    else:
        found.others += 1


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Each file once, in order; a folder stands for the files in it, a Maildir for its mails."""
    for path in paths:
        if path.is_dir():
            mails = [path / "cur", path / "new"]
            folders = [folder for folder in mails if folder.is_dir()] or [path]
            for folder in folders:
                yield from _inside(folder)
        else:
            yield path


def _inside(folder: Path) -> list[Path]:
    """Without hidden files: systems put their own there. A folder that cannot be read fails as a file."""
    try:
        return sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))
    except OSError:
        return [folder]


def _beginning(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_HEAD)


def _whole(file: Path) -> bytes:
    with file.open("rb") as opened:
        raw = opened.read(MAIL_LIMIT + 1)
    if len(raw) > MAIL_LIMIT:
        raise Refused(f"It is larger than {MAIL_LIMIT // 2**20} MB.")
    return raw


def _is_mail(head: bytes) -> bool:
    """True for what has a mail's headers, whatever the file is called (a Maildir's have no ending)."""
    headers, _ = read_headers(head)
    return headers.get("from") != "" and (headers.get("date") != "" or headers.get("received") != "")
