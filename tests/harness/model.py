"""The model: what must be true of every approved mail, told by the sink's own log and the rows at rest.

It knows nothing of how the program sends. A mail is lost when it was approved, nobody took it, nobody is
asked about it and nothing will still send it; everything else that it says is a contradiction between the
two sides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from leaddesk.doors.store import Store
from leaddesk.words.lead import Direction, Touch
from leaddesk.words.outgoing import Outgoing, OutgoingKind, OutgoingState
from tests.real.sink import read_truth

_S = OutgoingState
_NOT_GONE = (_S.QUEUED, _S.DEFERRED, _S.REFUSED, _S.CANCELLED, _S.DRAFT)
_HELD = (_S.CLAIMED, _S.COMMITTING)


@dataclass(frozen=True)
class Row:
    """One outgoing mail at rest, as the database tells it."""

    message_id: str
    state: OutgoingState
    touches: int
    """Lines of the record that say it went out."""
    is_told: bool = True
    """Whether a sent one is written down as a touch; a mail to a colleague is not."""


def rows_of(store: Store) -> tuple[Row, ...]:
    """All that was ever approved, each with the touches that name it."""
    mails = [mail for mail in store.outbox.all_in(OutgoingState) if mail.message_id]
    told = Counter(_touches(store, {mail.lead for mail in mails}))
    return tuple(_row(mail, told[mail.id]) for mail in mails)


def _touches(store: Store, leads: Iterable[int]) -> Iterable[int]:
    for number in leads:
        lead = store.leads.get(number)
        for entry in lead.record if lead is not None else ():
            if isinstance(entry, Touch) and entry.direction is Direction.OUT and entry.outgoing is not None:
                yield entry.outgoing


def _row(mail: Outgoing, touches: int) -> Row:
    return Row(mail.message_id or "", mail.state, touches, mail.kind is not OutgoingKind.COLLEAGUE)


def broken(
    rows: Sequence[Row], taken: Sequence[str], *, is_settled: bool = True, approved: Sequence[str] = ()
) -> list[str]:
    """Every promise that is broken, a sentence each.

    `taken` are the Message-IDs in the order in which the sink took them. `is_settled`: everything had its
    time, so that what is still queued or in a sender's hands is lost. `approved` are those that a person
    approved, where the rows alone are not to be believed.
    """
    times, states = Counter(taken), {row.message_id: row for row in rows}
    found = [f"doubled: {each} was taken {count} times" for each, count in times.items() if count > 1]
    found += [f"stranger: {each} was taken and approved by nobody" for each in times if each not in states]
    found += [f"lost: {each} was approved and has no row" for each in approved if each not in states]
    for row in rows:
        found += _of_row(row, times, is_settled=is_settled)
    return found


def _of_row(row: Row, times: Mapping[str, int], *, is_settled: bool) -> Iterable[str]:
    is_taken, name = bool(times.get(row.message_id)), row.message_id
    if row.state is _S.SENT and not is_taken:
        yield f"lost: {name} is said to be sent, and nobody took it"
    if row.state in _NOT_GONE and is_taken:
        yield f"denied: {name} was taken, and is said to be {row.state}"
    if row.state in _HELD and is_settled:
        yield f"stuck: {name} is {row.state} for ever"
    if row.state in (_S.QUEUED, _S.DEFERRED) and is_settled and not is_taken:
        yield f"lost: {name} had its time and was not sent"
    wanted = int(row.state is _S.SENT and row.is_told)
    if row.touches != wanted:
        yield f"record: {name} is {row.state} and is told {row.touches} times"


def message_ids(truth: Path) -> list[str]:
    """What the sink took, in order."""
    return [each.message_id for each in read_truth(truth)]
