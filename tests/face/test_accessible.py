"""Every control can be named aloud, on every page and sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QPlainTextEdit, QWidget

from leaddesk.words.account import Step
from leaddesk.words.errors import NotSignedIn
from leaddesk.words.sign_in import Refusal
from leaddesk_ui.keys import Action
from leaddesk_ui.prose import Prose
from leaddesk_ui.rail import Place
from leaddesk_ui.window import Window

from .conftest import Desktop, Settle
from .fake_desk import SIGN_IN_PAGE, FakeDesk
from .typing_in import fill_in, line_edit, press, type_text

INTERACTIVE = {
    QAccessible.Role.Button,
    QAccessible.Role.EditableText,
    QAccessible.Role.ComboBox,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.List,
    QAccessible.Role.Table,
    QAccessible.Role.ButtonMenu,
}


def interfaces(root: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield root
    for place in range(root.childCount()):
        child = root.child(place)
        if child is not None and child.isValid():
            yield from interfaces(child)


def nameless(widget: QWidget) -> list[str]:
    """Controls that a screen reader could not name."""
    QAccessible.setActive(True)
    found = []
    root = QAccessible.queryAccessibleInterface(widget)
    assert root is not None
    for one in interfaces(root):
        owner = one.object()
        if one.role() not in INTERACTIVE or isinstance(owner, Prose) or one.state().invisible:
            continue
        if not one.text(QAccessible.Text.Name).strip():
            found.append(f"{one.role().name} {owner}")
    return found


def bare(widget: QWidget) -> list[str]:
    kinds = (QAbstractButton, QLineEdit, QAbstractItemView, QPlainTextEdit)
    controls = [one for kind in kinds for one in widget.findChildren(kind)]
    ours = [one for one in controls if type(one).__module__.startswith("leaddesk_ui") or one.objectName()]
    return [
        str(one)
        for one in ours
        if not isinstance(one, Prose) and not one.accessibleName() and not getattr(one, "text", str)()
    ]


def test_the_queue_and_the_lead(window: Window) -> None:
    assert nameless(window) == []
    assert bare(window) == []


@pytest.mark.parametrize("action", [Action.REPLY, Action.CALLED, Action.CLOSE, Action.SNOOZE, Action.NOTE])
def test_the_composer_and_the_sheets(window: Window, settle: Settle, action: Action) -> None:
    window.lead.do(action)
    settle()
    assert nameless(window) == []


def test_the_sheets_of_the_window(window: Window, settle: Settle) -> None:
    for open_sheet in (window.asks.keys, window.taking_in.new_lead, lambda: window.asks.password(None)):
        open_sheet()
        settle()
        assert window.sheets.sheet is not None
        assert nameless(window.sheets.sheet) == []
        window.sheets.close_sheet()


def test_the_import_page(window: Window, settle: Settle) -> None:
    window.importing.show()
    settle()
    assert nameless(window) == []
    window.importing.open([Path("people.csv")])
    settle()
    assert nameless(window) == []
    assert bare(window) == []


def test_the_panels(window: Window, settle: Settle) -> None:
    for open_panel in (window.today.open_search, window.today.open_put_away, window.today.open_known):
        open_panel()
        settle()
        assert nameless(window.today) == []


def test_the_settings(window: Window, settle: Settle) -> None:
    window.go(Place.SETTINGS)
    settle()
    page = window.settings
    for group in page.groups:
        page.open(group)
        settle()
        assert nameless(page) == []


def test_the_set_up_with_a_failed_step(window: Window, desk: FakeDesk, settle: Settle) -> None:
    desk.accounts.fails_at = Step.LOGIN
    window.show_set_up()
    page = window.set_up
    fill_in(page, "ann@gmail.com", "secret", settle)
    assert nameless(page) == []


def test_the_set_up_and_the_sign_in_by_browser(
    window: Window, desk: FakeDesk, settle: Settle, desktop: Desktop
) -> None:
    window.show_set_up()
    page = window.set_up
    type_text(line_edit(page, "address"), "ann@outlook.com")
    press(line_edit(page, "address"), Qt.Key.Key_Return)
    settle()
    assert nameless(page) == []
    for came in (SIGN_IN_PAGE, NotSignedIn("Not now.", "Ask.", Refusal.ADMINISTRATOR, SIGN_IN_PAGE)):
        page.rehearse("ann@outlook.com", came)
        settle()
        assert nameless(page) == []
        assert bare(page) == []


def test_the_choice_of_a_folder(window: Window, settle: Settle) -> None:
    window.folders.of_kept(1)
    settle()
    assert window.sheets.sheet is not None
    assert nameless(window.sheets.sheet) == []
    assert bare(window.sheets.sheet) == []
