"""The holding message at the desk: to whom, with what words, and what stops it before it goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest

from leaddesk.desk.backup import restore
from leaddesk.doors.mail.reader import Reader
from leaddesk.rules.holding.may import PER_MINUTE
from leaddesk.words.errors import Refused
from leaddesk.words.lead import Channel, Outcome, Reached, Standing
from leaddesk.words.outgoing import Claim, OutgoingKind, OutgoingState, Resolution
from leaddesk.words.settings import HOLDING_FOOTER, HOLDING_ON
from tests.desk.holding_house import ANN, asks, found_in_sent, holdings, looked_through, ready, rule
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import answer, form_notice, letter

S = OutgoingState
EVENING = datetime(2026, 11, 2, 22, 15, tzinfo=UTC)
VISITOR = "bo@example.org"


def claim(house: House, account: int) -> Claim | None:
    return house.desk.store.outbox.claim(house.desk.clock.now(), "me", [account])


def notice(email: str = VISITOR, text: str = "A roof?") -> bytes:
    return form_notice("Bo Larsen", email, text, Return_Path="<www@host.example>")


# -- what goes out


def test_a_letter_of_somebody_new_gets_one_with_every_mark_of_a_machine(house: House) -> None:
    ready(house)
    house.land(asks(subject="Loft conversion", id="<ask@example.org>"))
    (mail,) = holdings(house, S.QUEUED)
    raw = message_from_bytes(house.desk.store.outbox.raw(mail.id), policy=policy.default)
    assert (mail.to, mail.cc) == (("ngozi@example.org",), ())
    assert raw["Subject"] == "Auto: Loft conversion"
    assert raw["From"] == "Lofts by Ann <ann@lofts.example>"
    assert (raw["Auto-Submitted"], raw["Precedence"]) == ("auto-replied", "auto_reply")
    assert (raw["X-Auto-Response-Suppress"], raw["X-LeadDesk-Ack"]) == ("All", "1")
    assert raw["In-Reply-To"] == "<ask@example.org>"
    assert raw.get_content_type() == "text/plain"
    text = raw.get_content()
    assert "This is an automatic message" in text
    assert "quote" not in text
    assert len(house.desk.store.outbox.raw(mail.id)) < 2048


def test_it_says_nothing_of_an_hour_while_they_are_open(house: House) -> None:
    ready(house)
    house.land(asks())
    assert "closed" not in holdings(house)[0].body
    held = house.view().enquiries[0].held
    assert held is not None
    assert (held.rule, held.promised_at) == (None, None)


def test_shortly_before_they_shut_it_promises_tomorrow_and_is_still_honest(
    house: House, clock: FrozenClock
) -> None:
    clock.advance(hours=8, minutes=20)  # 17:20, and they shut at half past
    ready(house)
    house.land(asks())
    (sent,) = holdings(house)
    assert "9:20 tomorrow" in sent.body
    assert "closed" not in sent.body


def test_in_the_evening_it_promises_the_next_morning_in_their_language(
    house: House, clock: FrozenClock
) -> None:
    ready(house)
    house.desk.config.set(HOLDING_FOOTER, "Datenschutz: lofts.example/privacy")
    clock.jump(EVENING)
    house.land(asks(text="Guten Tag, wann haben Sie Zeit für ein Angebot?"))
    (mail,) = holdings(house)
    assert "morgen (Dienstag) um 9:30 Uhr" in mail.body
    assert mail.body.endswith("lofts.example/privacy\n")
    assert house.queue()[0].due_at == EVENING + timedelta(hours=11, minutes=15)
    assert "promised" in house.queue()[0].why


def test_a_registered_forms_visitor_gets_it_and_an_unregistered_ones_does_not(house: House) -> None:
    ready(house)
    house.land(notice("n@example.org"))
    assert (holdings(house), rule(house)) == ([], "Forms")
    house.desk.forms.register_mail(notice())
    house.land(notice())
    (mail,) = holdings(house)
    assert mail.to == (VISITOR,)
    assert mail.subject == "Auto: Your message to Lofts by Ann"
    assert b"In-Reply-To" not in house.desk.store.outbox.raw(mail.id)


# -- what does not


def test_switched_off_nothing_goes_and_the_enquiry_says_why(house: House) -> None:
    ready(house, on=False)
    house.land(asks())
    assert (holdings(house), rule(house)) == ([], "off")


def test_the_same_sender_gets_one_in_seven_days_whatever_tag_it_bears(
    house: House, clock: FrozenClock
) -> None:
    ready(house)
    house.desk.forms.register_mail(notice())
    house.land(notice())
    clock.advance(days=6, hours=23)
    house.land(notice("Bo+loft@Example.org", "A dormer?"))
    assert len(holdings(house)) == 1
    clock.advance(hours=2)
    house.land(notice(text="A window?"))
    assert len(holdings(house)) == 2


def test_who_enquired_before_or_was_written_to_is_a_known_person(house: House, clock: FrozenClock) -> None:
    account = ready(house)
    house.land(asks())
    house.desk.decide.close(1, Outcome.LOST)
    clock.advance(days=30)
    house.land(asks(text="Another question after all: is the loft still possible?"))
    assert rule(house) == "known"
    found_in_sent(house, account, answer(VISITOR, "Here is the invoice."), clock.now(), 7)
    house.desk.forms.register_mail(notice())
    clock.advance(minutes=1)
    house.land(notice())
    assert rule(house, 2) == "known"
    assert len(holdings(house)) == 1


def test_what_was_read_later_or_is_old_gets_none(house: House, clock: FrozenClock) -> None:
    ready(house)
    house.land(asks(), clock.now() - timedelta(hours=25))
    assert rule(house) == "A12"
    captured = house.desk.receive.capture(asks("Bob <bob@firm.example>"), quiet=True)
    assert captured.lead is not None
    assert (rule(house, captured.lead), holdings(house)) == ("A12", [])


def test_a_flood_ends_at_the_backstop_and_is_told(house: House) -> None:
    ready(house)
    for number in range(PER_MINUTE + 2):
        house.land(asks(f"P{number} <p@firm{number}.example>"))
    assert len(holdings(house)) == PER_MINUTE
    assert rule(house, PER_MINUTE + 1) == "A8"
    assert house.trouble("holding.many") is not None


def test_a_form_whose_website_confirms_by_itself_gets_none(house: House, clock: FrozenClock) -> None:
    account = ready(house)
    house.desk.forms.register_mail(notice())
    house.land(notice("first@example.org"))
    confirmation = answer("first@example.org", "We got it.", subject="Thank you", X_Mailer="PHPMailer 6")
    found_in_sent(house, account, confirmation, clock.now(), 3)
    assert claim(house, account) is None
    assert holdings(house)[0].why == "It was confirmed from elsewhere."
    clock.advance(minutes=10)
    house.land(notice())
    assert rule(house, 2) == "site"


def test_the_copy_of_a_confirmation_in_the_inbox_tells_it_as_well(house: House, clock: FrozenClock) -> None:
    ready(house)
    house.desk.forms.register_mail(notice())
    house.land(notice("first@example.org"))
    copy = letter("We got it.", sender=f"Lofts <{ANN}>", to="first@example.org", subject="Thank you")
    house.land(copy)
    clock.advance(minutes=10)
    house.land(notice())
    assert rule(house, 2) == "site"


# -- another desk


def test_nothing_goes_before_sent_was_looked_through(house: House) -> None:
    account = ready(house)
    box = house.desk.store.database.tables.mailbox
    with house.desk.store.transaction():
        box.update(quiet_done=False).execute()
    house.land(asks())
    assert rule(house) == "desk"
    looked_through(house, account)
    house.land(asks("Bob <bob@firm.example>"))
    assert rule(house, 2) is None


def test_another_desk_is_noticed_in_sent_and_nothing_goes_before_somebody_chose(
    house: House, clock: FrozenClock
) -> None:
    account = ready(house)
    other = answer("eve@example.org", "Yes.", X_LeadDesk_Desk="f00")
    found_in_sent(house, account, other, clock.now(), 4)
    house.land(asks())
    assert (rule(house), holdings(house)) == ("desk", [])
    trouble = house.trouble(f"two-desks:{account}")
    assert trouble is not None
    assert trouble.action == "Take over"
    house.desk.health.act(trouble.key)
    assert house.trouble(trouble.key) is None
    house.land(asks("Bob <bob@firm.example>"))
    assert rule(house, 2) is None


def test_one_that_the_other_desk_acknowledged_gets_no_second(house: House, clock: FrozenClock) -> None:
    account = ready(house)
    marks = {"X_LeadDesk_Desk": "f00", "X_LeadDesk_Ack": "1", "Auto_Submitted": "auto-replied"}
    found_in_sent(house, account, answer("ngozi@example.org", "Automatic.", **marks), clock.now(), 4)
    house.desk.holding.take_over(account)
    house.land(asks())
    assert rule(house) == "A7"


def test_our_own_copy_in_sent_is_no_other_desk(house: House, clock: FrozenClock) -> None:
    account = ready(house)
    house.land(asks())
    (mail,) = holdings(house)
    found_in_sent(house, account, house.desk.store.outbox.raw(mail.id), clock.now(), 4)
    assert house.desk.store.holding.other_desk(account) is None


# -- stops


def test_a_persons_quicker_answer_cancels_it_in_the_claim(house: House) -> None:
    account = ready(house)
    house.land(asks())
    house.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.REACHED)
    assert claim(house, account) is None
    (mail,) = holdings(house)
    assert (mail.state, mail.why) == (S.CANCELLED, "A person was quicker.")


def test_an_approved_answer_that_waits_cancels_it(house: House) -> None:
    account = ready(house)
    house.land(asks())
    house.desk.reply.send_text(1, "Gladly: on Monday?")
    taken = claim(house, account)
    assert taken is None
    assert holdings(house)[0].state is S.CANCELLED


def test_a_stop_after_the_claim_still_wins_before_the_dot(house: House) -> None:
    account = ready(house)
    house.land(asks())
    taken = claim(house, account)
    assert taken is not None
    assert taken.kind is OutgoingKind.HOLDING
    house.desk.config.set(HOLDING_ON, "off")
    with pytest.raises(Refused):
        house.desk.store.outbox.committing(taken.outgoing, "me")
    assert holdings(house)[0].state is S.CANCELLED


def test_a_promise_that_is_over_is_not_sent_and_is_void(house: House, clock: FrozenClock) -> None:
    account = ready(house)
    clock.jump(EVENING)
    house.land(asks())
    clock.advance(hours=11, minutes=20)
    assert claim(house, account) is None
    assert holdings(house)[0].why == "What it promises is over."
    held = house.view().enquiries[0].held
    assert held is not None
    assert held.promised_at is None


# -- what it never is


def test_it_is_no_response_takes_no_alert_and_no_thread(house: House, clock: FrozenClock) -> None:
    account = ready(house)
    house.land(asks(id="<ask@example.org>"))
    taken = claim(house, account)
    assert taken is not None
    house.desk.store.outbox.committing(taken.outgoing, "me")
    house.desk.store.outbox.sent(taken.outgoing, at=clock.now(), answer="250 ok")
    view = house.view()
    assert view.enquiries[0].standing is Standing.WAITING
    assert view.timeline[-1].headline == "Holding message · automatic"
    assert len(house.queue()) == 1
    assert house.desk.queue.today().going == 0
    draft = house.desk.reply.draft(1)
    sent = house.desk.reply.approve(draft, undo=False)
    assert b"In-Reply-To: <ask@example.org>" in house.desk.store.outbox.raw(sent.id)


def test_an_unsure_one_is_never_sent_again(house: House, clock: FrozenClock) -> None:
    account = ready(house)
    house.land(asks())
    taken = claim(house, account)
    assert taken is not None
    house.desk.store.outbox.committing(taken.outgoing, "me")
    house.desk.store.outbox.unsure(taken.outgoing, "cut")
    assert house.queue()[0].trouble is False
    with pytest.raises(Refused, match="never sent again"):
        house.desk.reply.resolve(taken.outgoing, Resolution.AGAIN)
    clock.advance(hours=1)
    house.desk.services.once()
    (mail,) = holdings(house)
    assert mail.state is S.CANCELLED
    assert "never sent again" in mail.why
    assert house.trouble(f"unsure:{mail.id}") is None


def test_taking_one_back_leaves_no_draft(house: House) -> None:
    ready(house)
    house.land(asks())
    house.desk.reply.cancel(holdings(house)[0].id)
    assert house.desk.store.outbox.draft_of(1) is None


def test_a_promise_is_kept_or_not(house: House, clock: FrozenClock) -> None:
    ready(house)
    clock.jump(EVENING)
    house.land(asks())
    house.land(asks("Bob <bob@firm.example>"))
    clock.advance(hours=11)
    house.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.REACHED)
    clock.advance(hours=1)
    stand = house.desk.holding.stand()
    assert (stand.promises, stand.kept) == (2, 1)


def test_a_restore_forgets_nobody_who_was_acknowledged_and_sends_nothing_that_waited(
    house: House, clock: FrozenClock, reader: Reader
) -> None:
    account, profile = ready(house), house.desk.profile
    house.land(asks("Bob <bob@firm.example>"))
    copy = house.desk.backup.now()
    house.land(asks())
    restore(profile, copy, "desk", clock)
    again = House.open(profile, reader, clock)
    (mail,) = holdings(again)
    assert (mail.state, mail.to) == (S.CANCELLED, ("bob@firm.example",))
    again.land(asks(text="Are you there?"))
    assert rule(again, 2) == "A7"
    assert claim(again, account) is None
    again.close()


# -- before it is on


def test_the_preview_shows_what_would_have_gone_out_and_why_not_to_the_others(
    house: House, clock: FrozenClock
) -> None:
    ready(house, on=False)
    house.land(asks())
    house.land(letter("May we come by on Friday?", sender="Bob <bob@firm.example>"))
    clock.advance(days=1)
    house.land(asks("Eve <eve@firm.example>"))
    clock.advance(hours=1)
    rows = house.desk.holding.preview()
    assert [(row.lead, row.held.rule) for row in rows] == [(3, None), (2, "A2"), (1, None)]
    assert rows[0].message is not None
    assert rows[0].message.subject == "Auto: Loft conversion"
    assert rows[1].message is None
    assert holdings(house) == []


def test_switched_off_or_unwatched_the_program_says_plainly_that_it_cannot(house: House) -> None:
    ready(house, on=False)
    stand = house.desk.holding.stand()
    assert "switched off" in stand.cannot
    assert "Lofts by Ann" in stand.elsewhere
    house.desk.config.set(HOLDING_ON, "on")
    assert "leaddesk watch" in house.desk.holding.stand().cannot
