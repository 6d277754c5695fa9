"""What a person does with a lead, asked of the desk: each says in words what was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from leaddesk.rules.calling import Reaching, reaching
from leaddesk.words.cadence import Plan
from leaddesk.words.due import Way
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.lead import Channel, Outcome, Reached, Standing
from leaddesk.words.outgoing import Outgoing, Resolution
from leaddesk.words.states import UNTIL_THEY_REPLY, What
from leaddesk.words.views import LeadView
from leaddesk_ui.fonts import scaled
from leaddesk_ui.qr import code_of
from leaddesk_ui.sheet import SheetHost
from leaddesk_ui.tasks import Failed, Tasks
from leaddesk_ui.times import at_words

from .call_sheet import CallSheet
from .decision_sheets import CloseSheet, NoteSheet, SnoozeSheet
from .plan_sheet import PlanSheet
from .text_sheet import TextSheet

if TYPE_CHECKING:
    from leaddesk_ui.needs import Calls, Clock, Decide, Following, Reply

_ENDS = {Outcome.WON: "won", Outcome.LOST: "lost", Outcome.NO_RESPONSE: "no response"}
_WENT = {
    Reached.REACHED: "reached",
    Reached.VOICEMAIL: "voicemail",
    Reached.NO_ANSWER: "no answer",
    Reached.WRONG_NUMBER: "wrong number",
    Reached.BUSY: "busy",
}
_SENT = {Channel.TEXT: "text", Channel.WHATSAPP: "WhatsApp message"}
_REPLY = "when they reply"
_LOW = 720
"""In a window lower than this the call sheet leaves out what can be spared."""
_RESOLVED = {
    Resolution.ARRIVED: "Noted: it arrived.",
    Resolution.AGAIN: "It goes out once more.",
    Resolution.DROP: "Dropped: it counts as not sent.",
}


class Deeds(QObject):
    """Opens the sheets and hands what was chosen to the desk. `done` has a sentence, and may be undone."""

    done = Signal(int, str, bool)

    def __init__(
        self,
        calls: Calls,
        decide: Decide,
        following: Following,
        reply: Reply,
        clock: Clock,
        tasks: Tasks,
        sheets: SheetHost,
    ) -> None:
        super().__init__(sheets)
        self._following = following
        self._calls, self._decide, self._reply = calls, decide, reply
        self._clock, self._tasks, self._sheets = clock, tasks, sheets

    def call(self, view: LeadView) -> None:
        """Ask how a call went."""
        sheet = CallSheet(view, self._clock, low=self._sheets.window().height() < scaled(_LOW))

        def log(outcome: Reached, at: datetime, note: str) -> None:
            self._sheets.close_sheet()
            self._do(
                view.lead,
                lambda: self._calls.log(view.lead, channel=Channel.CALL, outcome=outcome, at=at, note=note),
                f"{view.name}: call written down, {_WENT[outcome]}.",
            )

        def show(told: tuple[Reaching, QImage | None]) -> None:
            if self._sheets.sheet is sheet:
                sheet.show_reaching(*told)

        sheet.logged.connect(log)
        sheet.text_requested.connect(lambda way: self.text(view, way))
        self._sheets.open(sheet)
        self._tasks.run(lambda: self._reaching(view), show)

    def text(self, view: LeadView, way: Channel = Channel.TEXT) -> None:
        """Write a text; it is sent from a telephone and written down here."""
        sheet = TextSheet(view, way, low=self._sheets.window().height() < scaled(_LOW))

        def log(way: Channel, outcome: Reached, text: str) -> None:
            self._sheets.close_sheet()
            went = "is written down" if outcome is Reached.SENT else "did not reach them: wrong number"
            self._do(
                view.lead,
                lambda: self._calls.log(view.lead, channel=way, outcome=outcome, note=text),
                f"{view.name}: the {_SENT[way]} {went}.",
            )

        def show(told: tuple[Reaching, str]) -> None:
            if self._sheets.sheet is sheet:
                sheet.show_reaching(*told)

        def draw(said: str) -> None:
            self._tasks.run(lambda: code_of(said), lambda image: drawn(said, image))

        def drawn(said: str, image: QImage) -> None:
            if self._sheets.sheet is sheet:
                sheet.show_code(said, image)

        sheet.logged.connect(log)
        sheet.code_wanted.connect(draw)
        self._sheets.open(sheet)
        self._tasks.run(lambda: (self._told_of(view), self._reply.nudge(view.lead)), show)

    def _told_of(self, view: LeadView) -> Reaching:
        return reaching(view, self._clock.now(), self._clock.zone(), self._calls.country())

    def _reaching(self, view: LeadView) -> tuple[Reaching, QImage | None]:
        """The ways to their number, and the call as a code where one is offered; takes a moment."""
        told = self._told_of(view)
        return told, code_of(told.tel) if told.tel and told.offers_call else None

    def portal(self, view: LeadView, link: str) -> None:
        """Show the link to answer behind; an answer there is written down."""
        from leaddesk_ui.forms.portal_sheet import PortalSheet  # noqa: PLC0415 - seldom seen

        sheet = PortalSheet(view.name, link)

        def log() -> None:
            self._sheets.close_sheet()
            note = "Answered in the portal."
            self._do(
                view.lead,
                lambda: self._calls.log(view.lead, channel=Channel.OTHER, outcome=Reached.SENT, note=note),
                f"{view.name}: answered in the portal, written down.",
            )

        sheet.answered.connect(log)
        self._sheets.open(sheet)

    def close(self, view: LeadView) -> None:
        """Ask how it ended; a closed lead is opened again."""
        if view.outcome is not Outcome.OPEN:
            self._do(view.lead, lambda: self._decide.reopen(view.lead), f"{view.name} is open again.")
            return
        is_through = view.what is What.DECIDE  # the plan's last step: nobody answered
        sheet = CloseSheet(view.name, Outcome.NO_RESPONSE if is_through else Outcome.WON)

        def end(outcome: Outcome, reason: str) -> None:
            self._sheets.close_sheet()
            job = lambda: self._decide.close(view.lead, outcome, reason)  # noqa: E731 - read with its sentence
            self._do(view.lead, job, f"{view.name} is closed: {_ENDS[outcome]}.")

        sheet.decided.connect(end)
        self._sheets.open(sheet)

    def snooze(self, view: LeadView) -> None:
        """Ask until when."""
        self._tasks.run(self._decide.snooze_choices, lambda choices: self._open_snooze(view, choices))

    def note(self, view: LeadView) -> None:
        """Ask for a note."""
        sheet = NoteSheet(view.name)

        def keep(text: str) -> None:
            self._sheets.close_sheet()
            self._do(view.lead, lambda: self._decide.note(view.lead, text), f"Note about {view.name} kept.")

        sheet.written.connect(keep)
        self._sheets.open(sheet)

    def judge_out(self, view: LeadView) -> None:
        """This mail is no lead."""
        self._do(
            view.lead, lambda: self._decide.judge_out(view.lead), f"{view.name} is no lead. Sorted away."
        )

    def got(self, view: LeadView) -> None:
        """I've got it."""
        self._do(view.lead, lambda: self._decide.got(view.lead), f"You have {view.name}. The alert is quiet.")

    def skip_step(self, view: LeadView) -> None:
        """The next step of the plan is passed over."""
        if view.course is not None and view.course.way not in (None, Way.DECIDE):
            job = lambda: self._following.pass_over(view.lead)  # noqa: E731 - read with its sentence
            self._do(view.lead, job, f"{view.name}: step passed over. The next one comes in its time.")

    def plan(self, view: LeadView) -> None:
        """Stop the plan that runs, or ask for one."""
        if view.outcome is not Outcome.OPEN:
            return
        if view.course is not None and view.course.way is not None:
            job = lambda: self._following.stop(view.lead)  # noqa: E731 - read with its sentence
            self._do(view.lead, job, f"The plan of {view.name} is stopped: nothing falls due by itself.")
        else:
            self._tasks.run(self._following.plans, lambda plans: self._open_plans(view, plans))

    def resolve(self, lead: int, outgoing: int, how: Resolution) -> None:
        """A person's word on a mail that may not have arrived."""

        def told(result: Outgoing) -> None:
            self.done.emit(lead, _RESOLVED[how], False)

        self._tasks.run(lambda: self._reply.resolve(outgoing, how), told)

    def _open_snooze(self, view: LeadView, choices: tuple[tuple[str, datetime], ...]) -> None:
        owed = any(each.standing is Standing.WAITING for each in view.enquiries)
        offered = [each for each in choices if not (owed and each[1] == UNTIL_THEY_REPLY)]
        sheet = SnoozeSheet(view.name, tuple(offered))

        def put_away(until: datetime | str) -> None:
            self._tasks.run(lambda: self._decide.snooze(view.lead, until), away, _refusal(sheet))

        def away(until: datetime) -> None:
            self._sheets.close_sheet()
            when = (
                _REPLY
                if until == UNTIL_THEY_REPLY
                else at_words(until, self._clock.now(), self._clock.zone())
            )
            self.done.emit(view.lead, f"{view.name} comes back {when}. The clock runs on.", True)

        sheet.decided.connect(put_away)
        self._sheets.open(sheet)

    def _open_plans(self, view: LeadView, plans: tuple[Plan, ...]) -> None:
        sheet = PlanSheet(view.name, plans)

        def start(name: str) -> None:
            self._sheets.close_sheet()
            job = lambda: self._following.start(view.lead, name)  # noqa: E731 - read with its sentence
            self._do(view.lead, job, f"{view.name} follows {name} from now on.")

        sheet.chosen.connect(start)
        self._sheets.open(sheet)

    def _do(self, lead: int, job: Callable[[], object], sentence: str) -> None:
        self._tasks.run(job, lambda _: self.done.emit(lead, sentence, True))


def _refusal(sheet: SnoozeSheet) -> Failed:
    def refuse(error: Exception) -> None:
        if not isinstance(error, LeadDeskError):
            raise error
        sheet.refuse(error.whole)

    return refuse
