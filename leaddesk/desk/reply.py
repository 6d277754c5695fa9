"""Replies: drafted, kept, approved by a person, taken back, and settled where nobody can be sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from leaddesk.desk import enclosing
from leaddesk.desk.answering import Answer, Answering
from leaddesk.desk.approval import Approval, no_account
from leaddesk.desk.config import Config
from leaddesk.desk.drafting import Drafting
from leaddesk.desk.people import People
from leaddesk.desk.templates import Templates
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.capture.headers import read_headers
from leaddesk.rules.draft import without_gap
from leaddesk.rules.mailto import hand_over
from leaddesk.rules.person import email_key
from leaddesk.rules.recipients import recipient
from leaddesk.rules.sending import OPENED_ELSEWHERE
from leaddesk.words.errors import Refused
from leaddesk.words.lead import How
from leaddesk.words.outgoing import (
    Draft,
    Handover,
    OutFile,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    Resolution,
)
from leaddesk.words.states import ASKING, UNDER_WAY
from leaddesk.words.writing import Aids, Note

_TOO_LATE = {
    OutgoingState.DRAFT: "This is still a draft: nothing is on its way.",
    OutgoingState.SENT: "It is too late: this reply was sent.",
    OutgoingState.CANCELLED: "This reply was already taken back.",
    OutgoingState.UNSURE: "Nobody knows whether this reply arrived: say so at the question about it.",
    OutgoingState.REFUSED: "This reply was refused: nothing is on its way.",
}


_GONE = (*UNDER_WAY, OutgoingState.SENT, OutgoingState.UNSURE)
_TAKEN_BACK = "Your change took this mail back: it has not gone out. Send it when it is as you want it."
_GOES_ON = "What you sent goes out as it was: too late to change it. These words are a new draft."


class Reply:
    """What a person does with replies. `desk_id` names this desk in the mails that it sends."""

    def __init__(self, store: Store, clock: Clock, config: Config, people: People, desk_id: str) -> None:
        self._store = store
        self._clock = clock
        self._answering = Answering(store)
        self._drafting = Drafting(clock, config, Templates(config))
        self._approval = Approval(store, clock, config, people, desk_id)

    # -- drafts

    def draft(self, lead: int, template: str = "") -> Draft:
        """The saved draft of the lead, else one from the template that fits.

        `template` is the note that a plan's step names; one that is not known, or went out before, is passed
        over for the next.
        """
        with self._store.session():
            saved = self._store.outbox.draft_of(lead)
            if saved is not None:
                return _draft_of(saved, self._store.outbox.sender(saved.id))
            answer = self._answering.to_lead(lead)
        wanted = Note(template) if template in set(Note) else None
        return self._blank(answer, self._drafting.text(answer, wanted), answer.subject)

    def aids(self, lead: int) -> Aids:
        """What the composer shows beside the draft of the lead."""
        return self._drafting.aids(self._answering.to_lead(lead))

    def nudge(self, lead: int) -> str:
        """The words of a follow-up that is a text message."""
        return self._drafting.nudge(self._answering.to_lead(lead))

    def save(self, draft: Draft) -> Draft:
        """Keeps what was typed so far, whole or not; returns it with its row. Refused without any account.

        After the approval it changes nothing when it brings no other words; an edit takes the approval back
        as long as the mail has not left, and `told` says what became of it.
        """
        with self._store.transaction():
            told = ""
            if draft.outgoing is not None:
                row = self._store.outbox.get(draft.outgoing)
                if row.state is not OutgoingState.DRAFT:
                    if _is_as_approved(draft, row):
                        return draft
                    told = self._take_approval_back(row)
            elif (sent := self._same_on_its_way(draft)) is not None:
                return replace(draft, outgoing=sent)
            return replace(draft, outgoing=self._keep(draft).id, told=told)

    def discard(self, outgoing: int) -> None:
        """Throws a draft away."""
        self._store.outbox.discard(outgoing)

    # -- a person's word

    def approve(self, draft: Draft, *, undo: bool = True, at: datetime | str | None = None) -> Outgoing:
        """The mail is frozen and goes out when the time for undo is over, or at `at` (also in words).

        One that goes out later comes back as a draft when they write first. Raises Refused, with everything
        kept as it was, when it cannot go out as it stands.
        """
        when = self._drafting.later(at) if isinstance(at, str) else at
        enclosed = enclosing.read(draft.files)
        with self._store.transaction():
            self._not_twice(draft)
            kept = self._store.outbox.draft_of(draft.lead) if draft.outgoing is None else None
            if kept is not None:  # a first keeping that the approval has overtaken
                draft = replace(draft, outgoing=kept.id)
            answer = self._answering.to_lead(draft.lead)
            return self._approval.give(draft, answer, undo=undo, at=when, enclosed=enclosed)

    def enclose(self, paths: Sequence[Path]) -> tuple[OutFile, ...]:
        """Files for a draft, as they lie there now. Raises Refused for one that cannot go out."""
        return enclosing.files_at(paths)

    def send_plain(self, lead: int) -> Outgoing:
        """Sends the line that does for now; the draft stays for the proper answer."""
        with self._store.transaction():
            answer = self._answering.to_lead(lead)
            blank = self._blank(answer, self._drafting.plain(answer), answer.subject)
            self._not_twice(blank)
            return self._approval.give(blank, answer, undo=True, at=None)

    def send_text(
        self, lead: int, text: str, subject: str | None = None, at: datetime | None = None, undo: bool = True
    ) -> Outgoing:
        """Sends `text` as it is given, whatever draft or other reply waits."""
        with self._store.transaction():
            answer = self._answering.to_lead(lead)
            given = one_line(subject or "") or answer.subject
            return self._approval.give(self._blank(answer, text, given), answer, undo=undo, at=at)

    def cancel(self, outgoing: int, *, while_undo: bool = False) -> Outgoing:
        """Takes a reply back; its text is a draft again. Raises Refused when it is too late.

        With `while_undo` also once the time for undo is over, unless something holds the mail up.
        """
        with self._store.transaction():
            mail = self._store.outbox.get(outgoing)
            is_over = mail.not_before is not None and mail.not_before <= self._clock.now()
            if while_undo and is_over and mail.state is OutgoingState.QUEUED and not mail.why:
                raise Refused("It is too late: the time for undo is over.")
            if not self._store.outbox.cancel(outgoing, "You took it back."):
                raise Refused(_TOO_LATE.get(mail.state, "It is too late: this reply is being sent."))
            if mail.kind is OutgoingKind.REPLY:
                self._give_back(mail)
            return self._store.outbox.get(outgoing)

    def open_elsewhere(self, outgoing: int) -> Handover:
        """Takes a mail that waits back, for the person to send from their own mail program.

        It counts once it is found in Sent; until then its text is a draft again. Raises Refused when it is
        too late.
        """
        with self._store.transaction():
            mail = self._store.outbox.get(outgoing)
            headers, _ = read_headers(self._store.outbox.raw(outgoing))
            outbox = self._store.outbox
            taken = outbox.cancel(outgoing, OPENED_ELSEWHERE) or (
                mail.state is OutgoingState.REFUSED and outbox.drop(outgoing, OPENED_ELSEWHERE)
            )
            if not taken:
                raise Refused(_TOO_LATE.get(mail.state, "It is too late: this reply is being sent."))
            self._give_back(mail)
        return hand_over(
            mail.to, mail.cc, mail.subject, mail.body, headers.get("in-reply-to").strip() or None
        )

    def resolve(self, outgoing: int, how: Resolution) -> Outgoing:
        """A person's word on a mail that is unsure or was refused. Raises Refused for any other."""
        with self._store.transaction():
            mail = self._store.outbox.get(outgoing)
            if not self._settle(mail, how):
                raise Refused("There is no question about this reply.", f"It is {mail.state.value}.")
            return self._store.outbox.get(outgoing)

    def outbox(self, state: OutgoingState | None = None) -> tuple[Outgoing, ...]:
        """All outgoing mails in the order in which they were begun, or those in one state."""
        return self._store.outbox.all_in(OutgoingState if state is None else [state])

    # -- how

    def _blank(self, answer: Answer, body: str, subject: str) -> Draft:
        return Draft(
            lead=answer.lead.id,
            outgoing=None,
            account=answer.account.id if answer.account else 0,
            to=(answer.to,) if answer.to else (),
            cc=(),
            subject=subject,
            body=body,
            from_address=answer.sender,
        )

    def _keep(self, draft: Draft) -> Outgoing:
        if not draft.account:
            raise no_account()
        lead = self._store.leads.get(draft.lead)
        if lead is None:
            raise Refused(f"There is no lead {draft.lead}.")
        newest = max(lead.enquiries, key=lambda e: (e.received_at, e.id))
        return self._store.outbox.save_draft(draft, newest.id)

    def _take_approval_back(self, mail: Outgoing) -> str:
        """The approved words are not what the person wants to say any more. Returns what became of them."""
        if self._store.outbox.cancel(mail.id, "You changed it."):
            return _TAKEN_BACK
        return _GOES_ON if mail.state in _GONE else ""

    def _same_on_its_way(self, draft: Draft) -> int | None:
        """A mail under way to the lead with this text, if any."""
        waiting = self._store.outbox.all_in(UNDER_WAY, draft.lead)
        same = (each.id for each in waiting if (each.body, each.subject) == (draft.body, draft.subject))
        return next(same, None)

    def _not_twice(self, draft: Draft) -> None:
        """The same key pressed twice sends one reply."""
        if draft.outgoing is None:
            is_double = self._same_on_its_way(draft) is not None
        else:
            is_double = self._store.outbox.get(draft.outgoing).state is not OutgoingState.DRAFT
        if is_double:
            raise Refused("This reply is already on its way.", "Look at the conversation.")

    def _settle(self, mail: Outgoing, how: Resolution) -> bool:
        outbox = self._store.outbox
        if mail.state not in ASKING:
            return False
        if how is Resolution.AGAIN and mail.kind is OutgoingKind.HOLDING:
            raise Refused("An automatic reply is never sent again.", "Write to them yourself.")
        if how is Resolution.AGAIN:
            return outbox.requeue(mail.id, "Sent again at your word.")
        if how is Resolution.ARRIVED:
            at = mail.committing_at or mail.updated_at
            return outbox.sent(
                mail.id, at=at, answer=mail.answer, why="You said that it arrived.", how=How.ENTERED
            )
        dropped = outbox.drop(mail.id, "You let it be.")
        if dropped and mail.state is OutgoingState.REFUSED and mail.kind is OutgoingKind.REPLY:
            self._give_back(mail)
        return dropped

    def _give_back(self, mail: Outgoing) -> None:
        """The text of a mail that did not go out is a draft again; a plain line takes no draft's place."""
        kept = self._store.outbox.draft_of(mail.lead)
        if kept is not None and mail.body == self._drafting.plain(self._answering.to_lead(mail.lead)):
            return
        words = _draft_of(mail, self._store.outbox.sender(mail.id))
        self._store.outbox.save_draft(replace(words, outgoing=None), mail.enquiry)


def _is_as_approved(draft: Draft, mail: Outgoing) -> bool:
    """The same words to the same people, as the approval wrote them."""
    boxes = [recipient(each) for each in (*draft.to, *draft.cc) if each.strip()]
    people = [email_key(box.address or "") if box else "" for box in boxes]
    return (
        mail.body in (draft.body, without_gap(draft.body))
        and mail.subject == one_line(draft.subject)
        and set(people) == set(map(email_key, mail.recipients))
        and [each.path for each in mail.files] == [each.path for each in draft.files]
    )


def _draft_of(mail: Outgoing, sender: str) -> Draft:
    return Draft(
        lead=mail.lead,
        outgoing=mail.id,
        account=mail.account,
        to=mail.to,
        cc=mail.cc,
        subject=mail.subject,
        body=mail.body,
        from_address=sender,
        files=tuple(replace(each, digest="") for each in mail.files),
    )
