"""Mailboxes and feeds: what is watched, added and removed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QPushButton, QVBoxLayout, QWidget

from leaddesk.words.account import Account, Feed, SignIn
from leaddesk_ui.ask import Answer, ask
from leaddesk_ui.buttons import Switch, button, word
from leaddesk_ui.fields import field, sheet_of_paper
from leaddesk_ui.fonts import DEMI, scaled
from leaddesk_ui.layout import column, empty, row
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import elided, label

if TYPE_CHECKING:
    from leaddesk_ui.needs import Accounts


class Mailboxes(QWidget):
    """Lists mailboxes and feeds; `account_requested` opens the account page."""

    account_requested = Signal()
    sign_in_requested = Signal(int)
    folder_requested = Signal(int)
    audit_requested = Signal(int)
    said = Signal(str)

    def __init__(self, accounts: Accounts, tasks: Tasks, failed: Callable[[Exception], None]) -> None:
        super().__init__()
        self._accounts, self._tasks, self._failed = accounts, tasks, failed
        self._boxes, self._feeds = column(space=8), column(space=8)
        add_folder = button("Watch a folder of mails …", "", lambda: self._add_feed("folder"))
        add_maildir = button("Watch a Maildir …", "", lambda: self._add_feed("maildir"))
        add_box = button("Add a mailbox", "", self.account_requested.emit, primary=True)
        lines = column(self._boxes, 8, row(add_box, None), 20, label("Feeds", 16, DEMI), 8, self._feeds, 8)
        lines.addLayout(row(add_maildir, add_folder, None))
        lines.addStretch()
        self.setLayout(lines)

    def read(self) -> None:
        """Read the lists again."""
        self._tasks.run(self._accounts.list, self._show_boxes, self._failed)
        self._tasks.run(self._accounts.feeds, self._show_feeds, self._failed)

    def _show_boxes(self, accounts: tuple[Account, ...]) -> None:
        empty(self._boxes)
        for account in accounts:
            card = AccountCard(account)
            card.changed.connect(self._on_changed)
            card.remove_requested.connect(self._on_remove)
            card.sign_in_requested.connect(self.sign_in_requested)
            card.folder_requested.connect(self.folder_requested)
            card.audit_requested.connect(self.audit_requested)
            self._boxes.addWidget(card)
        if not accounts:
            self._boxes.addWidget(label("No mailbox is watched yet.", 14, ink="dim"))

    def _show_feeds(self, feeds: tuple[Feed, ...]) -> None:
        empty(self._feeds)
        for feed in feeds:
            self._feeds.addWidget(self._feed_line(feed))
        if not feeds:
            said = "A feed is a place besides a mailbox from which enquiries are taken."
            self._feeds.addWidget(label(said, 13, ink="dim", wrap=True))

    def _feed_line(self, feed: Feed) -> QFrame:
        line = row(label(feed.kind, 13, DEMI), margins=(14, 8, 14, 8))
        line.addWidget(elided(feed.path, 13, ink="dim"), 1)
        remove = button("Remove", "", lambda: self._remove_feed(feed.id))
        remove.setAccessibleName(f"Remove the {feed.kind} {feed.path}")
        line.addWidget(remove)
        made = QFrame()
        made.setProperty("ground", "card")
        made.setLayout(line)
        return made

    def _on_changed(self, account: Account) -> None:
        self._tasks.run(
            lambda: self._accounts.change(account), lambda _: self.said.emit("Kept."), self._failed
        )

    def _on_remove(self, account: Account) -> None:
        sentence = f"Stop watching {account.email}?"
        detail = "Its leads stay here. Its password is taken out of the keyring."
        if ask(self, sentence, detail, "Stop watching", "Keep it") is Answer.YES:
            self._tasks.run(lambda: self._accounts.remove(account.id), lambda _: self.read(), self._failed)

    def _add_feed(self, kind: str) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Watch this folder")
        if chosen:
            self._tasks.run(
                lambda: self._accounts.add_feed(kind, chosen), lambda _: self.read(), self._failed
            )

    def _remove_feed(self, feed_id: int) -> None:
        self._tasks.run(lambda: self._accounts.remove_feed(feed_id), lambda _: self.read(), self._failed)


class AccountCard(QFrame):
    """One mailbox: its servers, and what can be changed without signing in again."""

    changed = Signal(object)
    remove_requested = Signal(object)
    sign_in_requested = Signal(int)
    folder_requested = Signal(int)
    audit_requested = Signal(int)

    def __init__(self, account: Account) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        self._account = account
        self._name = field("Name", "Your name, as customers see it", account.name)
        self._own = field("Own further addresses", "with commas", ", ".join(account.own_addresses))
        self._signature = sheet_of_paper("Signature", "Signature under your answers")
        self._signature.setPlainText(account.signature)
        self._signature.setFixedHeight(scaled(74))
        domain = account.email.rpartition("@")[2]
        self._domain = Switch(f"Everybody at {domain} is a colleague, not a lead")
        self._domain.setChecked(account.own_domain)
        self._build()

    def _build(self) -> None:
        account = self._account
        where = _where(account)
        lines: QVBoxLayout = column(
            elided(account.email, 14, DEMI),
            elided(where, 12, ink="dim"),
            *([row(self._past_word(), None)] if account.is_watched else []),
            6,
            margins=(14, 10, 14, 12),
            space=6,
        )
        for name, part in (
            ("Name", self._name),
            ("Signature", self._signature),
            ("Own addresses", self._own),
        ):
            head = label(name, 13, ink="dim")
            head.setFixedWidth(scaled(110))
            line = row(head)
            line.addWidget(part, 1)
            lines.addLayout(line)
        lines.addWidget(self._domain)
        keep = button("Keep the changes", "", self._keep)
        lines.addLayout(row(self._remove_button(), None, *self._further_buttons(), keep))
        self.setLayout(lines)

    def _past_word(self) -> QPushButton:
        account = self._account
        made = word("Its real first response time", lambda: self.audit_requested.emit(account.id), ink="dim")
        made.setAccessibleName(f"The real first response time of {account.email}")
        return made

    def _remove_button(self) -> QPushButton:
        made = button("Stop watching …", "", lambda: self.remove_requested.emit(self._account))
        made.setAccessibleName(f"Stop watching {self._account.email}")
        return made

    def _further_buttons(self) -> list[QPushButton]:
        """What opens a sheet of its own: another folder, and the browser."""
        account, made = self._account, []
        if account.is_watched:
            made.append(button("Folder …", "", lambda: self.folder_requested.emit(account.id)))
            made[-1].setAccessibleName(f"Choose the folder of {account.email}")
        if account.sign_in is SignIn.BROWSER:
            made.append(button("Sign in again …", "", lambda: self.sign_in_requested.emit(account.id)))
            made[-1].setAccessibleName(f"Sign in to {account.email} again")
        return made

    def _keep(self) -> None:
        parts = self._own.text().replace(";", ",").split(",")
        self._account = replace(
            self._account,
            name=self._name.text().strip(),
            signature=self._signature.toPlainText().strip(),
            own_addresses=tuple(part.strip() for part in parts if part.strip()),
            own_domain=self._domain.isChecked(),
        )
        self.changed.emit(self._account)


def _where(account: Account) -> str:
    """Where it is watched, where it sends, and where its password is."""
    if not account.is_watched:
        return f"Answers go out by {account.smtp.host}. Nothing is watched in it."
    where = f"{account.imap.host} and {account.smtp.host}, folder {account.folder}."
    if account.sign_in is SignIn.BROWSER:
        who = f"{account.signer or account.user} signs in with the browser"
        kept = f"{who}, kept in {account.keyring}." if account.keyring else f"{who} at each start."
    else:
        kept = f"Password kept in {account.keyring}." if account.keyring else "Password asked at each start."
    return f"{where} {kept}" + (" Answers open in your own mail program." if account.smtp_off else "")
