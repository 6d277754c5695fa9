"""The queue as the window shows it: who waits, in order, with the reason, and the figures beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from leaddesk.desk.config import Config
from leaddesk.desk.cut import cut_of
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store, WaitingLead
from leaddesk.rules import response
from leaddesk.rules.cadence.steps import WHAT, next_step
from leaddesk.rules.queue import Candidate, rank
from leaddesk.words.queue import KnownPerson, QueueRow, QueueView, RescueOffer, Strip
from leaddesk.words.settings import TARGET_MINUTES, TEAM_PEOPLE
from leaddesk.words.states import ASKING, UNDER_WAY, Outcome, Place, Turn, What

if TYPE_CHECKING:
    from leaddesk.words.all_leads import Listed
    from leaddesk.words.due import DueStep
    from leaddesk.words.lead import Lead
    from leaddesk.words.mail import Mail
    from leaddesk.words.views import PutAway

_OLDEST = 50
_KNOWN_FIRST = 5
_PUT_AWAY_DAYS = timedelta(days=30)
_TWO_DAYS = timedelta(days=2)
"""Longer than any local day."""
_NOT_NEW = tuple(what for what in What if what is not What.NEW)


class Queue:
    """Reads what waits, asks the rule for the order."""

    def __init__(self, store: Store, clock: Clock, config: Config) -> None:
        self._store = store
        self._clock = clock
        self._config = config

    def today(self, limit: int = 200, as_of: datetime | None = None) -> QueueView:
        """The whole left side, at most `limit` rows of it; as it was at `as_of` when that is told."""
        now = as_of or self._clock.now()
        with self._store.session():
            today, week = self._strips(now)
            waiting = self._waiting(now, limit) if as_of is None else self._waiting_as_of(as_of)
            counts = self._store.waiting.counts(now)
            old = self._store.waiting.owed() if as_of is None else 0
            rows = self._rows(waiting, now)
            total = counts.total if as_of is None else len(rows)
            new = counts.new if as_of is None else sum(r.what is What.NEW for r in rows)
            return QueueView(
                rows=rows[:limit],
                total=total,
                new=new,
                due=total - new,
                going=counts.going,
                known=self.known(_KNOWN_FIRST),
                known_total=self._store.waiting.placed(Place.KNOWN, now - _PUT_AWAY_DAYS),
                not_leads=self._store.waiting.placed(Place.NOT_A_LEAD, now - _PUT_AWAY_DAYS),
                junk=self._store.waiting.placed(Place.JUNK, now - _PUT_AWAY_DAYS),
                today=today,
                week=week,
                leads=counts.leads,
                rescue=self._offered(now) if old else (),
                rescue_total=old,
            )

    def next_after(self, lead: int) -> int | None:
        """Who is next once `lead` is done."""
        rows = self.today(limit=2).rows
        return next((row.lead for row in rows if row.lead != lead), None)

    def unscheduled(self, limit: int = 200) -> tuple[QueueRow, ...]:
        """Open leads that nothing brings back by itself, those that have rested longest first."""
        from leaddesk.words.all_leads import Only, Sort, SortBy  # noqa: PLC0415 - a list that is asked for seldom

        with self._store.session():
            only, oldest = Only(unscheduled=True), Sort(SortBy.TOUCH, down=False)
            found, _ = self._store.all_leads.window(only, (), oldest, None, limit)
            rows = tuple(_resting(row, place) for place, row in enumerate(found, 1))
            return self._with_people(rows) if "|" in self._config.get(TEAM_PEOPLE) else rows

    def known(self, limit: int = 50) -> tuple[KnownPerson, ...]:
        """Mails of the last 30 days from people we wrote to before who have no enquiry here."""
        since = self._clock.now() - _PUT_AWAY_DAYS
        return tuple(self._store.waiting.known(since, limit))

    def put_away(self, limit: int = 200) -> tuple[PutAway, ...]:
        """Mails that are no leads, the newest first, each with its reason; those in the junk folder that look
        like enquiries among them."""
        with self._store.session():
            places = (Place.JUNK, Place.NOT_A_LEAD)
            mails = [mail for place in places for mail in self._store.mails.in_place(place, limit)]
            mails = sorted(mails, key=lambda mail: mail.received_at, reverse=True)[:limit]
            return tuple(_put_away(mail, cut_of(self._store, mail)) for mail in mails)

    def _offered(self, now: datetime) -> tuple[RescueOffer, ...]:
        """Whom the past still owes an answer: three a day."""
        from leaddesk.rules.audit.rescue import left_today, offer  # noqa: PLC0415 - most have none

        zone, audits = self._clock.zone(), self._store.audits
        count = left_today(audits.acted(now - _TWO_DAYS), now, zone)
        return tuple(offer(one, now, zone) for one in audits.unanswered(count)) if count else ()

    def _waiting(self, now: datetime, limit: int) -> list[WaitingLead]:
        """Enough of each kind for the first `limit` places, and those who have waited longest."""
        waiting = self._store.waiting
        new, others = waiting.newest(now, (What.NEW,), limit), waiting.newest(now, _NOT_NEW, limit)
        has_more = limit in (len(new), len(others))
        oldest = waiting.oldest(now, _OLDEST) if has_more else []
        back = [*waiting.reminded(now, limit), *waiting.stepped(now, limit)]
        return [*waiting.troubled(limit), *new, *others, *back, *oldest]

    def _waiting_as_of(self, as_of: datetime) -> list[WaitingLead]:
        from leaddesk.desk.past import leads_as_of  # noqa: PLC0415 - for a report, not for the first paint

        leads = leads_as_of(self._store, as_of)
        return [_row_of(lead, as_of) for lead in leads if _is_due(lead, as_of)]

    def _rows(self, waiting: Iterable[WaitingLead], now: datetime) -> tuple[QueueRow, ...]:
        promised = self._store.waiting.promised(now)
        by_lead = {w.lead: replace(w, promised_at=promised.get(w.lead)) if promised else w for w in waiting}
        held_up = self._held_up(by_lead.values(), now)
        target = timedelta(minutes=self._config.get(TARGET_MINUTES))
        waits = [_candidate(each, held_up.get(each.lead, "")) for each in by_lead.values()]
        placed = rank(waits, now, target, self._clock.zone())
        rows = tuple(_shown(by_lead[p.candidate.lead], p.place, p.why, target) for p in placed)
        return self._with_people(rows) if "|" in self._config.get(TEAM_PEOPLE) else rows

    def _with_people(self, rows: tuple[QueueRow, ...]) -> tuple[QueueRow, ...]:
        """Whose lead each is, where there are several people."""
        from leaddesk.desk.team import holders_of  # noqa: PLC0415 - one person alone needs none of it

        names = holders_of(self._store, self._clock, {row.lead: row.source for row in rows})
        return tuple(replace(row, whose=names.get(row.lead, "")) for row in rows)

    def _held_up(self, waiting: Iterable[WaitingLead], now: datetime) -> dict[int, str]:
        """Of those whose answer is on its way and who are shown all the same: what it waits for."""
        if not any(each.outbox == "going" for each in waiting):
            return {}
        from leaddesk.rules.sending import waits_words  # noqa: PLC0415 - seldom needed, and not cheap
        from leaddesk.words.outgoing import OutgoingKind  # noqa: PLC0415 - only while an answer is going

        replies = (mail for mail in self._store.outbox.all_in(UNDER_WAY) if mail.kind is OutgoingKind.REPLY)
        return {mail.lead: waits_words(mail, now, self._clock.zone()) for mail in replies}

    def _strips(self, now: datetime) -> tuple[Strip, Strip]:
        """Figures of today, and of the seven local days that end today."""
        midnight = now.astimezone(self._clock.zone()).replace(hour=0, minute=0, second=0, microsecond=0)
        start = (midnight - timedelta(days=6)).astimezone(now.tzinfo)
        week = self._store.figures.received(start, now + timedelta(days=1))
        return response.strip([each for each in week if each.received_at >= midnight]), response.strip(week)


def _candidate(row: WaitingLead, waits: str) -> Candidate:
    return Candidate(
        lead=row.lead,
        what=_what(row),
        since=row.since,
        step=row.step,
        outbox=row.outbox if row.outbox != "going" else "",
        snoozed_until=row.snoozed_until,
        got=row.got_at is not None,
        waits=waits if row.outbox == "going" else "",
        promised_at=row.promised_at,
    )


def _shown(row: WaitingLead, place: int, why: str, target: timedelta) -> QueueRow:
    return QueueRow(
        place=place,
        lead=row.lead,
        name=row.name,
        what=_what(row),
        turn=row.turn,
        outcome=row.outcome,
        since=row.since,
        due_at=_due_at(row, target),
        source=row.source,
        wants=row.wants,
        why=why,
        trouble=row.outbox in ASKING,
        is_step=row.step is not None,
    )


def _resting(row: Listed, place: int) -> QueueRow:
    return QueueRow(
        place=place,
        lead=row.lead,
        name=row.name,
        what=row.what,
        turn=row.turn,
        outcome=row.outcome,
        since=row.touched,
        due_at=None,
        source=row.source,
        wants=row.wants,
        why="Nothing is scheduled: it does not come back by itself",
    )


def _what(row: WaitingLead) -> What:
    return WHAT[row.step.way] if row.step is not None else row.what


def _due_at(row: WaitingLead, target: timedelta) -> datetime | None:
    if row.step is not None:
        return row.step.at
    return (row.promised_at or row.since + target) if row.what is What.NEW else row.snoozed_until


def _step_of(lead: Lead, at: datetime) -> DueStep | None:
    """The step that made the lead ours."""
    state = lead.state
    step = next_step(lead.course)
    is_its = step is not None and (state.since == step.at or state.snoozed_until is not None)
    return step if step is not None and step.at <= at and is_its else None


def _row_of(lead: Lead, at: datetime) -> WaitingLead:
    state = lead.state
    return WaitingLead(
        lead=lead.id,
        name=lead.person.name,
        what=state.what,
        turn=state.turn,
        outcome=state.outcome,
        since=state.since,
        snoozed_until=state.snoozed_until,
        got_at=state.got_at,
        source=lead.source.text,
        wants=lead.wants,
        outbox="",
        step=_step_of(lead, at),
    )


def _is_due(lead: Lead, at: datetime) -> bool:
    state = lead.state
    asleep = state.snoozed_until is not None and state.snoozed_until > at
    return state.outcome is Outcome.OPEN and state.turn is Turn.OURS and not asleep


def _put_away(mail: Mail, cut: str) -> PutAway:
    from leaddesk.words.views import PutAway  # noqa: PLC0415 - a list that is opened seldom

    return PutAway(
        mail=mail.id,
        at=mail.received_at,
        name=mail.from_name or mail.from_email or "unknown sender",
        email=mail.from_email,
        subject=mail.subject or mail.snippet,
        kind=mail.kind.value if mail.kind else mail.state.value,
        why=" ".join([*mail.why, f"It has {cut}." if cut else ""]).strip(),
    )
