"""Small pictures of what somebody sent, decoded off the Qt thread and within bounds."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

_FORMATS = frozenset((b"jpeg", b"png", b"gif", b"webp", b"bmp"))
"""Never SVG: it may name files of this machine."""
_ALLOCATION_MB = 64
_LARGEST_FILE = 20_000_000


def is_picture(mime_type: str, size: int) -> bool:
    """Whether a file may be shown small."""
    kind, _, sub = mime_type.lower().partition("/")
    return kind == "image" and "svg" not in sub and size <= _LARGEST_FILE


def thumbnail(data: bytes, within: QSize) -> QImage | None:
    """The picture in `data`, filling `within`, or None when it is none that we show. Safe in any thread."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(_ALLOCATION_MB)
    reader = QImageReader(buffer)
    if bytes(reader.format().data()) not in _FORMATS:
        return None
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(within, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    return None if image.isNull() else _cropped(image, within)


def _cropped(image: QImage, within: QSize) -> QImage:
    filled = image.scaled(
        within, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    left, top = (filled.width() - within.width()) // 2, (filled.height() - within.height()) // 2
    return filled.copy(left, top, within.width(), within.height())
