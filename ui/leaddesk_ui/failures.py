"""Our own faults: logged, shown on a card with a number, and the program lives on."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

_log = logging.getLogger("leaddesk.face")
_NOISE = ("This plugin does not support",)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Failures(QObject):
    """Takes every exception that nobody caught, from any thread. `happened` carries a number and a word."""

    happened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._count = 0

    def install(self) -> None:
        """Become the last resort of Python's threads and of Qt's messages."""
        sys.excepthook = self._take
        threading.excepthook = lambda args: self._take(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )
        qInstallMessageHandler(_on_qt)

    def take(self, error: Exception) -> None:
        """A task failed in a way that nobody expected."""
        self._take(type(error), error, error.__traceback__)

    def _take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._count += 1
        number = f"F{self._count}-{_place(trace)}"
        _log.error("%s %s", number, "".join(traceback.format_exception(kind, error, trace)))
        self.happened.emit(number, f"{kind.__name__}: {error}")


def _place(trace: TracebackType | None) -> str:
    last = traceback.extract_tb(trace)[-1:] if trace else []
    return f"{last[0].name.strip('<>')}-{last[0].lineno}" if last else "unknown"


def _on_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    if not message.startswith(_NOISE):
        _log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)
