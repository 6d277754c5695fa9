"""What would have gone out to the enquiries of the last days: shown before the switch is turned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from leaddesk.desk.answering import Answering
from leaddesk.desk.holding.facts import Facts
from leaddesk.desk.holding.letters import Letters
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.reader import Reader
from leaddesk.doors.store import Store
from leaddesk.rules.holding.may import A_DAY, A_MINUTE, AN_HOUR, Lately, counted_domain, judge, sender_key
from leaddesk.words.holding import WouldBe
from leaddesk.words.mail import Known

_MOST = 200
"""So many enquiries are judged, the newest ones."""
_Sent = list[tuple[str, datetime]]


class Preview:
    """Reads the mails anew and judges each at the moment at which it came, as though it had been on."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        facts: Facts,
        letters: Letters,
        reader: Callable[[], Reader],
        known: Callable[[], Known],
    ) -> None:
        self._store = store
        self._clock = clock
        self._facts = facts
        self._letters = letters
        self._reader = reader
        self._known = known
        self._answering = Answering(store)

    def of(self, days: int) -> tuple[WouldBe, ...]:
        """Each enquiry that came by mail, the newest first."""
        since = self._clock.now() - timedelta(days=days)
        known: Known = self._known()
        sent: _Sent = []
        came = self._store.holding.came_by_mail(since, _MOST)
        shown = [self._would_be(lead, mail, known, sent) for lead, mail in came]
        return tuple(each for each in reversed(shown) if each is not None)

    def _would_be(self, lead: int, mail: int, known: Known, sent: _Sent) -> WouldBe | None:
        """`sent` are those before this one, and grows by it."""
        reading = self._reader().read(self._store.mails.raw(mail), known)
        with self._store.session():
            answer, stored = self._answering.to_lead(lead), self._store.mails.get(mail)
            enquiry = next((each for each in answer.lead.enquiries if each.mail == mail), None)
            if enquiry is None or stored is None:
                return None
            at = enquiry.received_at
            case = self._facts.case(replace(stored, quiet=False), reading, answer, enquiry, at)
        to = case.by_mail.to or ""
        held = judge(
            replace(
                case, is_on=True, is_answered=False, other_desk="", last_to_them=_last_to(to, sent),
                lately=_lately(to, sent, at),
            )
        )  # fmt: skip
        message = None
        if held.to is not None and answer.account is not None:
            sent.append((held.to, at))
            held = replace(held, promised_at=self._letters.promise(at))
            message = self._letters.message(reading, answer.account, held.promised_at, at)
        name = answer.lead.person.name
        return WouldBe(
            enquiry=enquiry.id, lead=answer.lead.id, name=name, received_at=at, held=held, message=message
        )


def _last_to(to: str, sent: _Sent) -> datetime | None:
    return next((at for other, at in reversed(sent) if sender_key(other) == sender_key(to)), None)


def _lately(to: str, sent: _Sent, now: datetime) -> Lately:
    """The backstops, over those that would have gone out."""
    minute, hour, day = ([to for to, at in sent if now - at < span] for span in (A_MINUTE, AN_HOUR, A_DAY))
    domain = counted_domain(to) if to else ""
    same = sum(counted_domain(other) == domain for other in hour) if domain else 0
    return Lately(len(minute), len(hour), len(day), same)
