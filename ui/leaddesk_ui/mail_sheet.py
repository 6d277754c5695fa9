"""A mail as it came: its bytes as plain text, nothing loaded, nothing run."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from .buttons import button
from .fields import sheet_of_paper
from .fonts import DEMI, font, scaled
from .layout import column, row
from .sheet import Sheet
from .text import label

_MOST = 200_000


class MailSheet(Sheet):
    """Shows the first 200,000 characters of a mail."""

    def __init__(self, raw: bytes) -> None:
        super().__init__("The mail as it came", 900)
        text = raw[: _MOST * 4].decode("utf-8", "replace").replace("\r\n", "\n").replace("\0", "\ufffd")
        cut = len(text) > _MOST
        self._paper = sheet_of_paper("The mail as it came")
        self._paper.setReadOnly(True)
        self._paper.setFont(_fixed())
        self._paper.setMinimumHeight(scaled(380))
        self._paper.setPlainText(text[:_MOST])
        said = "Shown as plain text; nothing in it is opened." + (" Only its start is shown." if cut else "")
        lines = column(label("The mail as it came", 16, DEMI), 6, margins=(28, 20, 28, 20), space=8)
        lines.addWidget(self._paper, 1)
        lines.addLayout(row(label(said, 12, ink="dim"), None, button("Close", "Esc", self.closed.emit)))
        self.setLayout(lines)

    def begin(self) -> None:
        self._paper.setFocus()


def _fixed() -> QFont:
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setPointSizeF(font(12).pointSizeF())
    return made
