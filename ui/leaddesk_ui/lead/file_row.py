"""The files that go out with an answer: each with its size and a way out, and whether they fit."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton

from leaddesk.rules.parts import wire_size
from leaddesk.words.account import Room
from leaddesk.words.outgoing import OutFile
from leaddesk_ui.buttons import button
from leaddesk_ui.flow import Flow
from leaddesk_ui.layout import column
from leaddesk_ui.text import cut, ink_of, label
from leaddesk_ui.times import size_words

_WIDEST = 260


class FileRow(QFrame):
    """Hidden while there are none. `changed` when one was taken out."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.setObjectName("file_row")
        self.files: tuple[OutFile, ...] = ()
        self._room = Room()
        self._place = column(space=4)
        self._said = label("", 12, ink="dim", wrap=True)
        self._flow: QFrame | None = None
        self._place.addWidget(self._said)
        self.setLayout(self._place)
        self.hide()

    @property
    def said(self) -> str:
        """How much it is, and that it is too much."""
        return self._said.text()

    def show_files(self, files: tuple[OutFile, ...], room: Room | None = None) -> None:
        """These go out with the answer; `room` is what the server said that it takes."""
        self._room = room or self._room
        self.files = files
        if self._flow is not None:
            self._place.removeWidget(self._flow)
            self._flow.hide()
            self._flow.deleteLater()
        self._flow = QFrame()
        self._flow.setProperty("ground", "clear")
        self._flow.setLayout(Flow([self._button(each) for each in files], space=6))
        self._place.insertWidget(0, self._flow)
        self._say()
        self.setVisible(bool(files))

    def add(self, files: tuple[OutFile, ...]) -> None:
        """More of them; one that is there already is not doubled."""
        known = {each.path for each in self.files}
        self.show_files((*self.files, *(each for each in files if each.path not in known)))

    def _say(self) -> None:
        size, most = wire_size("", [each.size for each in self.files]), self._room.bytes
        is_much = most is not None and size > most
        words = f"{size_words(size)} as a mail; they are read when you send"
        if is_much and most is not None:
            words = f"{size_words(size)} as a mail, but your server takes {size_words(most)} at most"
        self._said.say(f"{words}.")
        ink_of(self._said, "danger" if is_much else "dim")

    def _button(self, file: OutFile) -> QPushButton:
        made = button(f"{file.name} {size_words(file.size)}", "×", partial(self._take_out, file))
        made.setText(
            cut(made.fontMetrics(), file.name, _WIDEST).replace("&", "&&") + f"  {size_words(file.size)}  ×"
        )
        made.setAccessibleName(f"Take {file.name} out")
        return made

    def _take_out(self, file: OutFile) -> None:
        self.show_files(tuple(each for each in self.files if each != file))
        self.changed.emit()
