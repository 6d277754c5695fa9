"""Opening and saving the files that somebody sent: only on a key, with a warning where one may do harm."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from leaddesk.words.mail import Attachment
from leaddesk_ui.ask import Answer, ask
from leaddesk_ui.tasks import Tasks

from .files import clean_name, is_risky, save_new

if TYPE_CHECKING:
    from leaddesk_ui.needs import Receive


class FileKeeping(QObject):
    """Reads files off the Qt thread and writes them where the person said. `said` has a sentence."""

    said = Signal(str)

    def __init__(self, receive: Receive, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._receive, self._tasks, self._window = receive, tasks, window
        self.folder: tempfile.TemporaryDirectory[str] | None = None

    def open_file(self, mail: int, index: int) -> None:
        """Open one file with the desktop's program for it, from a private copy."""
        self._tasks.run(lambda: self._receive.attachment(mail, index), self._on_read)

    def save_files(self, mail: int, files: tuple[Attachment, ...]) -> None:
        """Ask for a folder and save every file of a mail into it."""
        risky = [one.name for one in files if is_risky(one.name)]
        if risky and not self._may(f"“{clean_name(risky[0])}” can run as a program.", "Save it all the same"):
            return
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        chosen = QFileDialog.getExistingDirectory(self._window, "Save the files in", start)
        if chosen:
            self._tasks.run(self._saving(mail, files, Path(chosen)), self._on_saved, self._on_not_saved)

    def close(self) -> None:
        """Remove the private copies."""
        if self.folder is not None:
            self.folder.cleanup()
            self.folder = None

    def _on_read(self, file: tuple[str, bytes]) -> None:
        name, data = file
        if is_risky(name) and not self._may(
            f"“{clean_name(name)}” can run as a program.", "Open it all the same"
        ):
            return
        folder = self._private()
        self._tasks.run(lambda: save_new(folder, name, data), self._on_ready, self._on_not_saved)

    def _on_ready(self, path: Path) -> None:
        if not open_with_desktop(path):
            self.said.emit(f"No program here opens {path.name}. Ctrl S saves it.")

    def _saving(
        self, mail: int, files: tuple[Attachment, ...], folder: Path
    ) -> Callable[[], tuple[int, Path]]:
        def save() -> tuple[int, Path]:
            for one in files:
                save_new(folder, *self._receive.attachment(mail, one.index))
            return len(files), folder

        return save

    def _on_saved(self, saved: tuple[int, Path]) -> None:
        count, folder = saved
        self.said.emit(f"{'One file' if count == 1 else f'{count} files'} saved in {folder}.")

    def _on_not_saved(self, error: Exception) -> None:
        if not isinstance(error, OSError):
            raise error
        self.said.emit(f"The file was not saved: {error.strerror or error}.")

    def _private(self) -> Path:
        if self.folder is None:
            self.folder = tempfile.TemporaryDirectory(prefix="leaddesk-", ignore_cleanup_errors=True)
        return Path(self.folder.name)

    def _may(self, sentence: str, yes: str) -> bool:
        detail = "It came by mail. Open such files only from people you know."
        return ask(self._window, sentence, detail, yes, "Leave it") is Answer.YES


def open_with_desktop(path: Path) -> bool:
    """Hand a file to the desktop's program for it; False where there is certainly none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
