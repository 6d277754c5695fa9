"""The settings page: groups at the left, the settings of one group at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from leaddesk.words.errors import LeadDeskError
from leaddesk.words.settings import ALL_LEADS, AUTOSTART, SETTINGS, THEME, WINDOW_PLACE, Setting
from leaddesk_ui.fonts import DEMI, MEDIUM, font, scaled
from leaddesk_ui.layout import column, scrolling
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import label, on_button
from leaddesk_ui.theme import Theme

from .check_up import CheckUp
from .mailboxes import Mailboxes
from .rows import SettingRow

if TYPE_CHECKING:
    from leaddesk_ui.needs import Accounts, Config, Health

_GROUPS = (
    ("You and your target", ("person.", "firm.", "target.")),
    ("Opening hours", ("hours.",)),
    ("Who is here", ("team.",)),
    ("Alerts", ("alert.",)),
    ("Sending", ("send.", "reply.")),
    ("Following up", ("cadence.", "follow_up.")),
    ("This window", ("window.",)),
)
_MAILBOXES, _CHECK_UP = "Mailboxes and feeds", "Check-up"


class SettingsPage(QFrame):
    """Made from the table of settings. `theme_chosen` is said at once; `said` has a sentence."""

    account_requested = Signal()
    sign_in_requested = Signal(int)
    folder_requested = Signal(int)
    audit_requested = Signal(int)
    """Account id, all three."""
    theme_chosen = Signal(str)
    autostart_chosen = Signal(bool)
    said = Signal(str)

    def __init__(
        self, config: Config, accounts: Accounts, health: Health, tasks: Tasks, theme: Theme
    ) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self._config, self._tasks = config, tasks
        self._mailboxes = Mailboxes(accounts, tasks, self._on_failed)
        self._check_up = CheckUp(health, tasks, theme, self._on_failed)
        self._stack = QStackedWidget()
        self._is_read = False
        self._then: Callable[[], object] | None = None
        self._groups: dict[str, QPushButton] = {}
        self._parts: list[tuple[str, QWidget]] = [
            (_MAILBOXES, self._mailboxes),
            (_CHECK_UP, self._check_up),
        ]
        self._begin: dict[str, Callable[[], None]] = {
            _MAILBOXES: self._mailboxes.read,
            _CHECK_UP: self._check_up.begin,
        }
        self._build()
        self._mailboxes.account_requested.connect(self.account_requested)
        self._mailboxes.sign_in_requested.connect(self.sign_in_requested)
        self._mailboxes.folder_requested.connect(self.folder_requested)
        self._mailboxes.audit_requested.connect(self.audit_requested)
        self._mailboxes.said.connect(self.said)
        self._tasks.run(self._read, self._show_settings, self._on_failed)

    def _build(self) -> None:
        side = QFrame()
        side.setProperty("ground", "side")
        side.setFixedWidth(scaled(240))
        lines = column(label("Settings", 22, DEMI), 14, margins=(14, 20, 14, 20), space=2)
        for name in (*(group for group, _ in _GROUPS), _MAILBOXES, _CHECK_UP):
            self._groups[name] = self._group_button(name)
            lines.addWidget(self._groups[name])
        lines.addStretch()
        lines.addWidget(label("Each setting is also a line of “leaddesk config”.", 12, ink="dim", wrap=True))
        side.setLayout(lines)
        self._names = lines
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(side)
        whole.addWidget(self._stack, 1)

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of the groups."""
        return tuple(self._groups)

    def add_group(self, name: str, part: QWidget, begin: Callable[[], None]) -> None:
        """A group that the window makes; before the page is shown. `begin` is called when it is opened."""
        self._groups[name] = self._group_button(name)
        self._names.insertWidget(self._names.count() - 2, self._groups[name])
        self._parts.append((name, part))
        self._begin[name] = begin

    def open(self, name: str) -> None:
        """Show one group."""
        self._groups[name].setChecked(True)
        self._groups[name].setFocus()
        pages = [self._stack.widget(n) for n in range(self._stack.count())]
        for page in pages:
            if page is not None and page.objectName() == name:
                self._stack.setCurrentWidget(page)
        if name in self._begin:
            self._begin[name]()

    def when_read(self, then: Callable[[], object]) -> None:
        """Do something as soon as the settings are shown."""
        if self._is_read:
            then()
        else:
            self._then = then

    def open_mailboxes(self) -> None:
        """Show mailboxes and feeds."""
        self.open(_MAILBOXES)

    def _read(self) -> dict[str, str]:
        shown = [one for one in SETTINGS if one not in (ALL_LEADS, WINDOW_PLACE)]
        return {setting.key: setting.write(self._config.get(setting)) for setting in shown}

    def _show_settings(self, texts: dict[str, str]) -> None:
        for name, starts in _GROUPS:
            group = [one for one in SETTINGS if one.key.startswith(starts) and one.key in texts]
            rows = column(*(self._row(one, texts[one.key]) for one in group), None, space=8)
            self._add(name, rows)
        for name, part in self._parts:
            self._add(name, column(part))
        self.open(_GROUPS[0][0])
        self._is_read = True
        if self._then is not None:
            self._then()

    def _add(self, name: str, lines: Any) -> None:
        content = QWidget()
        lines.setContentsMargins(*(scaled(n) for n in (28, 20, 28, 20)))
        content.setLayout(lines)
        area = scrolling(content)
        area.setObjectName(name)
        self._stack.addWidget(area)

    def _row(self, setting: Setting[Any], text: str) -> SettingRow:
        made = SettingRow(setting, text)
        made.changed.connect(lambda wanted: self._keep(setting, wanted))
        return made

    def _keep(self, setting: Setting[Any], text: str) -> None:
        if setting is THEME:
            self.theme_chosen.emit(text)
        config = self._config

        if setting is AUTOSTART:
            self.autostart_chosen.emit(text == "on")
            return
        self._tasks.run(lambda: config.set(setting, text), lambda _: None, self._on_failed)

    def _group_button(self, name: str) -> QPushButton:
        made = QPushButton()
        on_button(made, name)
        made.setProperty("group", True)
        made.setFont(font(13, MEDIUM))
        made.setCheckable(True)
        made.setAutoExclusive(True)
        made.setAccessibleName(name)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.clicked.connect(lambda: self.open(name))
        return made

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, LeadDeskError):
            raise error
        self.said.emit(error.whole)
