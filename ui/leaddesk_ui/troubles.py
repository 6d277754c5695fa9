"""What needs a person, kept fresh: cards on the Today page, the banner, and what their buttons do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from leaddesk.words.views import Trouble

from .banner import Banner
from .layout import empty
from .states import TroubleCard
from .tasks import Latest, Tasks

if TYPE_CHECKING:
    from .needs import Health

_SHORT = 3
"""No more cards than this: the page under them stays usable."""


class Troubles(QObject):
    """Reads `health.troubles` and shows it. What only the window can do it signals."""

    password_requested = Signal(object)
    """Account id, or None where the trouble names none."""
    unlock_requested = Signal()
    folder_requested = Signal(int)
    """Account id."""
    unsure_requested = Signal(int)
    done = Signal()

    def __init__(
        self,
        health: Health,
        tasks: Tasks,
        cards: QVBoxLayout,
        failed: Callable[[Exception], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._health, self._tasks, self._cards = health, tasks, cards
        self._standing: tuple[Trouble, ...] = ()
        self._fault: Trouble | None = None
        self._cards_are_seen = True
        self.banner = Banner(self.actions)
        self._latest = Latest(tasks, health.troubles, self.show, failed)

    def read(self) -> None:
        """Read again what stands."""
        self._latest.read()

    def tell_fault(self, number: str, what: str, at: datetime) -> None:
        """A fault of ours: a card with its number, until the person puts it away."""
        self._fault = Trouble(
            key=f"fault:{number}",
            since=at,
            sentence=f"Something went wrong here ({number}).",
            safe=f"What you stored is safe, and LeadDesk goes on. The log has the details. {what}",
            action="Put it away",
        )
        self.read()

    def cards_seen(self, seen: bool) -> None:
        """Whether the Today page is in sight; if not, the banner tells the most urgent trouble."""
        self._cards_are_seen = seen
        self._show_banner()

    def actions(self, trouble: Trouble) -> Sequence[tuple[str, Callable[[], object]]]:
        """Words and deeds of a trouble's buttons."""
        kind, _, rest = trouble.key.partition(":")
        ident = rest.partition(":")[0]
        number = int(ident) if ident.isdigit() else None
        if kind == "keyring":
            unlock = (trouble.action or "Unlock the keyring", self.unlock_requested.emit)
            return (unlock, ("Type the mail password", lambda: self.password_requested.emit(number)))
        if not trouble.action:
            return ()
        if kind == "fault":
            return ((trouble.action, self._forget_fault),)
        if kind in ("sign-in", "password"):
            return ((trouble.action, lambda: self.password_requested.emit(number)),)
        if kind == "folder" and number is not None:
            return ((trouble.action, lambda: self.folder_requested.emit(number)),)
        if kind == "unsure" and number is not None:
            return ((trouble.action, lambda: self.unsure_requested.emit(number)),)
        return ((trouble.action, lambda: self._act(trouble.key)),)

    def _forget_fault(self) -> None:
        self._fault = None
        self.read()

    def _act(self, key: str) -> None:
        self._tasks.run(lambda: self._health.act(key), self._on_acted)

    def _on_acted(self, _: None) -> None:
        self.read()
        self.done.emit()

    def show(self, troubles: tuple[Trouble, ...]) -> None:
        """Show what stands, a fault of ours first."""
        troubles = (self._fault, *troubles) if self._fault is not None else troubles
        if troubles != self._standing:
            self._standing = troubles
            empty(self._cards)
            for trouble in [one for one in troubles if one.urgent][:_SHORT]:
                self._cards.addWidget(TroubleCard(trouble, self.actions(trouble)))
        self._show_banner()

    def _show_banner(self) -> None:
        shown = [one for one in self._standing if not (one.urgent and self._cards_are_seen)]
        shown.sort(key=lambda one: not one.urgent)
        self.banner.show_trouble(shown[0] if shown else None)
