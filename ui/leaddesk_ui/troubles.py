"""What needs a person, kept fresh: cards on the Today page, the banner, and what their buttons do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from leaddesk.words.account import SignIn
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.mail import Role
from leaddesk.words.views import Trouble

from .banner import Banner
from .layout import empty
from .states import TroubleCard
from .tasks import Latest, Tasks

if TYPE_CHECKING:
    from .needs import Accounts, Health

_SHORT = 3
"""No more cards than this: the page under them stays usable."""


class Troubles(QObject):
    """Reads `health.troubles` and shows it. What only the window can do it signals."""

    password_requested = Signal(object)
    """Account id, or None where the trouble names none."""
    unlock_requested = Signal()
    folder_requested = Signal(int, str)
    """Account id, and which of its folders."""
    elsewhere_requested = Signal(int)
    """Account id: what waits there is sent from the person's own mail program."""
    unsure_requested = Signal(int)
    done = Signal()

    def __init__(
        self,
        health: Health,
        accounts: Accounts,
        tasks: Tasks,
        cards: QVBoxLayout,
        failed: Callable[[Exception], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._health, self._accounts, self._tasks, self._cards = health, accounts, tasks, cards
        self._by_browser: frozenset[int] = frozenset()
        """Accounts that have no password."""
        self._standing: tuple[Trouble, ...] = ()
        self._own: dict[str, tuple[Trouble, Callable[[], object]]] = {}
        """What the window met itself, and what the button does besides putting it away."""
        self._cards_are_seen = True
        self.banner = Banner(self.actions)
        self._latest = Latest(tasks, self._read, self._on_read, failed)

    def read(self) -> None:
        """Read again what stands."""
        self._latest.read()

    def tell_fault(self, number: str, what: str, at: datetime) -> None:
        """A fault of ours: a card with its number, until the person puts it away."""
        self._tell(
            Trouble(
                key="fault",
                since=at,
                sentence=f"Something went wrong here ({number}).",
                safe=f"What you stored is safe, and LeadDesk goes on. The log has the details. {what}",
                action="Put it away",
            )
        )

    def tell_not_started(self, why: LeadDeskError, at: datetime, again: Callable[[], object]) -> None:
        """Nothing runs by itself; the button makes the start again."""
        self._tell(
            Trouble(
                key="services",
                since=at,
                sentence="Mail is not watched: LeadDesk could not start watching.",
                safe=f"{why.sentence} {why.mend} New mail stays safe on the server.",
                action="Try again",
            ),
            again,
        )

    def cards_seen(self, seen: bool) -> None:
        """Whether the Today page is in sight; if not, the banner tells the most urgent trouble."""
        self._cards_are_seen = seen
        self._show_banner()

    def actions(self, trouble: Trouble) -> Sequence[tuple[str, Callable[[], object]]]:
        """Words and deeds of a trouble's buttons."""
        kind, _, rest = trouble.key.partition(":")
        ident, _, part = rest.partition(":")
        number = int(ident) if ident.isdigit() else None
        if kind == "keyring":
            unlock = (trouble.action or "Unlock the keyring", self.unlock_requested.emit)
            typed = ("Type the mail password", lambda: self.password_requested.emit(number))
            return (unlock,) if number in self._by_browser else (unlock, typed)
        if not trouble.action:
            return ()
        if trouble.key in self._own:
            return ((trouble.action, lambda: self._put_away(trouble.key)),)
        if kind in ("sign-in", "password"):
            return ((trouble.action, lambda: self.password_requested.emit(number)),)
        if kind == "folder" and number is not None:
            return ((trouble.action, lambda: self.folder_requested.emit(number, part or Role.INBOX)),)
        if kind == "smtp-off" and number is not None:
            again = ("Try again", lambda: self._act(trouble.key))
            return ((trouble.action, lambda: self.elsewhere_requested.emit(number)), again)
        if kind == "unsure" and number is not None:
            return ((trouble.action, lambda: self.unsure_requested.emit(number)),)
        return ((trouble.action, lambda: self._act(trouble.key)),)

    def _tell(self, trouble: Trouble, act: Callable[[], object] = lambda: None) -> None:
        """Something that the window met itself: a card until its button is pressed, which also does `act`."""
        self._own[trouble.key] = (trouble, act)
        self.read()

    def _put_away(self, key: str) -> None:
        _, act = self._own.pop(key)
        act()
        self.read()

    def _act(self, key: str) -> None:
        self._tasks.run(lambda: self._health.act(key), self._on_acted)

    def _on_acted(self, _: None) -> None:
        self.read()
        self.done.emit()

    def _read(self) -> tuple[tuple[Trouble, ...], frozenset[int]]:
        kept = self._accounts.list()
        return self._health.troubles(), frozenset(a.id for a in kept if a.sign_in is SignIn.BROWSER)

    def _on_read(self, read: tuple[tuple[Trouble, ...], frozenset[int]]) -> None:
        troubles, self._by_browser = read
        self.show(troubles)

    def show(self, troubles: tuple[Trouble, ...]) -> None:
        """Show what stands, our own troubles first."""
        troubles = (*(own for own, _ in self._own.values()), *troubles)
        if troubles != self._standing:
            self._standing = troubles
            empty(self._cards)
            for trouble in [one for one in troubles if _is_card(one)][:_SHORT]:
                self._cards.addWidget(TroubleCard(trouble, self.actions(trouble)))
        self._show_banner()

    def _show_banner(self) -> None:
        shown = [one for one in self._standing if not (_is_card(one) and self._cards_are_seen)]
        shown.sort(key=lambda one: not one.urgent)
        self.banner.show_trouble(shown[0] if shown else None)


def _is_card(trouble: Trouble) -> bool:
    """What a person must not miss stands as a card; the rest is a line at the top."""
    return trouble.urgent or trouble.key == "gap"
