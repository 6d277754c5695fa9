"""The bar under the line: the chosen step edited in place, and what is to be said of it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from leaddesk.rules.cadence.editing import changed
from leaddesk.rules.cadence.manners import advice
from leaddesk.words.cadence import After, End, Step
from leaddesk.words.due import Way
from leaddesk.words.plan_view import PlanDraft
from leaddesk_ui.buttons import button, word
from leaddesk_ui.flow import Flow
from leaddesk_ui.fonts import DEMI
from leaddesk_ui.layout import column, frame, row
from leaddesk_ui.picker import Picker
from leaddesk_ui.text import label

from . import wording
from .timeline import REPLY


class StepBar(QFrame):
    """`changed` with another draft; the other signals speak of the chosen step."""

    changed = Signal(object)
    add_requested = Signal()
    remove_requested = Signal()
    move_requested = Signal(int)
    """How many places on."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "quiet")
        self._draft: PlanDraft | None = None
        self._place = REPLY
        self._name, self._after, self._from = label("", 13, DEMI), label("", 13), label("from", 13)
        self.way, self.gap, self.text = Picker("What"), Picker("How long after"), Picker("Text")
        self.end = Picker("How the plan ends")
        self.add = button("Add a step", "+", self.add_requested.emit)
        self.remove = button("Remove", "Del", self.remove_requested.emit)
        self.earlier = word("Earlier", lambda: self.move_requested.emit(-1))
        self.later = word("Later", lambda: self.move_requested.emit(1))
        self._said = label("", 12, ink="dim", wrap=True)
        self._build()
        self.way.chosen.connect(self._on_way)
        self.gap.chosen.connect(self._on_gap)
        self.text.chosen.connect(lambda name: self._keep(replace(self._step, template=name)))
        self.end.chosen.connect(self._on_end)

    def _build(self) -> None:
        parts = (self._name, self.way, self.end, self.gap, self._after, self._from, self.text,
                 self.earlier, self.later)  # fmt: skip
        self._flow = Flow(parts, space=8)
        for words in (self._name, self._after, self._from, self.earlier, self.later):
            words.setMinimumHeight(self.way.sizeHint().height())
        left = QWidget()
        left.setLayout(self._flow)
        top = row(space=14)
        top.addWidget(left, 1)
        top.addWidget(frame("clear", row(self.add, self.remove)), 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(top, self._said, margins=(14, 10, 14, 10), space=6))

    @property
    def _step(self) -> Step:
        assert self._draft is not None
        return self._draft.steps[self._place]

    def show_step(self, draft: PlanDraft, place: int) -> None:
        """Show another step, or the reply, or the end."""
        self._draft, self._place = draft, place
        is_step, is_end = 0 <= place < len(draft.steps), place == len(draft.steps)
        decides = is_end and draft.end is End.DECIDE
        has_text = is_step and self._has_text(draft, place)
        for part, shown in (
            (self.way, is_step), (self.text, has_text), (self._from, has_text),
            (self.end, is_end and draft.end is not None),
            (self.gap, is_step or decides), (self._after, is_step or decides),
        ):  # fmt: skip
            part.setVisible(shown)
        self.earlier.setVisible(is_step and place > 0)
        self.later.setVisible(is_step and place < len(draft.steps) - 1)
        self.remove.setVisible(is_step or (is_end and draft.end is not None))
        self._name.say("Reply" if place == REPLY else "End" if is_end else f"Step {place + 1}")
        if is_step:
            self._show_step(draft, place)
        elif is_end and draft.end is not None:
            self.end.offer(wording.ENDS, draft.end)
            self.gap.offer(wording.gaps(draft.decides_after), draft.decides_after)
        self._after.say(wording.before_words(draft, place) if place >= 0 else "")
        self._said.say(self._words(draft, place))
        self._said.setVisible(bool(self._said.text()))
        self._flow.invalidate()

    @staticmethod
    def _has_text(draft: PlanDraft, place: int) -> bool:
        step = draft.steps[place]
        return step.way in (Way.EMAIL, Way.TEXT, Way.WHATSAPP) or bool(step.template)

    def _show_step(self, draft: PlanDraft, place: int) -> None:
        step = draft.steps[place]
        self.way.offer(wording.WAYS, step.way)
        self.gap.offer(wording.gaps(step.after), step.after)
        self.text.offer(wording.texts(step), step.template)

    def _words(self, draft: PlanDraft, place: int) -> str:
        if place == REPLY:
            return (
                "The first reply is due at once, whatever the plan; its text is chosen by where they wrote."
            )
        if place < len(draft.steps):
            return advice(draft.steps, place)
        if draft.end is None:
            return "A plan needs an end, so that nobody is chased for ever: Enter adds a decision."
        if draft.end is End.DECIDE:
            return "The lead comes back to you: won, lost with its reason, no response, or a named next date."
        return "A week after the last step the lead is closed as no response; a later answer opens it again."

    # ---- what the person chose

    def _on_way(self, way: Way) -> None:
        """A text that does not go by the new way is let go."""
        step = replace(self._step, way=way)
        known = {name for name, _ in wording.texts(replace(step, template=""))}
        self._keep(step if step.template in known else replace(step, template=""))

    def _on_gap(self, after: After) -> None:
        draft = self._draft
        if draft is not None and self._place == len(draft.steps):
            self._say(replace(draft, decides_after=after))
        else:
            self._keep(replace(self._step, after=after))

    def _on_end(self, end: End) -> None:
        if self._draft is not None:
            self._say(replace(self._draft, end=end))

    def _keep(self, step: Step) -> None:
        if self._draft is not None:
            self._say(changed(self._draft, self._place, step))

    def _say(self, draft: PlanDraft) -> None:
        self.changed.emit(draft)
