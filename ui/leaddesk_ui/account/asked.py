"""What is asked once the address is known: a password or a client id, and the person's name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from leaddesk.words.account import Client
from leaddesk.words.sign_in import Authority
from leaddesk_ui.buttons import Switch, button, rename, set_primary
from leaddesk_ui.fields import mark_wrong, password_field
from leaddesk_ui.layout import column, row
from leaddesk_ui.text import label

from .details import PersonFields
from .guide import ClientGuide
from .wording import keyring_words

_CONNECT, _SIGN_IN = "Connect", "Sign in with the browser"


class Asked(QFrame):
    """`ready` when the person wants to go on; whether all is there must be asked."""

    ready = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._vault: str | None = ""
        self._authority: Authority | None = None
        self._password = password_field("Password", "The mailbox’s password, or its app password")
        self._password.setObjectName("password")
        self.guide = ClientGuide()
        self.person = PersonFields()
        self._autostart = Switch("Start LeadDesk when I sign in to this computer")
        self._keyring = label("", 12, ink="dim", wrap=True)
        self._go_on = button(_CONNECT, "↵", self.ready.emit, primary=True)
        self._go_on.setObjectName("connect")
        self._password.returnPressed.connect(self.ready)
        self.guide.ready.connect(self.ready)
        self.guide.changed.connect(self._show_what_enter_does)
        parts = (self._password, self.guide, self._keyring, self.person, self._autostart)
        self.setLayout(column(*parts, 6, row(self._go_on, None), space=8))

    def show_way(self, authority: Authority | None, known: tuple[Client, str] | None) -> None:
        """Ask for a password, or for what a sign-in at an authority needs; the focus goes there."""
        self._authority = authority
        self._password.setVisible(authority is None)
        self.guide.setVisible(authority is not None)
        rename(self._go_on, _SIGN_IN if authority else _CONNECT, "↵")
        self._say_keyring()
        self._show_what_enter_does()
        self.show()
        if authority is None:
            self._password.setFocus()
            return
        self.guide.show_way(authority, known)
        self._go_on.setFocus()
        self.guide.begin()

    def take_vault(self, vault: str | None) -> None:
        """The keyring that would keep it; None when there is none."""
        self._vault = vault
        self._say_keyring()

    def return_to(self) -> None:
        """The sign-in was taken back: Enter begins it anew."""
        self._go_on.setFocus()

    def forget_password(self) -> None:
        """It is kept, or given up: it does not stay in the window."""
        self._password.clear()

    @property
    def password(self) -> str:
        """As it was typed."""
        return self._password.text()

    def has_password(self) -> bool:
        """False, with a red ring and the focus in it, while it is missing."""
        mark_wrong(self._password, not self.password)
        if not self.password:
            self._password.setFocus()
        return bool(self.password)

    @property
    def keeps_in_memory(self) -> bool:
        """There is no keyring: what opens the mailbox is forgotten when the program ends."""
        return self._vault is None

    @property
    def wants_autostart(self) -> bool:
        """Whether LeadDesk is to start when the person signs in to this computer."""
        return self._autostart.isChecked()

    def _show_what_enter_does(self) -> None:
        set_primary(self._go_on, self._authority is None or not self.guide.wants_page)

    def _say_keyring(self) -> None:
        self._keyring.say(keyring_words(self._vault, by_browser=self._authority is not None))
