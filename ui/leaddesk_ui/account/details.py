"""What belongs to an account besides its password: name, signature, own addresses, servers."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QVBoxLayout

from leaddesk.words.account import Account, Proposal, Security, Server
from leaddesk_ui.buttons import Switch, button, word
from leaddesk_ui.fields import field, mark_wrong, sheet_of_paper
from leaddesk_ui.fonts import scaled
from leaddesk_ui.layout import column, row
from leaddesk_ui.text import label


@dataclass(frozen=True, slots=True)
class Typed:
    """What the person typed about servers; None where the proposal stands."""

    imap: Server | None
    smtp: Server | None


class ServerFields(QFrame):
    """Other servers: 'imap.example.com:993', the user names, and an own CA file. Hidden until asked for.

    `folders_requested` where the person wants to see which folders there are.
    """

    folders_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        self._imap = field("Server for reading", "imap.example.com:993")
        self._smtp = field("Server for sending", "smtp.example.com:465")
        self._user = field("User name", "the mail address, where nothing is said")
        self._smtp_user = field("User name for sending", "the same, where nothing is said")
        self._folder = field("Folder", "INBOX")
        self._ca = field("Certificate file", "only where your server has its own CA")
        self._pick = button("Choose …", "", self.folders_requested.emit)
        self._pick.setAccessibleName("Choose a folder from the server’s")
        self._pick.setObjectName("choose_folder")
        lines = column(margins=(20, 14, 20, 14), space=8)
        for name, edit in (
            ("Reading (IMAP)", self._imap),
            ("Sending (SMTP)", self._smtp),
            ("User name", self._user),
            ("… for sending", self._smtp_user),
        ):
            lines.addLayout(_named(name, edit))
        lines.addLayout(row(_named("Folder", self._folder), self._pick))
        ca = _named("Certificate", self._ca)
        lines.addLayout(row(ca, button("Choose …", "", self._choose)))
        lines.addWidget(
            label("Ports 993 and 465 speak TLS from the start; 143 and 587 use STARTTLS.", 12, ink="dim")
        )
        self.setLayout(lines)
        self.hide()

    def propose(self, proposal: Proposal) -> None:
        """Show the first servers that are proposed."""
        self._imap.setText(_server_text(proposal.imap))
        self._smtp.setText(_server_text(proposal.smtp))
        self._user.setText("" if proposal.user == proposal.email else proposal.user)

    def offer_folders(self, on: bool) -> None:
        """Whether they can be listed before the mailbox is kept: with a password they can."""
        self._pick.setVisible(on)

    def take_folder(self, name: str) -> None:
        """A folder was chosen from the list."""
        self._folder.setText(name)
        self._folder.setFocus()

    def typed(self) -> Typed | None:
        """The servers as they stand in the fields; None, with a red ring, where one cannot be read."""
        found: list[Server | None] = []
        for edit in (self._imap, self._smtp):
            server = _server(edit.text()) if edit.isModified() else None
            wrong = edit.isModified() and server is None
            mark_wrong(edit, wrong)
            if wrong:
                edit.setFocus()
                return None
            found.append(server)
        return Typed(*found)

    @property
    def user(self) -> str:
        """The user name, empty for the address itself."""
        return self._user.text().strip()

    @property
    def smtp_user(self) -> str | None:
        """Another user name for sending, or None."""
        return self._smtp_user.text().strip() or None

    @property
    def folder(self) -> str:
        """The folder to watch."""
        return self._folder.text().strip() or "INBOX"

    @property
    def ca_file(self) -> str | None:
        """An own CA file, or None."""
        return self._ca.text().strip() or None

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, "Certificate file", "", "Certificates (*.pem *.crt);;All (*)"
        )
        if chosen:
            self._ca.setText(chosen)


class PersonFields(QFrame):
    """Name and signature, own further addresses, and whether the whole domain is ours."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._name = field("Your name", "Your name, as customers see it")
        self._signature = sheet_of_paper("Signature", "Signature under your answers")
        self._signature.setFixedHeight(scaled(74))
        self._own = field("Own further addresses", "Further addresses of yours, with commas")
        self._domain = Switch("")
        self._more = column(self._signature, self._own, self._domain, space=8)
        self._rest = QFrame()
        self._rest.setProperty("ground", "clear")
        self._rest.setLayout(self._more)
        self._rest.hide()
        self._show = word("Signature and own addresses", self._show_rest, ink="dim")
        lines: QVBoxLayout = column(self._name, self._show, self._rest, space=8)
        self.setLayout(lines)

    def propose(self, proposal: Proposal) -> None:
        """Fit the questions to the address."""
        domain = proposal.email.rpartition("@")[2]
        ours = proposal.provider is None or not proposal.provider.freemail
        self._domain.setText(f"Everybody at {domain} is a colleague, not a lead")
        self._domain.setAccessibleName(self._domain.text())
        self._domain.setVisible(ours)
        self._domain.setChecked(ours and proposal.provider is None)

    def _show_rest(self) -> None:
        self._rest.show()
        self._show.hide()

    @property
    def name(self) -> str:
        """The person's name."""
        return self._name.text().strip()

    @property
    def signature(self) -> str:
        """The signature."""
        return self._signature.toPlainText().strip()

    @property
    def own_addresses(self) -> tuple[str, ...]:
        """Further addresses of the person."""
        parts = self._own.text().replace(";", ",").split(",")
        return tuple(part.strip() for part in parts if part.strip())

    @property
    def own_domain(self) -> bool:
        """Whether every address at the domain is a colleague's."""
        return self._domain.isChecked() and not self._domain.isHidden()


def build_account(
    proposal: Proposal,
    person: PersonFields,
    servers: ServerFields,
    *,
    keep_in_memory: bool,
) -> Account:
    """The account that the fields describe, on the first proposed servers."""
    nowhere = Server("", 0)
    return Account(
        email=proposal.email,
        name=person.name,
        signature=person.signature,
        user=servers.user or proposal.user,
        smtp_user=servers.smtp_user,
        imap=proposal.imap[0] if proposal.imap else nowhere,
        smtp=proposal.smtp[0] if proposal.smtp else nowhere,
        sign_in=proposal.sign_in,
        ca_file=servers.ca_file,
        folder=servers.folder,
        own_addresses=person.own_addresses,
        own_domain=person.own_domain,
        keep_in_memory=keep_in_memory,
    )


def _named(name: str, edit: QLineEdit) -> QVBoxLayout:
    head = label(name, 13, ink="dim")
    head.setFixedWidth(scaled(120))
    line = row(head)
    line.addWidget(edit, 1)
    return column(line)


def _server_text(servers: tuple[Server, ...]) -> str:
    return f"{servers[0].host}:{servers[0].port}" if servers else ""


def _server(text: str) -> Server | None:
    """'host:port'; the port tells whether TLS stands from the start."""
    host, _, port = text.strip().rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        return None
    number = int(port)
    return Server(host, number, Security.STARTTLS if number in (143, 587, 25) else Security.TLS)
