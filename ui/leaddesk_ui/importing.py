"""The import page in the window: built when it is first asked for, with its undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from leaddesk.words.imports import Imported, ImportUndone

from .rail import Place
from .tasks import Tasks

if TYPE_CHECKING:
    from .imports.page import ImportPage
    from .needs import Desk
    from .shell import Shell
    from .taking_in import TakingIn


class Importing(QObject):
    """Shows the page beside the rail; what was imported last is what Ctrl+Z takes back."""

    said = Signal(str, bool)
    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        failed: Callable[[Exception], None],
        taking_in: TakingIn,
        shell: Shell,
    ) -> None:
        super().__init__(shell)
        self._desk, self._tasks, self._failed = desk, tasks, failed
        self._taking_in, self._shell = taking_in, shell
        self._page: ImportPage | None = None

    @property
    def page(self) -> ImportPage:
        """The page, made when it is first asked for."""
        if self._page is None:
            self._page = self._built()
        return self._page

    def show(self) -> None:
        """Show the page: what is under way there goes on."""
        is_new = self._page is None
        self._shell.show_beside_rail(self.page)
        if is_new or self.page.is_at_rest:
            self.page.begin()

    def open(self, files: Sequence[str | Path]) -> None:
        """Look at these files."""
        self._shell.show_beside_rail(self.page)
        self.page.open([Path(file) for file in files])

    def refresh(self) -> None:
        """Something was taken back: the page shows what still stands."""
        if self._page is not None:
            self._page.work.read_past()

    def enter(self) -> bool:
        """What Enter does on the page; False when it is not in sight."""
        if self._in_sight is None:
            return False
        self._in_sight.enter()
        return True

    def step_back(self) -> bool:
        """What Esc does on the page; False when it is not in sight."""
        if self._in_sight is None:
            return False
        self._in_sight.step_back()
        return True

    @property
    def _in_sight(self) -> ImportPage | None:
        return self._page if self._page is not None and self._shell.shows(self._page) else None

    def _built(self) -> ImportPage:
        from .imports.page import ImportPage  # noqa: PLC0415 - not part of the start

        desk = self._desk
        page = ImportPage(desk.imports, desk.clock, self._tasks, self._shell.theme, self._failed)
        page.imported.connect(self._on_imported)
        page.undone.connect(self._on_undone)
        page.left.connect(lambda: self._shell.show_place(Place.TODAY))
        self._shell.closing.connect(page.work.cancel)
        return page

    def _on_imported(self, imported: Imported) -> None:
        from .imports import wording  # noqa: PLC0415 - not part of the start

        batch = imported.id
        if batch is not None:
            self._taking_in.remember(lambda: self._undone(batch))
        self.said.emit(wording.done(imported), batch is not None)
        self.changed.emit()

    def _undone(self, batch: int) -> str:
        """In a task: nothing of the page is touched here."""
        from .imports import wording  # noqa: PLC0415 - not part of the start

        return wording.undone(self._desk.imports.undo(batch))

    def _on_undone(self, result: ImportUndone) -> None:
        from .imports import wording  # noqa: PLC0415 - not part of the start

        self._taking_in.forget()
        self.said.emit(wording.undone(result), False)
        self.changed.emit()
