"""One plan edited: its name, its line, the chosen step, the real days, and what saving would change."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from leaddesk.rules.cadence.editing import added, cannot, end_offset, ended, moved, removed
from leaddesk.rules.cadence.manners import manners
from leaddesk.words.plan_view import PlanDraft
from leaddesk_ui.buttons import button, rename, set_primary, word
from leaddesk_ui.fields import bare_field
from leaddesk_ui.fonts import DEMI, font, scaled
from leaddesk_ui.layout import column, frame, row, scrolling
from leaddesk_ui.picker import Picker
from leaddesk_ui.text import elided, ink_of, label
from leaddesk_ui.theme import Theme

from . import wording
from .preview import Preview
from .step_bar import StepBar
from .timeline import REPLY, Timeline

_CAPS = tuple((n, f"{n} touch{'' if n == 1 else 'es'}") for n in range(1, 8))
_MARGIN = 28


class PlanEditor(QFrame):
    """`edited` with another draft; `save_requested`, `leave_requested`, `remove_plan_requested`."""

    edited = Signal(object)
    save_requested = Signal()
    changes_requested = Signal()
    leave_requested = Signal()
    remove_plan_requested = Signal()
    list_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "whole")
        self.draft: PlanDraft | None = None
        self._is_changed = False
        self.name = bare_field("Name of the plan", "Name")
        self.about = bare_field("What it is for", "What it is for")
        self.cap = Picker("At most so many touches in seven days")
        self.line, self.bar, self.preview = Timeline(theme), StepBar(), Preview(theme)
        self._starts, self._manners = elided("", 13, ink="dim"), label("", 13, wrap=True)
        self.said = label("", 13, ink="dim", wrap=True, tabular=True)
        self.save = button("Save", "Ctrl S", self.save_requested.emit)
        self.leave = button("Leave it", "Esc", self.leave_requested.emit)
        self.show_them = button("Show them", "W", self.changes_requested.emit)
        self.end_it = button("", "↵", self.add_the_end, primary=True)
        self.remove_plan = button("Remove plan …", "", self.remove_plan_requested.emit)
        self._back = word("‹ Plans", self.list_requested.emit, ink="dim")
        self._build()
        self._connect()

    def _connect(self) -> None:
        self.line.picked.connect(self._on_picked)
        self.line.move_requested.connect(self._on_moved)
        self.line.remove_requested.connect(self.remove_step)
        self.bar.changed.connect(self._edit)
        self.bar.add_requested.connect(self.add_step)
        self.bar.remove_requested.connect(self.remove_step)
        self.bar.move_requested.connect(self._on_moved)
        self.cap.chosen.connect(lambda cap: self._change(cap_per_week=cap))
        self.name.textEdited.connect(lambda text: self._change(name=text))
        self.about.textEdited.connect(lambda text: self._change(about=text))

    # ---- what it shows

    def show_draft(self, draft: PlanDraft, *, starts_for: str, is_changed: bool, may_remove: bool) -> None:
        """Show a draft: another plan, or the same after an edit."""
        is_other = self.draft is None or self.draft.name != draft.name
        chosen = min(self.line.chosen, len(draft.steps))
        self.draft, self._is_changed = draft, is_changed
        for edit, text in ((self.name, draft.name), (self.about, draft.about)):
            _show_text(edit, text)
        wanted = self.name.fontMetrics().horizontalAdvance(draft.name) + scaled(14)
        self.name.setFixedWidth(max(scaled(110), min(scaled(300), wanted)))
        self._starts.say(f"starts by itself for {starts_for}" if starts_for else "is chosen by hand")
        self.cap.offer(_CAPS, draft.cap_per_week)
        self.line.show_draft(draft, 0 if is_other and self.line.chosen == REPLY else chosen)
        self.bar.show_step(draft, self.line.chosen)
        self._manners.say(manners(draft.steps) if draft.steps else "")
        self.remove_plan.setVisible(may_remove)
        self._show_foot(draft)

    def show_saving(self, words: str, *, has_changes: bool) -> None:
        """What saving means; not over the sentence why it cannot be."""
        if self.draft is not None and not cannot(self.draft):
            self.said.say(words)
            ink_of(self.said, "dim")
            self.show_them.setVisible(has_changes and self._is_changed)

    def _show_foot(self, draft: PlanDraft) -> None:
        why = cannot(draft)
        self.save.setEnabled(self._is_changed and not why)
        set_primary(self.save, self._is_changed and not why)
        self.leave.setVisible(self._is_changed)
        self.show_them.setVisible(self.show_them.isVisibleTo(self) and self._is_changed and not why)
        self.end_it.setVisible(draft.end is None)
        if draft.end is None:
            when = end_offset(ended(draft))
            rename(self.end_it, f"Decide on day {when.days if when else 14}", "↵")
        if why:
            self.said.say(f"Not saved: {why[:1].lower()}{why[1:]}" if self._is_changed else why)
            ink_of(self.said, "danger")

    def show_wrong(self, sentence: str) -> None:
        """It was not saved, and why."""
        self.said.say(sentence)
        ink_of(self.said, "danger")

    def show_way_back(self, shown: bool) -> None:
        """In a narrow window the list is a word away."""
        self._back.setVisible(shown)

    # ---- what the person does

    def add_step(self) -> None:
        """One more step after the chosen one."""
        if self.draft is not None:
            place = min(self.line.chosen, len(self.draft.steps) - 1)
            more = added(self.draft, place)
            self.line.chosen = place + 1 if more != self.draft else self.line.chosen
            self._edit(more)

    def remove_step(self) -> None:
        """Without the chosen step, or without the end."""
        if self.draft is not None and self.line.chosen != REPLY:
            self._edit(removed(self.draft, self.line.chosen))

    def add_the_end(self) -> None:
        """A decision, where the plan stops nowhere."""
        if self.draft is not None and self.draft.end is None:
            self.line.chosen = len(self.draft.steps)
            self._edit(ended(self.draft))

    def enter(self) -> None:
        """What Enter does: the end that is missing, else saving."""
        if self.draft is not None and self.draft.end is None:
            self.add_the_end()
        elif self.save.isEnabled():
            self.save_requested.emit()

    def _on_picked(self, place: int) -> None:
        if self.draft is not None:
            self.bar.show_step(self.draft, place)

    def _on_moved(self, by: int) -> None:
        if self.draft is not None:
            other = moved(self.draft, self.line.chosen, by)
            if other != self.draft:
                self.line.chosen += by
                self._edit(other)

    def _change(self, **facts: object) -> None:
        if self.draft is not None:
            self._edit(replace(self.draft, **facts))  # type: ignore[arg-type]  # names of its own fields

    def _edit(self, draft: PlanDraft) -> None:
        if draft != self.draft:
            self.edited.emit(draft)

    # ---- how it is laid out

    def _build(self) -> None:
        self.name.setFont(font(22, DEMI))
        self.name.setMinimumHeight(scaled(36))
        head = row(self._back, space=10)
        head.addWidget(self.name)
        head.addWidget(self._starts, 1)
        for part in (label("at most", 13, ink="dim"), self.cap, label("in seven days", 13, ink="dim")):
            head.addWidget(part)
        rules = column(
            _told("It stops", label(wording.STOPS, 13, wrap=True)), _told("Manners", self._manners), space=8
        )
        parts = (self.about, 4, self.line, 4, self.bar, self.preview)
        lines = column(*parts, margins=(_MARGIN, 0, _MARGIN, 14), space=8)
        lines.addWidget(frame("quiet", rules))
        rules.setContentsMargins(*(scaled(n) for n in (14, 10, 14, 12)))
        lines.addStretch()
        content = QWidget()
        content.setLayout(lines)
        foot = row(margins=(_MARGIN, 10, _MARGIN, 14), space=8)
        foot.addWidget(self.said, 1)
        for one in (self.show_them, self.remove_plan, self.leave, self.save, self.end_it):
            foot.addWidget(one)
        head.setContentsMargins(*(scaled(n) for n in (_MARGIN, 12, _MARGIN, 0)))
        whole = column(head)
        whole.addWidget(scrolling(content), 1)
        whole.addLayout(foot)
        self.setLayout(whole)


def _show_text(edit: QLineEdit, text: str) -> None:
    """The cursor stays where the person types."""
    if edit.text() != text:
        edit.setText(text)


def _told(name: str, words: QWidget) -> QWidget:
    head = label(name, 13, DEMI)
    head.setFixedWidth(scaled(86))
    line = row(head, space=14)
    line.addWidget(words, 1)
    made = QWidget()
    made.setLayout(line)
    return made
