"""The stylesheet: how grounds, inks, fields and buttons of the look are drawn by Qt."""

from __future__ import annotations

from string import Template
from typing import get_args

from .tokens import Ink, Tokens

_SHEET = Template("""
QMainWindow, QWidget[ground="canvas"] { background: $canvas; }
QFrame[ground="rail"] { background: $rail; border: none; border-right: 1px solid $line; }
QFrame[ground="card"] { background: $card; border: 1px solid $edge; border-radius: 12px; }
QFrame[ground="quiet"] { background: $hover; border: 1px solid $edge; border-radius: 12px; }
QFrame[ground="mine"] { background: $selected; border: 1px solid $edge; border-radius: 12px; }
QFrame[ground="inset"] { background: $card; border: 1px solid $edge; border-radius: 8px; }
QFrame[ground="source"] { background: $hover; border: 1px solid $edge; border-radius: 8px; }
QFrame[ground="field"] { background: $hover; border: 1px solid $edge; border-radius: 10px; }
QWidget[ground="nobody"] { background: $hover; border-radius: 4px; }
QFrame[ground="lead"] { background: $card; border: none; border-left: 1px solid $line; }
QFrame[ground="whole"] { background: $card; border: none; }
QFrame[ground="side"] { background: $canvas; border: none; border-right: 1px solid $line; }
QFrame[ground="banner"] { background: $hover; border: none; border-bottom: 1px solid $line; }
QFrame[ground="undo"] { background: $selected; border: 1px solid $edge; border-radius: 10px; }
QFrame[ground="toast"] { background: $text; border: none; border-radius: 10px; }
QFrame[ground="sheet"] { background: $card; border: 1px solid $line; border-radius: 12px; }
QFrame[ground="composer"] { background: $card; border: 2px solid $accent; border-radius: 12px; }
QFrame[ground="key"] { background: $card; border: 1px solid $line; border-radius: 6px; }
QFrame[ground="tile"] { background: $cold_bg; border: none; border-radius: 8px; }
QFrame[ground="chosen"] { background: $selected; border: 2px solid $accent; border-radius: 12px; }
QFrame[ground="chosen"] QFrame[ground="tile"] { background: $card; }
QFrame[ground="unchosen"] { background: $card; border: 2px solid $edge; border-radius: 12px; }
QFrame[ground="number"] { background: $cold_bg; border: 1px solid $edge; border-radius: 12px; }
QFrame[ground="number"][rung="now"] { background: $now_bg; }
QFrame[ground="number"][rung="warm"] { background: $warm_bg; }
QFrame[ground="number"][rung="cooling"] { background: $cooling_bg; }
QFrame[ground="number"][rung="cool"] { background: $cool_bg; }
QProgressBar { background: $cold_bg; border: none; border-radius: 4px; }
QProgressBar::chunk { background: $text; border-radius: 4px; }
QFrame[ground="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[ground="clear"], QWidget[ground="clear"] { background: transparent; border: none; }
QScrollArea, QListView, QStackedWidget { background: transparent; border: none; outline: 0; }
QSplitter::handle { background: transparent; }

QLineEdit, QPlainTextEdit {
  background: $card; color: $text; border: 1px solid $line; border-radius: 8px;
  padding: 7px 12px; selection-background-color: $accent; selection-color: $on_accent;
  placeholder-text-color: $dim;
}
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid $text; padding: 6px 11px; }
QLineEdit[wrong="true"] { border: 2px solid $danger; padding: 6px 11px; }
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus {
  border: none; padding: 2px 0; background: transparent;
}
QPlainTextEdit[bare="true"], QPlainTextEdit[bare="true"]:focus {
  border: none; padding: 0; background: transparent;
}
QPlainTextEdit[prose="true"], QPlainTextEdit[prose="true"]:focus {
  background: transparent; border: none; padding: 0;
}
QPlainTextEdit[ink="dim"] { color: $dim; }

QPushButton {
  background: $hover; color: $text; border: 1px solid $line; border-radius: 8px; padding: 6px 12px;
}
QPushButton:hover { border-color: $dim; }
QPushButton:focus { border: 2px solid $text; padding: 5px 11px; }
QPushButton:disabled { color: $dim; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[primary="true"]:focus { border: 2px solid $text; }
QPushButton[picker="true"] { background: $card; text-align: left; }
QPushButton[chip="true"] { padding: 3px 9px; background: $card; }
QPushButton[chip="true"]:focus { border: 1px solid $text; background: $hover; }
QPushButton[chip="true"]:checked { border: 2px solid $text; padding: 2px 8px; }
QPushButton[word="true"] {
  background: transparent; border: none; padding: 2px 1px; text-decoration: underline; text-align: left;
}
QPushButton[word="true"][ink="dim"] { color: $dim; }
QPushButton[word="true"]:hover { color: $text; }
QPushButton[word="true"]:focus { background: $selected; border-radius: 4px; }
QPushButton[row="true"] {
  background: $hover; border: 1px solid $edge; border-radius: 10px; padding: 0; text-align: left;
}
QPushButton[row="true"]:hover { border-color: $line; }
QPushButton[row="true"]:checked { background: $selected; border: 1px solid $text; }
QPushButton[row="true"]:focus { border: 2px solid $text; }
QToolButton[place="true"] {
  background: transparent; color: $dim; border: none; border-radius: 10px; padding: 6px 2px;
}
QToolButton[place="true"]:hover { color: $text; }
QToolButton[place="true"]:checked { background: $card; color: $accent; }
QToolButton[place="true"]:focus { border: 2px solid $text; padding: 4px 0; }
QPushButton[group="true"] {
  background: transparent; border: none; border-radius: 8px; padding: 8px 10px; text-align: left;
}
QPushButton[group="true"]:checked { background: $card; }
QPushButton[group="true"]:focus { border: 2px solid $text; padding: 6px 8px; }

QPushButton[line="true"] {
  background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 0; text-align: left;
}
QPushButton[line="true"]:hover { border-color: $line; }
QPushButton[line="true"]:focus { border: 2px solid $text; }

QTableView {
  background: transparent; border: none; outline: 0; selection-background-color: transparent;
}
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
  background: transparent; color: $dim; border: none; border-bottom: 1px solid $line;
  padding: 0 4px 0 14px; text-align: left;
}
QHeaderView::section:hover { color: $text; }

QListView[choice="true"] {
  background: $hover; color: $text; border: 1px solid $edge; border-radius: 10px; padding: 4px;
}
QListView[choice="true"]:focus { border: 2px solid $text; padding: 3px; }
QListView[choice="true"]::item { color: $text; border-radius: 6px; padding: 5px 8px; }
QListView[choice="true"]::item:selected { background: $selected; color: $text; }

QMenu { background: $card; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 20px; border-radius: 6px; }
QMenu::item:selected { background: $selected; }
QToolTip { background: $card; color: $text; border: 1px solid $line; padding: 4px 6px; }
QScrollBar:vertical { background: transparent; width: 14px; margin: 0; }
QScrollBar::handle:vertical { background: $line; border-radius: 4px; min-height: 28px; margin-left: 6px; }
QScrollBar::handle:vertical:hover { background: $dim; }
QScrollBar:horizontal { background: transparent; height: 14px; margin: 0; }
QScrollBar::handle:horizontal { background: $line; border-radius: 4px; min-width: 28px; margin-top: 6px; }
QScrollBar::handle:horizontal:hover { background: $dim; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def stylesheet(tokens: Tokens) -> str:
    """Qt's stylesheet in the colours of one theme."""
    colours = tokens.colours()
    colours["on_text"] = tokens.canvas  # the toast's ground is ink
    sheet = _SHEET.substitute(
        colours,
        edge=tokens.line if tokens.outlined else "transparent",
    )
    inks = "".join(
        f'QLabel[ink="{ink}"] {{ color: {colours[ink]}; background: transparent; }}\n'
        for ink in get_args(Ink)
    )
    return inks + sheet
