"""The settings page: a search and the groups at the left, the settings of one group at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from leaddesk.words.errors import LeadDeskError
from leaddesk.words.setting_groups import GROUPS, SHOWN, group_of
from leaddesk.words.settings import AUTOSTART, BY_KEY, HOURS_HOLIDAYS, HOURS_WEEK, THEME, Setting
from leaddesk_ui.fonts import scaled
from leaddesk_ui.layout import column, scrolling
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.theme import Theme

from .check_up import CheckUp
from .finder import Finder
from .mailboxes import Mailboxes
from .region_field import Closed, RegionField
from .rows import SettingRow
from .week_editor import WeekEditor

if TYPE_CHECKING:
    from leaddesk_ui.needs import Accounts, Config, Health

_MAILBOXES, _CHECK_UP = "Mailboxes and feeds", "Check-up"
_FINDS = {
    _MAILBOXES: "account signature password own addresses folder feed maildir stop watching sign in",
    _CHECK_UP: "doctor keyring clock disk notifications database",
}
"""Further words by which a group is found that has no settings of the table."""
_NARROW = 900


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
        self,
        config: Config,
        accounts: Accounts,
        health: Health,
        tasks: Tasks,
        theme: Theme,
        closed: Closed = tuple,
    ) -> None:
        """`closed` gives the next days on which the firm is shut though its week has hours for them."""
        super().__init__()
        self.setProperty("ground", "canvas")
        self._config, self._tasks, self._closed = config, tasks, closed
        self._mailboxes = Mailboxes(accounts, tasks, self._on_failed)
        self._check_up = CheckUp(health, tasks, theme, self._on_failed)
        self.finder = Finder()
        self._stack = QStackedWidget()
        self._is_read = False
        self._then: Callable[[], object] | None = None
        self._texts: dict[str, str] = {}
        self._parts: list[tuple[str, QWidget]] = [
            (_MAILBOXES, self._mailboxes),
            (_CHECK_UP, self._check_up),
        ]
        self._begin: dict[str, Callable[[], None]] = {
            _MAILBOXES: self._mailboxes.read,
            _CHECK_UP: self._check_up.begin,
        }
        self._build()
        self._connect()
        self._tasks.run(self._read, self._show_settings, self._on_failed)

    def _connect(self) -> None:
        self.finder.found.connect(self.open_at)
        self._mailboxes.account_requested.connect(self.account_requested)
        self._mailboxes.sign_in_requested.connect(self.sign_in_requested)
        self._mailboxes.folder_requested.connect(self.folder_requested)
        self._mailboxes.audit_requested.connect(self.audit_requested)
        self._mailboxes.said.connect(self.said)

    def _build(self) -> None:
        for name in (*(group for group, _ in GROUPS), _MAILBOXES, _CHECK_UP):
            self._add_button(name, _FINDS.get(name, ""))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.finder)
        whole.addWidget(self._stack, 1)

    def _add_button(self, name: str, finds: str) -> None:
        self.finder.add(name, lambda: self.open(name), finds=finds)

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of the groups."""
        return tuple(self.finder.groups)

    def add_group(self, name: str, part: QWidget, begin: Callable[[], None], finds: str = "") -> None:
        """A group that the window makes; before the page is shown. `begin` is called when it is opened."""
        self._add_button(name, finds)
        self._parts.append((name, part))
        self._begin[name] = begin

    def add_door(self, name: str, go: Callable[[], object], finds: str = "") -> None:
        """A word among the groups that leads to a page of its own."""
        self.finder.add(name, go, finds=finds, is_door=True)

    def open(self, name: str) -> None:
        """Show one group."""
        self.finder.groups[name].setChecked(True)
        if self.finder.groups[name].isVisible():
            self.finder.groups[name].setFocus()
        page = self._page_of(name)
        if page is not None:
            self._stack.setCurrentWidget(page)
        if name in self._begin:
            self._begin[name]()

    def open_at(self, key: str) -> None:
        """Show one setting, with the keys in its control."""
        name = group_of(BY_KEY[key])
        self.open(name)
        line, page = self.findChild(SettingRow, key), self._page_of(name)
        if isinstance(line, SettingRow) and page is not None and page.isAncestorOf(line):
            page.ensureWidgetVisible(line)
            line.begin()

    def press_find(self) -> None:
        """The keys go to the search."""
        self.finder.search.setFocus()
        self.finder.search.selectAll()

    def search_for(self, words: str) -> None:
        """Show what is found by these words."""
        self.press_find()
        self.finder.search.setText(words)

    def when_read(self, then: Callable[[], object]) -> None:
        """Do something as soon as the settings are shown."""
        if self._is_read:
            then()
        else:
            self._then = then

    def open_mailboxes(self) -> None:
        """Show mailboxes and feeds."""
        self.open(_MAILBOXES)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.finder.fit(narrow=self.width() < scaled(_NARROW))

    def _page_of(self, name: str) -> QScrollArea | None:
        pages = (self._stack.widget(n) for n in range(self._stack.count()))
        return next((p for p in pages if isinstance(p, QScrollArea) and p.objectName() == name), None)

    # ---- reading and keeping

    def _read(self) -> dict[str, str]:
        return {setting.key: setting.write(self._config.get(setting)) for setting in SHOWN}

    def _show_settings(self, texts: dict[str, str]) -> None:
        self._texts = texts
        for name, _ in GROUPS:
            group = [one for one in SHOWN if group_of(one) == name]
            rows = column(*(self._row(one, texts[one.key]) for one in group), None, space=8)
            self._add(name, rows)
        for name, part in self._parts:
            self._add(name, column(part))
        self._mark()
        self.open(GROUPS[0][0])
        self._is_read = True
        if self._then is not None:
            self._then()

    def _mark(self) -> None:
        changed = [one for one in SHOWN if self._texts[one.key] != one.write(one.default)]
        self.finder.mark(changed)

    def _add(self, name: str, lines: Any) -> None:
        content = QWidget()
        lines.setContentsMargins(*(scaled(n) for n in (28, 20, 28, 20)))
        content.setLayout(lines)
        area = scrolling(content)
        area.setObjectName(name)
        self._stack.addWidget(area)

    def _row(self, setting: Setting[Any], text: str) -> SettingRow:
        week = WeekEditor(text) if setting is HOURS_WEEK else None
        region = None
        if setting is HOURS_HOLIDAYS:
            region = RegionField(setting.label, text, self._tasks, self._closed)
        made = SettingRow(setting, text, week=week, region=region)
        made.changed.connect(lambda wanted: self._keep(setting, wanted))
        return made

    def _keep(self, setting: Setting[Any], text: str) -> None:
        if setting is THEME:
            self.theme_chosen.emit(text)
        config = self._config

        if setting is AUTOSTART:
            self.autostart_chosen.emit(text == "on")
            return
        self._tasks.run(
            lambda: config.set(setting, text), lambda _: self._on_kept(setting, text), self._on_failed
        )

    def _on_kept(self, setting: Setting[Any], text: str) -> None:
        self._texts[setting.key] = setting.write(setting.parse(text))
        self._mark()
        region = self.findChild(RegionField)
        if setting.key.startswith("hours.") and isinstance(region, RegionField):
            region.show_next()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, LeadDeskError):
            raise error
        self.said.emit(error.whole)
