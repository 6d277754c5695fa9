"""The lead's page: its head, its conversation, the composer when it is open, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from leaddesk.words.errors import LeadDeskError
from leaddesk.words.outgoing import Resolution
from leaddesk.words.views import LeadView
from leaddesk_ui.forms.hint_line import HintLine
from leaddesk_ui.keys import Action
from leaddesk_ui.layout import column
from leaddesk_ui.sheet import SheetHost
from leaddesk_ui.states import LoadingLead, Plain
from leaddesk_ui.tasks import Latest, Tasks
from leaddesk_ui.theme import Theme

from .actions import ActionBar, is_to_decide
from .answering import Answering
from .contact_line import ContactLine
from .deeds import Deeds
from .foot import LeadFoot
from .header import LeadHeader
from .holding_line import HoldingLine
from .keeping import FileKeeping
from .plan_line import PlanLine
from .same_line import SameLine
from .source_line import SourceLine
from .timeline import Timeline

if TYPE_CHECKING:
    from leaddesk_ui.needs import Calls, Clock, Decide, Following, Leads, Receive, Reply

_TICK_MS = 1000


class LeadPage(QFrame):
    """Shows one lead. Signals what the window must know: done things, the next one, the way back."""

    done = Signal(str, bool)
    """What was done in a sentence, and whether it can be taken back."""
    next_requested = Signal(int)
    back_requested = Signal()
    raw_requested = Signal(int)
    teach_requested = Signal(int)
    """The lead by whose mail is to be taught."""
    register_requested = Signal(object)
    """The form of this enquiry."""
    point_requested = Signal(int)
    """A mail to be read otherwise."""
    sources_requested = Signal(int)
    contact_requested = Signal(object, Action)
    """May this view's lead be contacted, or whose is it? Opens the sheet of the action."""
    same_requested = Signal(object)
    """Who is the same person as this view's?"""
    shown = Signal(object)
    """The view that is shown now."""
    account_requested = Signal()
    """They can be answered once there is a mail account."""
    said = Signal(str)

    def __init__(
        self,
        leads: Leads,
        reply: Reply,
        calls: Calls,
        decide: Decide,
        following: Following,
        receive: Receive,
        clock: Clock,
        tasks: Tasks,
        theme: Theme,
    ) -> None:
        super().__init__()
        self._leads, self._clock = leads, clock
        self._wanted: int | None = None
        self._waiting_action: Action | None = None
        self.view: LeadView | None = None
        self._header = LeadHeader(theme)
        self._timeline = Timeline(clock, receive, tasks, theme)
        self._source, self._hint = SourceLine(), HintLine()
        self._holding = HoldingLine(clock)
        self._plan = PlanLine()
        self.foot = LeadFoot(self._plan)
        self.same, self.contact = SameLine(), ContactLine()
        self._bar = ActionBar()
        self._content = QWidget()
        self._loading, self._plain = LoadingLead(theme), Plain((28, 60, 28, 0))
        self._stack = QStackedWidget()
        self.sheets = SheetHost(self, theme)
        self._deeds = Deeds(calls, decide, following, reply, clock, tasks, self.sheets)
        self.answering = Answering(reply, clock, tasks, self)
        self.files = FileKeeping(receive, tasks, self)
        self._latest = Latest(tasks, self._read, self.show_lead, self._on_failed)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._build()
        self._connect()
        self.show_nobody()

    def _build(self) -> None:
        self.setProperty("ground", "lead")
        self.setObjectName("lead")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # where the focus rests when a field is gone
        above = (self.contact, self.same, self._source)
        lines = column(self._header, *above, margins=(28, 14, 28, 14), space=8)
        lines.addWidget(self._timeline, 1)
        self.foot.put(self.contact.holder, lambda: self.contact.is_held)
        self.foot.put(self._hint, lambda: self._hint.is_told)
        self.foot.put(self._holding, lambda: self._holding.is_told)
        self.foot.put(self.same.says, lambda: self.same.is_joined)
        self.foot.put(self._source.told, self._source.isHidden)
        lines.addWidget(self.foot)
        lines.addWidget(self.answering.place)
        lines.addWidget(self.answering.bar)
        lines.addWidget(self._bar)
        self._content.setLayout(lines)
        for part in (self._content, self._loading, self._plain):
            self._stack.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _connect(self) -> None:
        self._tick.timeout.connect(self._on_tick)
        self._header.back_requested.connect(self.back_requested)
        self._bar.pressed.connect(self.do)
        self._bar.next_pressed.connect(self._on_next)
        self._source.pressed.connect(self.do)
        self._plan.pressed.connect(self.do)
        self._hint.pressed.connect(self.do)
        self.contact.pressed.connect(self.do)
        for asks in (self.same, self.contact):
            asks.changed.connect(self._settle_lines)
        self._timeline.resolved.connect(self._on_resolved)
        self._timeline.taken_back.connect(self.answering.take_back)
        self._timeline.open_requested.connect(self.files.open_file)
        self._timeline.save_requested.connect(self._on_save)
        self.files.said.connect(self.said)
        self._deeds.done.connect(self._on_done)
        self.answering.done.connect(self._on_done)
        self.answering.said.connect(self.said)
        self.answering.opened.connect(self._on_composer)

    @property
    def lead(self) -> int | None:
        """The lead that is shown or on its way."""
        return self._wanted

    def open(self, lead: int) -> None:
        """Read a lead and show it."""
        if lead != self._wanted:
            self.answering.leave()
            self.sheets.close_sheet()
        self._wanted = lead
        if self.view is None:
            self._stack.setCurrentWidget(self._loading)
        self._latest.read()

    def reload(self) -> None:
        """Read the lead that is shown again."""
        if self._wanted is not None:
            self.open(self._wanted)

    def show_lead(self, view: LeadView | None) -> None:
        """Show a lead that was read, unless another one is wanted by now.

        Of joined leads the one that goes on is shown, whichever was wanted.
        """
        if view is None or self._wanted not in (view.lead, *(each.lead for each in view.joined)):
            return
        self.view, self._wanted = view, view.lead
        self._header.show_lead(view, self._clock.now())
        self._source.show_lead(view)
        self._plan.show_lead(view)
        self._hint.show_lead(view)
        self._holding.show_lead(view)
        self.same.show_lead(view)
        self.contact.show_lead(view)
        self._timeline.show_lead(view)
        self._settle_lines()
        self.foot.show_lead(view)
        self._bar.show_lead(view)
        self._stack.setCurrentWidget(self._content)
        self.shown.emit(view)
        self._do_waiting()

    def do_when_shown(self, action: Action) -> None:
        """Do something as soon as the lead that is wanted is read."""
        self._waiting_action = action
        if self.view is not None and self.view.lead == self._wanted:
            self._do_waiting()

    def show_nobody(self, sentence: str = "Whoever you choose on the left is shown here.") -> None:
        """Show that no lead is open."""
        self._wanted, self.view = None, None
        self._plain.say("", sentence)
        self._stack.setCurrentWidget(self._plain)

    def _settle_lines(self) -> None:
        """One line stands over the letter: a wish of theirs, else a question, else the source."""
        self.same.setVisible(self.same.is_asking and not self.contact.is_asking)
        self._source.setVisible(not (self.contact.is_asking or self.same.is_asking))
        self.foot.settle()

    def cover(self, covers: bool) -> None:
        """The lead covers the queue, or stands beside it."""
        self._header.show_back(covers)
        self.setProperty("ground", "whole" if covers else "lead")
        self.style().unpolish(self)
        self.style().polish(self)

    @property
    def header(self) -> LeadHeader:
        """The head, for who else waits."""
        return self._header

    def do(self, action: Action) -> None:
        """Do what a key or its button asks. Nothing is done while no lead is shown."""
        view = self.view
        if action is Action.TAKE_BACK:
            self.answering.bar.take_back()
        elif view is None or view.lead != self._wanted:
            return
        elif deed := self._deed(action):
            deed(view)

    def step_back(self) -> bool:
        """Close the composer; False when it was not open."""
        if not self.answering.is_open:
            return False
        self.answering.close()
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()
        self._on_tick()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    def _deed(self, action: Action) -> Callable[[LeadView], object] | None:
        deeds: dict[Action, Callable[[LeadView], object]] = {
            Action.REPLY: self._reply,
            Action.CALLED: self._deeds.call,
            Action.TEXT: self._deeds.text,
            Action.NOTE: self._deeds.note,
            Action.SNOOZE: self._deeds.snooze,
            Action.CLOSE: self._deeds.close,
            Action.NOT_A_LEAD: self._deeds.judge_out,
            Action.TEACH: lambda view: self.teach_requested.emit(view.lead),
            Action.GOT_IT: self._deeds.got,
            Action.SKIP_STEP: self._deeds.skip_step,
            Action.PLAN: self._deeds.plan,
            Action.NEXT: self._enter,
            Action.OPEN_FILE: lambda _: self._timeline.open_file(),
            Action.SAVE_FILES: lambda _: self._timeline.save_files(),
            Action.RAW: self._show_raw,
            Action.SAME: self.same_requested.emit,
            Action.APART: lambda _: self.same.take_apart(),
            Action.NO_CONTACT: lambda view: self.contact_requested.emit(view, action),
            Action.GIVE: lambda view: self.contact_requested.emit(view, action),
            Action.REGISTER_FORM: self._register_form,
            Action.POINT: self._point,
            Action.SOURCES: lambda view: self.sources_requested.emit(view.lead),
        }
        return deeds.get(action)

    def _enter(self, view: LeadView) -> None:
        """What the coloured button says: a decision that is due comes before the next lead."""
        if is_to_decide(view):
            self._deeds.close(view)
        else:
            self._on_next()

    def _on_next(self) -> None:
        if self.view is not None:
            self.next_requested.emit(self.view.lead)

    def _register_form(self, view: LeadView) -> None:
        if view.form is not None and view.form.to_register:
            self.register_requested.emit(view.form)

    def _point(self, view: LeadView) -> None:
        """The newest enquiry's mail is the sample to point into."""
        mail = view.form.mail if view.form else view.enquiries[-1].mail if view.enquiries else None
        if mail is not None:
            self.point_requested.emit(mail)

    def _reply(self, view: LeadView) -> None:
        if view.reply_to is None and view.portal is not None:
            self._deeds.portal(view, view.portal)
        elif view.reply_to is not None and not view.can_reply:
            self.account_requested.emit()
        else:
            self.answering.open(view)

    def _show_raw(self, view: LeadView) -> None:
        mail = next((item.mail for item in reversed(view.timeline) if item.mail is not None), None)
        if mail is not None:
            self.raw_requested.emit(mail)

    def _on_save(self, mail: int) -> None:
        files = self._timeline.files_of(mail)
        if files:
            self.files.save_files(mail, files)

    def _on_resolved(self, outgoing: int, how: Resolution) -> None:
        if self.view is not None:
            self._deeds.resolve(self.view.lead, outgoing, how)

    def _on_done(self, lead: int, sentence: str, undoable: bool) -> None:
        if lead == self._wanted:
            self.reload()
        self.done.emit(sentence, undoable)

    def _on_composer(self, is_open: bool) -> None:
        self._bar.setVisible(not is_open)
        self.foot.setVisible(not is_open)
        if is_open:
            self._timeline.keep_in_sight()
        else:
            self.setFocus()

    def _on_tick(self) -> None:
        if self.window().isMinimized():
            return
        self._header.tick(self._clock.now())
        if self._timeline.is_of_another_day:
            self.reload()

    def _do_waiting(self) -> None:
        action, self._waiting_action = self._waiting_action, None
        if action is not None:
            self.do(action)

    def _read(self) -> LeadView | None:
        wanted = self._wanted
        return None if wanted is None else self._leads.show(wanted)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, LeadDeskError):
            raise error
        self._plain.say(error.sentence, error.mend, "Try again", "", self.reload)
        self._stack.setCurrentWidget(self._plain)
