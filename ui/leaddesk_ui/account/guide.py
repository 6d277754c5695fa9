"""The way to a client id of one's own, step by step, and the fields that it is pasted into."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from leaddesk.words.account import Client
from leaddesk.words.sign_in import Authority
from leaddesk_ui.buttons import Switch, button, rename, set_primary, word
from leaddesk_ui.fields import field, mark_wrong
from leaddesk_ui.fonts import scaled
from leaddesk_ui.layout import column, empty, row
from leaddesk_ui.links import CopyLine, open_link
from leaddesk_ui.text import label

from .steps import numbered


class ClientGuide(QFrame):
    """`ready` when the person presses Enter in a field; `changed` when a client id came or went."""

    ready = Signal()
    changed = Signal()

    def __init__(self, *, shared: bool = True) -> None:
        """`shared` where it is not known yet whether somebody else signs in to the mailbox."""
        super().__init__()
        self.setProperty("ground", "card")
        self.setObjectName("guide")
        self._authority: Authority | None = None
        self._known: Client | None = None
        self._way = column(space=10)
        self._redirect = CopyLine("Redirect address")
        self._redirect_line = _line("Redirect address", self._redirect, is_wide=True)
        self._page = button("", "", self._on_page)
        self._page_line = _line("Paste here what the page gives you:", self._page)
        self._told = label("", 14, wrap=True)
        self._other = word("Use another client id", self._ask_anew, ink="dim")
        self._id = self._field("client_id", "Client id", "Application (client) ID")
        self._tenant = self._field("tenant", "Tenant", "Directory (tenant) ID of your firm")
        self._secret = self._field("client_secret", "Client secret", "Client secret, where there is one")
        self._shared = Switch("It is a shared mailbox: somebody signs in as themselves", self._on_shared)
        self._shared.setObjectName("shared")
        self._signer = self._field("signer", "Who signs in", "Who signs in, for example ann@example.com")
        self._signer.hide()
        self._id.textChanged.connect(self._on_id)
        if not shared:
            self._shared.hide()
        self.setLayout(
            column(
                self._way,
                self._redirect_line,
                self._page_line,
                row(self._told, None, self._other),
                self._id,
                self._tenant,
                self._secret,
                self._shared,
                self._signer,
                margins=(20, 14, 20, 14),
                space=10,
            )
        )

    def _field(self, name: str, says: str, hint: str) -> QLineEdit:
        made = field(says, hint)
        made.setObjectName(name)
        made.returnPressed.connect(self.ready)
        return made

    def show_way(self, authority: Authority, known: tuple[Client, str] | None) -> None:
        """Show the way to a client id at an authority; `known` is one in use, and the mailbox that has it."""
        self._authority = authority
        self._known = known[0] if known else None
        self._told.say(f"With the client id that {known[1]} has at {authority.label}." if known else "")
        for edit in (self._id, self._tenant, self._secret):
            edit.clear()
        self._lay_out()

    def begin(self) -> None:
        """Put the focus where the person goes on: at the page that gives the client id, or in its field."""
        if self._known is not None:
            return
        (self._page if self.wants_page else self._id).setFocus()

    def fill_in(self, client: Client) -> None:
        """Put a client id into the fields, to be looked at or changed."""
        self._ask_anew()
        for edit, text in (
            (self._id, client.id),
            (self._tenant, client.tenant),
            (self._secret, client.secret),
        ):
            edit.setText(text)

    @property
    def wants_page(self) -> bool:
        """True while the next thing to do is to get a client id: Enter opens the page for it."""
        has_page = self._authority is not None and bool(self._authority.page)
        return self._known is None and has_page and not self._id.text().strip()

    @property
    def client(self) -> Client | None:
        """The client as it stands here; None, with a red ring around its id, while that is missing."""
        authority = self._authority
        if authority is None or self._known is not None:
            return self._known
        mark_wrong(self._id, not self._id.text().strip())
        if not self._id.text().strip():
            self._id.setFocus()
            return None
        return Client(
            authority=authority.name,
            id=self._id.text().strip(),
            tenant=self._tenant.text().strip(),
            secret=self._secret.text().strip(),
        )

    @property
    def signer(self) -> str:
        """Who signs in, where the mailbox is a shared one; empty for the mailbox itself."""
        return self._signer.text().strip() if self._shared.isChecked() else ""

    def _ask_anew(self) -> None:
        self._known = None
        self._lay_out()
        self._id.setFocus()

    def _on_shared(self, on: bool) -> None:
        self._signer.setVisible(on)
        if on:
            self._signer.setFocus()

    def _lay_out(self) -> None:
        authority = self._authority
        if authority is None:
            return
        asks = self._known is None
        empty(self._way)
        if asks:
            _add_way(self._way, authority)
        redirect = redirect_of(authority)
        self._redirect.say(redirect)
        self._redirect_line.setVisible(asks and bool(redirect))
        rename(self._page, f"Open {authority.label}’s page", "↵")
        self._page_line.setVisible(asks and bool(authority.page))
        self._told.setVisible(not asks)
        self._other.setVisible(not asks)
        self._id.setVisible(asks)
        self._tenant.setVisible(asks and bool(authority.tenant))
        self._secret.setVisible(asks and authority.has_client_secret)
        self._on_id()

    def _on_id(self) -> None:
        set_primary(self._page, self.wants_page)
        self.changed.emit()

    def _on_page(self) -> None:
        """The cursor waits where the client id is pasted."""
        if self._authority is not None:
            open_link(self._authority.page)
            self._id.setFocus()


def redirect_of(authority: Authority) -> str:
    """The address to come back to, as it is entered at the authority; empty where none is asked for."""
    address = f"http://{authority.redirect_host}"
    is_asked = not authority.steps or any(address in step for step in authority.steps)
    return address if is_asked else ""


def _add_way(way: QVBoxLayout, authority: Authority) -> None:
    """Why it is needed, and the steps."""
    if authority.note:
        way.addWidget(label(authority.note, 14, wrap=True))
    for number, step in enumerate(authority.steps, start=1):
        way.addWidget(numbered(number, step))


def _line(head: str, part: QWidget, *, is_wide: bool = False) -> QWidget:
    """Words and what belongs to them, beside each other; a wide part takes all the room."""
    name = label(head, 13, ink="dim")
    line = row(name)
    if is_wide:
        name.setFixedWidth(scaled(120))
    else:
        line.addStretch()
    line.addWidget(part, int(is_wide))
    made = QWidget()
    made.setLayout(line)
    return made
