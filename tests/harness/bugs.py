"""Seeded bugs: the program's own rules broken one at a time, in memory only. The harness must catch each.

    python -m tests.harness bugs

A harness that does not catch its seeded bugs proves nothing. Each bug is planted as a person would write it,
not as it is easiest to find; and without it the same look finds nothing.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from leaddesk.desk import send
from leaddesk.doors.mail import smtp, smtp_line, smtp_verdicts
from leaddesk.doors.mail.smtp_dialogue import Dialogue, Reply, StageTimeouts
from leaddesk.doors.store.holding import Holding
from leaddesk.doors.store.outbox import Outbox
from leaddesk.doors.store.stops import Stops
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.outgoing import Claim, OutgoingState, Verdict
from tests.harness import catches, line_bugs

S = OutgoingState
Plant = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Bug:
    """A mutation, and the look that must see it."""

    name: str
    plant: Plant
    catch: Callable[[], Sequence[str]]

    def found(self) -> Sequence[str]:
        """What is broken with the bug in the program."""
        with pytest.MonkeyPatch.context() as patch:
            self.plant(patch)
            return self.catch()


# -- mutations


def _commits_late(patch: pytest.MonkeyPatch) -> None:
    """The state that says "the dot is being written" becomes durable only with the answer."""
    owners: dict[int, str] = {}
    commit, sent = Outbox.committing, Outbox.sent

    def later(self: Outbox, outgoing: int, owner: str) -> None:
        owners[outgoing] = owner

    def both(self: Outbox, outgoing: int, **told: Any) -> bool:
        if outgoing in owners:
            commit(self, outgoing, owners.pop(outgoing))
        return sent(self, outgoing, **told)

    patch.setattr(Outbox, "committing", later)
    patch.setattr(Outbox, "sent", both)


def _queues_what_was_committing(patch: pytest.MonkeyPatch) -> None:
    def recover(self: Outbox) -> tuple[int, int]:
        found = self.all_in([S.CLAIMED, S.COMMITTING])
        for mail in found:
            self.release(mail.id, why="", next_try=mail.updated_at)
        return len(found), 0

    patch.setattr(Outbox, "recover", recover)


def _never_recovers(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Outbox, "recover", lambda self: (0, 0))


def _tries_unsure_again(patch: pytest.MonkeyPatch) -> None:
    def unsure(self: Outbox, outgoing: int, why: str) -> None:
        later = self.get(outgoing).updated_at + timedelta(minutes=5)
        self.defer(outgoing, why=why, answer=None, next_try=later)

    patch.setattr(Outbox, "unsure", unsure)


def _takes_silence_for_no(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(smtp_verdicts, "unsure", lambda host, answer=None: smtp_verdicts.not_reached("gone"))


def _takes_wait_for_yes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Reply, "is_good", property(lambda self: self.code < 500))


def _lets_quit_decide(patch: pytest.MonkeyPatch) -> None:
    write = smtp._write_the_dot

    def then_quit(dialogue: Dialogue, patience: StageTimeouts, step: Callable[[str], None]) -> Verdict:
        verdict = write(dialogue, patience, step)
        smtp_line.goodbye(dialogue)
        try:
            said = dialogue.hear(1.0)
        except LeadDeskError:
            return verdict
        return verdict if said.is_good else smtp_verdicts.about_mail("here", said)

    patch.setattr(smtp, "_write_the_dot", then_quit)


def _sends_to_some(patch: pytest.MonkeyPatch) -> None:
    def address(dialogue: Dialogue, offers: Any, letter: Any, patience: StageTimeouts) -> None:
        for recipient in letter.recipients:
            dialogue.ask(letter.rcpt_to(recipient, offers), patience.rcpt)

    patch.setattr(smtp, "_address", address)


def _makes_message_id_anew(patch: pytest.MonkeyPatch) -> None:
    claim = Outbox.claim

    def renewed(self: Outbox, *told: Any) -> Claim | None:
        claimed = claim(self, *told)
        if claimed is None:
            return None
        new = f"Message-ID: <{secrets.token_hex(8)}@lofts.example>".encode()
        return replace(claimed, raw=re.sub(rb"(?m)^Message-ID: \S+", new, claimed.raw))

    patch.setattr(Outbox, "claim", renewed)


def _claims_without_condition(patch: pytest.MonkeyPatch) -> None:
    """Read first, write afterwards, whatever has become of it; and who commits is not asked either."""

    def take(self: Outbox, outgoing: int, owner: str) -> bool:
        return self._change(outgoing, list(S), state=S.CLAIMED.value, owner=owner)

    def claim(self: Outbox, now: Any, owner: str, accounts: Sequence[int]) -> Claim | None:
        with self._db.session():
            rows = self._rows
            ready = rows.state.in_([S.QUEUED.value, S.DEFERRED.value])
            row = rows.select().where(ready, rows.account.in_(accounts)).order_by(rows.id).first()
        if row is None:
            return None
        time.sleep(0.002)
        with self._db.transaction():
            take(self, row.id, owner)
        raw = bytes(row.content)
        return Claim(
            outgoing=row.id, account=row.account, message_id=row.message_id, sender=row.sender,
            recipients=(*row.to, *row.cc), raw=raw,
        )  # fmt: skip

    def committing(self: Outbox, outgoing: int, owner: str) -> None:
        with self._db.transaction():
            now = self._db.now()
            self._change(outgoing, list(S), state=S.COMMITTING.value, committing_at=now)

    patch.setattr(Outbox, "claim", claim)
    patch.setattr(Outbox, "committing", committing)


def _does_not_look_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Stops, "against", lambda *_: None)
    patch.setattr(Outbox, "stop", lambda *_: [])


def _does_not_stop_for_an_answer(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Stops, "against", lambda *_: None)
    patch.setattr(Outbox, "give_way", lambda *_: [])


def _undoes_too_late(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("leaddesk.doors.store.outbox._CANCELLABLE", tuple(S))


def _sends_whatever_stands_there(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(send, "must_not_go", lambda mail, now: None)


def _tells_twice(patch: pytest.MonkeyPatch) -> None:
    """The touch is written by who records the verdict, and once more by who tells it."""
    sent = Outbox.sent

    def twice(self: Outbox, outgoing: int, **told: Any) -> bool:
        done = sent(self, outgoing, **told)
        lead = self._leads.get(self.get(outgoing).lead)
        assert lead is not None
        self._leads.record(replace(lead.record[-1], id=0))
        return done

    patch.setattr(Outbox, "sent", twice)


def _forgets_restore(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(send.Sender, "_is_frozen", lambda self: False)


def _forgets_whom_it_acknowledged(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Holding, "last_to", lambda *_: None)
    patch.setattr(Holding, "_take", lambda *_: True)


DOT, GONE = partial(catches.crashed, "dot-sent"), partial(catches.crashed, "recorded", "drop-after")
CLAIMED, SENT = partial(catches.crashed, "claimed"), catches.sent_once
REFUSED = partial(catches.cut, "answer:NOBODY:550 5.1.1 no such user")
NORMAL, LATER = partial(catches.cut, "normal"), partial(catches.cut, "answer:DOT:451 4.3.0 later")
SECOND = partial(catches.second_cut, "normal")
SECOND_LATER = partial(catches.second_cut, "again:DOT:451 4.3.0 later")
QUIT = partial(catches.cut, "answer:QUIT:421 4.3.2 closing")
WISH, UNDO = (
    partial(catches.stopped, "wish", after_commit=False), partial(catches.stopped, "undo", after_commit=True)
)  # fmt: skip
ANSWER = partial(catches.stopped, "answer", after_commit=False)

BUGS = (
    Bug("the dot is written before that is durable", _commits_late, DOT),
    Bug("what was at its last dot is queued again after a crash", _queues_what_was_committing, DOT),
    Bug("what a dead sender held is never taken up again", _never_recovers, CLAIMED),
    Bug("an unsure mail is tried again by itself", _tries_unsure_again, GONE),
    Bug("a retry makes the Message-ID anew", _makes_message_id_anew, CLAIMED),
    Bug("a lost connection after the dot is taken for a no", _takes_silence_for_no, NORMAL),
    Bug("a wait after the dot is taken for a yes", _takes_wait_for_yes, LATER),
    Bug("the answer to QUIT decides", _lets_quit_decide, QUIT),
    Bug("the second mail's verdict is the first one's", line_bugs.hears_the_first_answer_again, SECOND_LATER),
    Bug(
        "a connection that ended between two mails is held against the second",
        line_bugs.blames_the_next_mail,
        SECOND,
    ),
    Bug(
        "a second mail that was cut off is begun anew, dot or no dot",
        line_bugs.begins_anew_after_the_dot,
        SECOND,
    ),
    Bug("a refused address does not keep it from the others", _sends_to_some, REFUSED),
    Bug(
        "a mail is claimed and committed without a condition",
        _claims_without_condition,
        catches.claimed_by_two,
    ),
    Bug("a wish that comes after the claim is not looked for", _does_not_look_again, WISH),
    Bug("an answer that comes after the claim is not looked for", _does_not_stop_for_an_answer, ANSWER),
    Bug("an undo says yes when it is too late", _undoes_too_late, UNDO),
    Bug(
        "what was changed after approval goes out",
        _sends_whatever_stands_there,
        catches.changed_after_approval,
    ),
    Bug("a queue of days ago goes out by itself", _sends_whatever_stands_there, catches.overdue),
    Bug("the record tells one mail twice", _tells_twice, SENT),
    Bug("a restored backup sends what it held", _forgets_restore, catches.restored),
    Bug("whom it acknowledged is forgotten", _forgets_whom_it_acknowledged, catches.acknowledged),
)
LOOKS = tuple(dict.fromkeys(bug.catch for bug in BUGS))


@dataclass(frozen=True)
class Hunt:
    """How the bugs fared."""

    caught: tuple[str, ...]
    wrong: tuple[str, ...]
    """Bugs that nobody saw, and looks that saw something without one."""
    seconds: float

    def lines(self) -> list[str]:
        end = f"{len(self.caught)} caught in {self.seconds:.0f} s, {len(self.wrong)} not"
        return [*self.caught, *self.wrong, end]


def run() -> Hunt:
    """Plants each, and looks; and looks once more without any."""
    began = time.monotonic()
    caught: list[str] = []
    wrong: list[str] = []
    for bug in BUGS:
        found = bug.found()
        (caught if found else wrong).append(f"{bug.name}: {found[0] if found else 'NOT CAUGHT'}")
    for look in LOOKS:
        wrong += [f"without any bug: {each}" for each in look()]
    return Hunt(tuple(caught), tuple(wrong), time.monotonic() - began)
