"""Garbage is collected on the Qt thread alone: no task's thread may destroy a widget that lay in a cycle."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_PAUSE_MS = 3000


class Collector(QObject):
    """Takes over from Python's own collector, which runs on whatever thread makes the next object.

    Qt crashes when a widget is destroyed by another thread than its own, and a lambda that names its
    widget is cycle enough.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self, interval=_PAUSE_MS)
        self._timer.timeout.connect(collect_due)
        self._timer.start()


def collect_due() -> None:
    """Collect the generations that are full, as Python itself would."""
    for generation, most in enumerate(gc.get_threshold()):
        if gc.get_count()[generation] <= most:
            return
        gc.collect(generation)
