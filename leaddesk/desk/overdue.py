"""What is overdue after a time without a watch: approved mails that never went, and steps long due.

Nothing of it goes by itself (FAULTS S29): a person sends it, plans it anew, or drops it, one by one or all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from leaddesk.desk.falling import STALE as LONG
from leaddesk.desk.pulse import last_alive
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import DueLead, Store
from leaddesk.rules.when import at_wall_time
from leaddesk.words.due import Way
from leaddesk.words.errors import Refused
from leaddesk.words.outgoing import Outgoing, OutgoingKind, OutgoingState, Resolution
from leaddesk.words.overdue import OverdueItem
from leaddesk.words.states import READY

if TYPE_CHECKING:
    from leaddesk.desk.decide import Decide
    from leaddesk.desk.following import Following
    from leaddesk.desk.reply import Reply

_MOST = 200
_A_DAY = 10
"""So many are planned anew for one day: a pile that comes back as a pile is no plan."""
_MORNING = time(9)
_NEAR = 30
"""So many days are searched for open ones."""


class OverdueDesk:
    """Reads what is overdue, and does with it what a person says.

    It is asked at every start, so the subjects that do something are made only when something is done.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        reply: Callable[[], Reply],
        following: Callable[[], Following],
        decide: Callable[[], Decide],
    ) -> None:
        self._store = store
        self._clock = clock
        self._reply = reply
        self._following = following
        self._decide = decide

    def was_away(self) -> bool:
        """Nobody watched for days until now: then it is told unasked."""
        now, alive, gap = self._clock.now(), last_alive(self._store), self._store.figures.untold_gap()
        is_long = alive is not None and now - alive > LONG
        return is_long or (gap is not None and gap[1] - gap[0] > LONG)

    def show(self) -> tuple[OverdueItem, ...]:
        """The longest first. A mail stands for its lead, else the step that is due."""
        now = self._clock.now()
        with self._store.session():
            mails = {mail.lead: mail for mail in self._mails(now)}
            steps = [due for due in self._store.due.by(now - LONG, _MOST) if due.lead not in mails]
            names = self._store.imports.called(list(mails)) if mails else {}
        items = [_of_mail(mail, names[mail.lead].name) for mail in mails.values() if mail.lead in names]
        items += [_of_step(due) for due in steps if not due.step.closes]
        return tuple(sorted(items, key=lambda item: (item.since, item.lead)))

    def send(self, item: OverdueItem) -> None:
        """The mail goes out now, as it was approved: whatever draft lies beside it is nobody's word yet.

        A step has none: it is done on its lead's page. Raises Refused where the mail waits no more.
        """
        if item.outgoing is None:
            return
        if self._store.outbox.get(item.outgoing).state is OutgoingState.REFUSED:
            self._reply().resolve(item.outgoing, Resolution.AGAIN)
        elif not self._store.outbox.hasten(item.outgoing, "Sent at your word."):
            raise Refused("This answer waits no more.", "Look at the conversation.")

    def plan_anew(self, items: Iterable[OverdueItem]) -> datetime | None:
        """Each comes back on an open day's morning, ten a day; a mail is a draft again. Returns the last."""
        last = None
        with self._store.transaction():
            for place, item in enumerate(items):
                self._take_back(item)
                last = self._decide().snooze(item.lead, self._morning(1 + place // _A_DAY), "planned anew")
        return last

    def drop(self, items: Iterable[OverdueItem]) -> int:
        """The mails do not go, their words stay as drafts; the steps are passed over. Returns how many.

        A decision stays. Raises Refused where there is nothing else among `items`.
        """
        wanted = [item for item in items if item.way is not Way.DECIDE]
        if not wanted:
            raise Refused("A decision cannot be dropped.", "Close the lead, or plan it anew.")
        with self._store.transaction():
            for item in wanted:
                if item.outgoing is None:
                    self._following().pass_over(item.lead)
                self._take_back(item)
        return len(wanted)

    def _mails(self, now: datetime) -> Iterable[Outgoing]:
        """Answers that a person approved and that were held back as stale, or soon will be."""
        from leaddesk.rules.sending import STALE  # noqa: PLC0415 - reads and writes mails: not for a start

        found = self._store.outbox.all_in([OutgoingState.REFUSED, *READY])
        for mail in found:
            is_held = mail.state is OutgoingState.REFUSED and mail.why == STALE
            is_old = mail.state in READY and (mail.not_before or now) < now - LONG
            if mail.kind is OutgoingKind.REPLY and (is_held or is_old):
                yield mail

    def _take_back(self, item: OverdueItem) -> None:
        if item.outgoing is None:
            return
        if self._store.outbox.get(item.outgoing).state is OutgoingState.REFUSED:
            self._reply().resolve(item.outgoing, Resolution.DROP)
        else:
            self._reply().cancel(item.outgoing)

    def _morning(self, number: int) -> datetime:
        """Nine o'clock on the open day of that number from tomorrow on; on any day where too few are near."""
        from leaddesk.rules.hours import open_spans  # noqa: PLC0415 - not for a start

        calendar = self._store.calendar()
        zone = calendar.zone
        today = self._clock.now().astimezone(zone).date()
        days = [today + timedelta(days=n) for n in range(1, _NEAR + number)]
        is_open = [day for day in days if any(open_spans(calendar.hours, day, zone))]
        day = is_open[number - 1] if len(is_open) >= number else days[number - 1]
        return at_wall_time(day, _MORNING, zone)


def _of_mail(mail: Outgoing, name: str) -> OverdueItem:
    since = mail.not_before or mail.updated_at
    if mail.state is OutgoingState.REFUSED and mail.approved_at is not None:
        since = mail.approved_at
    return OverdueItem(
        lead=mail.lead, name=name, since=since, way=Way.EMAIL, text=mail.body, outgoing=mail.id
    )


def _of_step(due: DueLead) -> OverdueItem:
    return OverdueItem(
        lead=due.lead, name=due.name, since=due.step.at, way=due.step.way, is_first=due.is_owed
    )
