"""The floors: the least that each promise could cost, as programs of their own."""

from __future__ import annotations

import sys
import time
from pathlib import Path


def idle_loop(host: str, port: int, ca_file: str, user: str, password: str) -> None:
    """A bare IDLE loop: prints the monotonic time of each EXISTS."""
    import imaplib  # the other floors pay for none of it
    import ssl

    context = ssl.create_default_context(cafile=ca_file)
    client = imaplib.IMAP4_SSL(host, port, ssl_context=context)
    client.login(user, password)
    client.select(readonly=True)
    client.send(b"A1 IDLE\r\n")
    while line := client.readline():
        if line.startswith(b"+"):
            print("ready", flush=True)
        elif b"EXISTS" in line:
            print(time.monotonic(), flush=True)


def window_with_rows(database: str) -> None:
    """A PySide6 window that imports peewee and apsw, reads 200 rows, paints them and ends.

    peewee imports psycopg where it is installed, which the program spares itself: so does the floor.
    """
    for driver in ("psycopg", "psycopg2"):
        sys.modules.setdefault(driver, None)  # type: ignore[arg-type]  # None is Python's word for "absent"
    import apsw  # noqa: F401
    import peewee
    from playhouse.apsw_ext import APSWDatabase
    from PySide6.QtCore import QStringListModel, QTimer
    from PySide6.QtWidgets import QApplication, QListView, QMainWindow

    class Lead(peewee.Model):
        name = peewee.TextField()
        wants = peewee.TextField()

        class Meta:
            database = APSWDatabase(sys.argv[2])
            table_name = "lead"

    application = QApplication(sys.argv[:1])

    class View(QListView):
        def paintEvent(self, event: object) -> None:
            super().paintEvent(event)  # type: ignore[arg-type]  # Qt gives a QPaintEvent
            QTimer.singleShot(0, application.quit)

    names = [f"{row.name}: {row.wants}" for row in Lead.select().limit(200)]
    window, view = QMainWindow(), View()
    view.setModel(QStringListModel(names))
    window.setCentralWidget(view)
    window.resize(1280, 800)
    window.show()
    application.exec()


def empty_window() -> None:
    """An empty PySide6 window that stays."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1280, 800)
    window.show()
    application.exec()


def script(name: str) -> list[str]:
    """The command that runs a floor in a process of its own."""
    return [sys.executable, str(Path(__file__)), name]


if __name__ == "__main__":
    match sys.argv[1]:
        case "idle":
            idle_loop(sys.argv[2], int(sys.argv[3]), *sys.argv[4:7])
        case "rows":
            window_with_rows(sys.argv[2])
        case "empty":
            empty_window()
