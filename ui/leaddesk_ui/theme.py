"""Which colours are on: light, dark or high contrast, by the person's choice or the system's."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from .fonts import body_font
from .stylesheet import stylesheet
from .tokens import CONTRAST, DARK, LIGHT, Tokens

_ROLES: tuple[tuple[QPalette.ColorRole, str], ...] = (
    (QPalette.ColorRole.Window, "canvas"),
    (QPalette.ColorRole.Base, "card"),
    (QPalette.ColorRole.AlternateBase, "hover"),
    (QPalette.ColorRole.Button, "hover"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.ToolTipBase, "card"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "on_accent"),
    (QPalette.ColorRole.Accent, "accent"),
    (QPalette.ColorRole.Link, "accent"),
    (QPalette.ColorRole.PlaceholderText, "dim"),
    (QPalette.ColorRole.Mid, "line"),
)


ARGUMENTS = ("leaddesk", "-style", "fusion")
"""A QApplication is told its style at its beginning: to set it later, PySide loads all of QStyle."""


def application() -> QApplication:
    """The program's application, made where there is none."""
    app = QApplication.instance() or QApplication(list(ARGUMENTS))
    assert isinstance(app, QApplication)
    return app


class Theme(QObject):
    """The theme that is on; `changed` is said after palette and stylesheet are in place."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__(app)
        self._app, self._choice = app, choice
        app.setFont(body_font(app.font()))
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._on_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_system)
        self.tokens = self._wanted()
        self._put_on()

    def choose(self, choice: str) -> None:
        """Put on `system`, `light`, `dark` or `contrast`."""
        self._choice = choice
        self._on_system()

    @property
    def animates(self) -> bool:
        """False when the person asked the desktop for less motion."""
        from PySide6.QtWidgets import QStyle  # noqa: PLC0415 - a class that the first paint does without

        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        return self._app.style().styleHint(hint) > 0

    def _wanted(self) -> Tokens:
        if self._choice in ("light", "dark", "contrast"):
            return {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}[self._choice]
        hints = self._app.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return CONTRAST
        return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _on_system(self) -> None:
        wanted = self._wanted()
        if wanted is not self.tokens:
            self.tokens = wanted
            self._put_on()
            self.changed.emit()

    def _put_on(self) -> None:
        self._app.setPalette(palette(self.tokens))
        self._app.setStyleSheet(stylesheet(self.tokens))


def palette(tokens: Tokens) -> QPalette:
    """Qt's own palette in the theme's colours: some platforms ignore a wish for dark."""
    made = QPalette(QColor(tokens.hover), QColor(tokens.canvas))
    colours = tokens.colours()
    for role, name in _ROLES:
        made.setColor(role, QColor(colours[name]))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.dim))
    return made
