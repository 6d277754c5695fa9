"""Alerts: shown at once, again and louder until somebody has it, many at once as one."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from leaddesk.desk.bus import Bus
from leaddesk.desk.config import Config
from leaddesk.desk.service import Service
from leaddesk.desk.troubles import Troubles
from leaddesk.doors.clock import Clock
from leaddesk.doors.notify import Action, Notice, Notifier, OnAction
from leaddesk.doors.store import Alert, LeadHead, Store
from leaddesk.rules.alerting import MANY, About, Subject, Words, next_showing, words_for_many, words_for_one
from leaddesk.words.due import Way
from leaddesk.words.lead import Outcome, What
from leaddesk.words.news import AlertRaised, AlertTaken, EnquiryArrived, LeadChanged, News, ReplyArrived
from leaddesk.words.settings import ALERT_ON, ALERT_SOUND, ALERT_TEXT, REPEATS
from leaddesk.words.states import ASKING, OutgoingState

log = logging.getLogger(__name__)
_REST_S = 60.0
_GATHERED_FOR_S = 60.0
"""Alerts wait no longer than this for the rest of a batch."""
_MANY_KEY = "many"
LeadAction = Callable[[int, Action], None]
_SWALLOWED = "Notifications are not shown on this desktop."


class Alerts(Service):
    """The alerting service, and what others ask of it."""

    name = "alerts"

    def __init__(
        self,
        store: Store,
        clock: Clock,
        bus: Bus,
        config: Config,
        troubles: Troubles,
        make_notifier: Callable[[OnAction], Notifier],
    ) -> None:
        super().__init__()
        self._store = store
        self._clock = clock
        self._bus = bus
        self._config = config
        self._troubles = troubles
        self._notifier = make_notifier(self._pressed)
        self._on_action: LeadAction = lambda lead, action: None
        self._gathering_since: float | None = None
        self._stand: dict[str, frozenset[int]] = {}
        """Notices that stand on the desktop, by key: the leads that each is about."""
        bus.subscribe(self._heard)

    # -- asked by others

    def raise_for(self, lead: int) -> None:
        """Somebody must be told of this lead. Inside the transaction that gives the reason."""
        self._store.alerts.raise_anew(self._store.leads.head_of(lead), 1, self._clock.now())

    @contextlib.contextmanager
    def gathered(self) -> Iterator[None]:
        """What is raised meanwhile is shown when the block ends: five hundred mails make one alert."""
        self._gathering_since = self._clock.monotonic()
        try:
            yield
        finally:
            self._gathering_since = None
            self.kick()

    def waiting(self) -> tuple[int, timedelta | None]:
        """How many wait in the queue, and how long the longest has: for the title and the tray."""
        now = self._clock.now()
        counts = self._store.waiting.counts(now)
        return counts.total, (now - counts.oldest if counts.oldest else None)

    def on_action(self, listener: LeadAction) -> None:
        """Who is told what the person did with a notification (lead 0: one about many).

        Called on the notifier's thread; it must come back quickly.
        """
        self._on_action = listener

    def ability(self) -> str | None:
        """One sentence why nobody would see a notification now, or None."""
        return self._notifier.why_not()

    # -- the service

    def round(self) -> float:
        """Shows what is due, then rests until the next."""
        self._clear_taken()
        if self._is_gathering():
            return 1.0
        now = self._clock.now()
        with self._store.session():
            due = self._about_somebody(now)
            if len(due) > MANY:
                self._show_many(due, now)
            else:
                for alert, subject in due:
                    self._show_one(alert, subject, now)
            next_at = self._store.alerts.next_at()
        if next_at is None:
            return _REST_S
        return max(0.05, min(_REST_S, (next_at - self._clock.now()).total_seconds()))

    def ended(self) -> None:
        self._notifier.close()

    def _is_gathering(self) -> bool:
        since = self._gathering_since
        return since is not None and self._clock.monotonic() - since < _GATHERED_FOR_S

    def _about_somebody(self, now: datetime) -> list[tuple[Alert, Subject]]:
        """Alerts that are due, each with whom it is about; those of leads that are closed by now are over."""
        due = []
        for alert in self._store.alerts.due(now):
            subject = self._subject(alert, now)
            if subject is None:
                self._store.alerts.take(alert.lead, now)
            else:
                due.append((alert, subject))
        return due

    def _show_one(self, alert: Alert, subject: Subject, now: datetime) -> None:
        loudness = alert.loudness + 1
        short = self._config.get(ALERT_TEXT) == "short"
        words = words_for_one(subject, loudness, now, short=short)
        shown_by = self._show(words, loudness, [alert], key=f"lead:{alert.lead}", buttons=True)
        self._shown([alert], alert.lead, loudness, shown_by, now)

    def _show_many(self, due: Sequence[tuple[Alert, Subject]], now: datetime) -> None:
        alerts, subjects = [alert for alert, _ in due], [subject for _, subject in due]
        loudness = max(alert.loudness for alert in alerts) + 1
        words = words_for_many(subjects, short=self._config.get(ALERT_TEXT) == "short")
        shown_by = self._show(words, loudness, alerts, key=_MANY_KEY, buttons=False)
        self._shown(alerts, None, loudness, shown_by, now)

    def _shown(
        self, alerts: Sequence[Alert], lead: int | None, loudness: int, shown_by: str | None, now: datetime
    ) -> None:
        repeats = self._config.get(REPEATS)
        sound_made = not self._wants_sound(loudness) or self._is_heard(shown_by)
        with self._store.transaction() as news:
            for alert in alerts:
                again = next_showing(alert.raised_at, alert.loudness + 1, repeats, now)
                self._store.alerts.shown(alert.id, alert.loudness + 1, again, shown_by)
            news.append(
                AlertRaised(
                    at=now, alert=alerts[0].id, lead=lead, count=len(alerts), loudness=loudness,
                    shown_by=shown_by, sound_made=sound_made,
                )
            )  # fmt: skip

    def _wants_sound(self, loudness: int) -> bool:
        return loudness > 1 and self._config.get(ALERT_SOUND)

    def _is_heard(self, shown_by: str | None) -> bool:
        return shown_by is not None and self._notifier.sounds(shown_by)

    def _show(
        self, words: Words, loudness: int, about: Sequence[Alert], key: str, *, buttons: bool
    ) -> str | None:
        """The door that the desktop confirmed, or None: then the window says so."""
        if not self._config.get(ALERT_ON):
            return None
        notice = Notice(
            title=words.title,
            body=words.body,
            urgent=loudness > 1,
            sound=self._wants_sound(loudness),
            key=key,
            buttons=buttons,
        )
        if about:
            self._stand[key] = frozenset(alert.lead for alert in about if alert.lead is not None)
        shown_by = self._notifier.show(notice)
        if shown_by is None:
            self._troubles.begin(
                "notifier",
                _SWALLOWED,
                "New enquiries still sound and show here, as long as LeadDesk runs.",
                "Try again",
                self._try_again,
                urgent=False,
            )
        else:
            self._troubles.end("notifier")
        return shown_by

    def _try_again(self) -> None:
        """The person switched notifications on: one is shown, to see whether it is taken."""
        self._show(Words("LeadDesk", "Notifications are shown here."), 1, (), key="trial", buttons=False)

    def _subject(self, alert: Alert, now: datetime) -> Subject | None:
        row = self._store.leads.head(alert.lead) if alert.lead is not None else None
        if row is None or row.outcome is not Outcome.OPEN:
            return None
        return Subject(name=row.name, wants=row.wants, about=_about(row, now), since=row.since)

    def _clear_taken(self) -> None:
        """Takes notices back whose leads somebody has by now, here or in another window or command.

        No notice ends by itself, and one about many stands until somebody has the last of them.
        """
        about = {key: leads for key, leads in self._stand.items() if leads}
        if not about:
            return
        open_still = self._store.alerts.still_open(frozenset().union(*about.values()))
        for key in [key for key, leads in about.items() if leads.isdisjoint(open_still)]:
            del self._stand[key]
            self._notifier.clear(key)

    # -- heard and pressed

    def _heard(self, news: News) -> None:
        match news:
            case AlertTaken() | LeadChanged() | EnquiryArrived(quiet=False) | ReplyArrived(quiet=False):
                self.kick()

    def _pressed(self, key: str, action: Action) -> None:
        kind, _, number = key.partition(":")
        self._on_action(int(number) if kind == "lead" and number.isdigit() else 0, action)


def _about(row: LeadHead, now: datetime) -> About:
    """Why somebody is told of this lead."""
    if row.outbox in ASKING:
        return About.UNSURE if row.outbox == OutgoingState.UNSURE else About.REFUSED
    if row.snoozed_until is not None and row.snoozed_until <= now:
        return About.WOKEN
    if row.step is not None and row.step.at <= now and row.what is not What.NEW:
        return About.CALL if row.step.way is Way.CALL else About.STEP
    by_what = {What.NEW: About.NEW, What.CALL: About.CALL}
    return by_what.get(row.what, About.ANSWERED)
