"""The first answer's check, as quiet words under the text: what it has, and what it might still have."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame

from leaddesk.words.writing import Hint
from leaddesk_ui.flow import Flow
from leaddesk_ui.text import Words, ink_of, label

_MET, _OPEN = "✓", "○"


class CheckLine(QFrame):
    """Never red, never in the way: a hint is dim until it is met."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.setObjectName("check_line")
        self._labels: list[Words] = [label("", 12, ink="dim") for _ in range(4)]
        self.setLayout(Flow(self._labels, space=14))
        self.hide()

    @property
    def words(self) -> tuple[str, ...]:
        """What stands there."""
        return tuple(one.text() for one in self._labels if not one.isHidden())

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Show these; nothing at all where there are none."""
        for place, shown in enumerate(self._labels):
            hint = hints[place] if place < len(hints) else None
            shown.setVisible(hint is not None)
            if hint is not None:
                shown.say(f"{_MET if hint.is_met else _OPEN} {hint.words}")
                ink_of(shown, "good" if hint.is_met else "dim")
        self.setVisible(bool(hints))
        self.updateGeometry()
