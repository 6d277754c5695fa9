"""The files of one mail: pictures shown small, all opened or saved only when the person asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from leaddesk.words.mail import Attachment
from leaddesk_ui.buttons import word
from leaddesk_ui.flow import Flow
from leaddesk_ui.fonts import font, scaled
from leaddesk_ui.icons import pixmap
from leaddesk_ui.layout import column, row
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import cut, label
from leaddesk_ui.theme import Theme
from leaddesk_ui.times import size_words

from .pictures import is_picture, thumbnail

if TYPE_CHECKING:
    from leaddesk_ui.needs import Receive

_MOST_PICTURES = 12
_WIDTH, _HEIGHT = 132, 84


class FileTile(QPushButton):
    """One file: its picture or its icon, its name and size under it. Pressing it asks to open it."""

    def __init__(self, attachment: Attachment, theme: Theme) -> None:
        super().__init__()
        self.attachment, self._theme = attachment, theme
        self._picture: QPixmap | None = None
        self.setFixedSize(scaled(_WIDTH), scaled(_HEIGHT + 20))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"Open {attachment.name}, {size_words(attachment.size)}")
        theme.changed.connect(self.update)

    def show_picture(self, image: QImage | None) -> None:
        """Show the picture that was decoded elsewhere; None leaves the icon."""
        if image is not None:
            self._picture = QPixmap.fromImage(image)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(0, 0, self.width(), scaled(_HEIGHT))
        self._paint_picture(painter, area)
        if self.hasFocus():
            painter.setPen(QColor(self._theme.tokens.text))
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setFont(font(11))
        painter.setPen(QColor(self._theme.tokens.dim))
        size = f", {size_words(self.attachment.size)}"
        room = self.width() - painter.fontMetrics().horizontalAdvance(size)
        words = cut(painter.fontMetrics(), self.attachment.name, room) + size
        under = QRectF(0, area.bottom() + 3, self.width(), scaled(17))
        painter.drawText(under, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_picture(self, painter: QPainter, area: QRectF) -> None:
        tokens = self._theme.tokens
        clip = QPainterPath()
        clip.addRoundedRect(area, 8, 8)
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(area, QColor(tokens.cold_bg))
        if self._picture is not None:
            painter.drawPixmap(area, self._picture, QRectF(self._picture.rect()))
        else:
            self._paint_icon(painter, area)
        painter.restore()

    def _paint_icon(self, painter: QPainter, area: QRectF) -> None:
        size = scaled(28)
        name = "picture" if is_picture(self.attachment.type, 0) else "file"
        drawn = pixmap(name, size, self._theme.tokens.cold)
        left, top = (area.width() - size) / 2, (area.height() - size) / 2
        painter.drawPixmap(int(left), int(top), drawn)


class FilesOfMail(QFrame):
    """The tiles of one mail and the words Open and Save all."""

    open_requested = Signal(int, int)
    save_requested = Signal(int)

    def __init__(self, mail: int, files: tuple[Attachment, ...], theme: Theme) -> None:
        super().__init__()
        self.mail, self.files = mail, files
        self.setProperty("ground", "clear")
        self._tiles = [FileTile(one, theme) for one in files[:_MOST_PICTURES]]
        self._build()

    def _build(self) -> None:
        tiles = QWidget()
        tiles.setLayout(Flow(self._tiles))
        for tile in self._tiles:
            tile.clicked.connect(self._asks_to_open(tile.attachment.index))
        more = len(self.files) - len(self._tiles)
        said = f"And {more} more; Save all has them. " if more > 0 else ""
        words = row(
            label(f"{said}A file opens only when you ask for it.", 12, ink="dim"),
            None,
            word("Open", self.open_first),
            label("O", 12, ink="dim"),
            8,
            word("Save all", self.save_all),
            label("Ctrl S", 12, ink="dim"),
            space=6,
        )
        self.setLayout(column(tiles, 4, words))

    def load(self, receive: Receive, tasks: Tasks) -> None:
        """Read and decode the pictures, one task a picture, off the Qt thread."""
        size = QSize(scaled(_WIDTH), scaled(_HEIGHT)) * 2
        for tile in self._tiles:
            one = tile.attachment
            if is_picture(one.type, one.size):
                tasks.run(self._decode(receive, one.index, size), tile.show_picture, _stay_with_icon)

    def open_first(self) -> None:
        """Ask to open the first file, or the one with the focus."""
        focused = next((tile for tile in self._tiles if tile.hasFocus()), self._tiles[0])
        self.open_requested.emit(self.mail, focused.attachment.index)

    def save_all(self) -> None:
        """Ask to save every file of this mail."""
        self.save_requested.emit(self.mail)

    def _asks_to_open(self, index: int) -> Callable[[], None]:
        return lambda: self.open_requested.emit(self.mail, index)

    def _decode(self, receive: Receive, index: int, size: QSize) -> Callable[[], QImage | None]:
        mail = self.mail
        return lambda: thumbnail(receive.attachment(mail, index)[1], size)


def _stay_with_icon(error: Exception) -> None:
    """A picture that cannot be had keeps its icon: the file itself can still be saved."""
