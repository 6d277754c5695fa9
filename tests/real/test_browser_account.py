"""A mailbox that is opened with the browser, end to end: a local authority, Dovecot and the sink."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.reader import Reader
from leaddesk.rules.sending import OPENED_ELSEWHERE
from leaddesk.words.account import Account, AccountReport, Client, ConnectionState, SignIn, Step
from leaddesk.words.errors import NotSignedIn, OutOfReach, Refused, Usage
from leaddesk.words.lead import Standing
from leaddesk.words.mail import Place, Role
from leaddesk.words.news import TroubleChanged
from leaddesk.words.outgoing import OutgoingState
from leaddesk.words.sign_in import Refusal
from tests.house import House, until
from tests.letters import answer, letter
from tests.real.authority import CLIENT, Browser, LocalAuthority
from tests.real.certificates import Certificates
from tests.real.dovecot import Dovecot, need_dovecot
from tests.real.sink import Sink
from tests.real.watched import QUICK

pytestmark = pytest.mark.real

ANA, INFO, EVE = "ana@lofts.example", "info@lofts.example", "eve@lofts.example"
OFF = (
    "auth;tokens;answer:AUTH:535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled "
    "for the Tenant."
)
ONLINE, REFUSED = ConnectionState.ONLINE, ConnectionState.REFUSED


@dataclass
class Office:
    """The firm's authority and its servers; copies of what the sink takes land in the Sent of `copies_in`."""

    authority: LocalAuthority
    dovecot: Dovecot
    sink: Sink
    copies_in: str | None = ANA

    def copy(self, raw: bytes) -> None:
        if self.copies_in is not None:
            self.dovecot.append(raw, user=self.copies_in, folder="Sent")

    def account(self, email: str = ANA, **more: object) -> Account:
        given: dict[str, object] = {
            "email": email,
            "name": "Lofts",
            "user": email,
            "imap": self.dovecot.server,
            "smtp": self.sink.server,
            "ca_file": str(self.dovecot.ca_file),
            "client": CLIENT,
        }
        return Account(**given | more)  # type: ignore[arg-type]  # of their own types

    def restart(self) -> None:
        """The provider ends every connection."""
        self.dovecot.kill9()
        self.dovecot.start()


@pytest.fixture
def office(certificates: Certificates, tmp_path: Path) -> Iterator[Office]:
    need_dovecot()
    users = {ANA: "a", INFO: "b", EVE: "c"}
    with (
        LocalAuthority(person=ANA, boxes={ANA: {INFO}}) as authority,
        Dovecot(users, certificates=certificates, authority=authority.url) as dovecot,
        Sink(
            "auth;tokens",
            truth=tmp_path / "truth",
            bearers=lambda user, token: authority.opens(token, user),
            copies_to=lambda raw: made.copy(raw),  # noqa: PLW0108 - it is made below
        ) as sink,
    ):
        made = Office(authority, dovecot, sink)
        yield made


@pytest.fixture
def house(office: Office, tmp_path: Path, reader: Reader) -> Iterator[House]:
    profile = tmp_path / "profile"
    profile.mkdir()
    row = office.authority.toml(office.dovecot.server, office.sink.server)
    (profile / "authorities.toml").write_text(row)
    made = House.open(profile, reader, Clock(), pace=QUICK)
    yield made
    made.close()


def signed_in(house: House, account: Account, *, test: bool = True) -> AccountReport:
    browser = Browser()
    try:
        return house.desk.accounts.sign_in(account, open_browser=browser, test=test)
    finally:
        browser.join()


@contextmanager
def watching(house: House, account: Account, connections: int = 2) -> Iterator[Account]:
    """The account, signed in to and watched."""
    report = signed_in(house, account)
    assert report.ok, report.tests
    house.desk.services.start()
    online(house, connections)
    yield report.account


def states(house: House) -> list[ConnectionState]:
    return [connection.state for connection in house.desk.health.connections()]


def online(house: House, connections: int = 2) -> None:
    until(lambda: states(house) == [ONLINE] * connections)
    roles = list(Role)[:connections]
    until(lambda: all(_is_synced(house, role) for role in roles))


def _is_synced(house: House, role: Role) -> bool:
    position = house.desk.store.mailboxes.get(1, role)
    return position is not None and position.quiet_done and position.swept_at is not None


def steps(report: AccountReport) -> list[tuple[str, Step, bool]]:
    return [(step.server, step.step, step.ok) for step in report.tests]


# -- setting up


def test_a_mailbox_is_signed_in_to_tried_and_kept(house: House, office: Office) -> None:
    told: list[Step] = []
    browser = Browser()
    report = house.desk.accounts.sign_in(
        office.account(), open_browser=browser, on_step=lambda step: told.append(step.step)
    )
    assert steps(report) == [
        ("imap", Step.REACH, True), ("imap", Step.TLS, True), ("imap", Step.LOGIN, True),
        ("imap", Step.FOLDER, True), ("smtp", Step.REACH, True), ("smtp", Step.TLS, True),
        ("smtp", Step.LOGIN, True), ("smtp", Step.SEND, True),
    ]  # fmt: skip
    assert told == [step.step for step in report.tests]
    (kept,) = house.desk.accounts.list()
    assert kept == report.account
    assert (kept.sign_in, kept.client, kept.keyring) == (SignIn.BROWSER, CLIENT, "Memory")
    assert (kept.signer, kept.sent_folder, kept.saves_sent, kept.smtp_off) == ("", "Sent", True, False)
    assert [what for what, _ in house.vault.kept] == ["token"]
    assert all(check.ok for check in house.desk.health.doctor() if check.check in ("imap", "smtp"))
    assert house.desk.accounts.test(kept.id).ok
    house.desk.accounts.remove(kept.id)
    assert house.vault.kept == {}


def test_who_may_not_open_the_box_is_refused_and_nothing_is_kept(house: House, office: Office) -> None:
    office.authority.person = EVE
    report = signed_in(house, office.account())
    assert not report.ok
    assert steps(report)[-1] == ("imap", Step.LOGIN, False)
    assert house.desk.accounts.list() == ()
    assert house.vault.kept == {}


def test_what_the_browser_refuses_is_raised_and_nothing_is_kept(house: House, office: Office) -> None:
    office.authority.denies = {"error": "access_denied", "error_description": "AADSTS90094: admin"}
    with pytest.raises(NotSignedIn) as refused:
        signed_in(house, office.account())
    assert refused.value.refusal is Refusal.ADMINISTRATOR
    assert refused.value.link
    assert house.desk.accounts.list() == ()


def test_a_cancel_of_the_persons_ends_it(house: House, office: Office) -> None:
    cancel = threading.Event()
    browser = Browser(on_way=lambda url: cancel.set())
    with pytest.raises(NotSignedIn) as refused:
        house.desk.accounts.sign_in(office.account(), open_browser=browser, cancel=cancel)
    assert refused.value.refusal is Refusal.CANCELLED


def test_the_firm_registers_once_for_all_its_mailboxes(house: House, office: Office) -> None:
    with pytest.raises(Usage, match="client id of your own at Local"):
        signed_in(house, office.account(client=None))
    signed_in(house, office.account(), test=False)
    second = signed_in(house, office.account(INFO, client=None), test=False).account
    assert second.client == CLIENT
    third = Client(authority="local", id="", tenant="lofts.example")
    prepared = house.desk.accounts._signing_in().prepared(office.account(EVE, client=third))
    assert prepared.client == replace(CLIENT, tenant="lofts.example")


def test_a_password_opens_no_such_mailbox(house: House, office: Office) -> None:
    added = signed_in(house, office.account(), test=False).account
    with pytest.raises(Refused, match="signing in with the browser"):
        house.desk.accounts.give_password(added.id, "words", keep=True)
    with pytest.raises(Refused, match="signing in with the browser"):
        house.desk.accounts.add(office.account(INFO, sign_in=SignIn.BROWSER), "words")


def test_a_mailbox_goes_over_from_its_password(house: House, office: Office) -> None:
    old = house.desk.accounts.add(office.account(client=None), "words", test=False).account
    new = signed_in(house, replace(old, client=CLIENT)).account
    assert (new.id, new.sign_in) == (old.id, SignIn.BROWSER)
    assert [what for what, _ in house.vault.kept] == ["token"]


# -- watching and sending


def test_an_enquiry_is_captured_and_answered(house: House, office: Office) -> None:
    with watching(house, office.account()):
        office.dovecot.deliver(letter(to=ANA), to=ANA)
        until(house.alerts)
        mail = house.desk.reply.send_text(1, "Yes, we do.", undo=False)
        until(lambda: house.desk.store.outbox.get(mail.id).state is OutgoingState.SENT)
        until(lambda: house.in_place(Place.SENT) == 2)
        assert house.lead().state.enquiries[0].standing is Standing.ANSWERED
        assert office.sink.bears == [ANA] * 3
        assert [taken.message_id for taken in office.sink.taken()][-1] == mail.message_id


def test_a_token_that_comes_to_its_end_is_renewed_without_a_word(house: House, office: Office) -> None:
    with watching(house, office.account()):
        office.authority.end_access()
        office.restart()
        until(lambda: states(house) != [ONLINE] * 2)
        online(house)
        assert office.authority.refreshed() == 1
        assert house.desk.health.troubles() == ()
        office.dovecot.deliver(letter(to=ANA), to=ANA)
        until(house.alerts)


def test_a_sign_in_that_is_revoked_is_told_once_and_nobody_hammers(house: House, office: Office) -> None:
    with watching(house, office.account()) as account:
        house.news.clear()
        office.authority.revoke()
        office.restart()
        until(lambda: states(house) == [REFUSED] * 2)
        trouble = house.trouble("sign-in:1")
        assert trouble is not None
        assert trouble.action == "Sign in again"
        assert trouble.sentence == "The sign-in at Local does not hold any more."
        mail = house.desk.reply.send_text(_lead(house), "Yes.", undo=False)
        until(lambda: house.desk.services._its_sender()._holds.is_held(1, Clock().now()))
        for _ in range(3):
            house.desk.services.resume()
            house.desk.services.retry()
        until(lambda: states(house) == [REFUSED] * 2)
        assert office.authority.refreshed() == 1
        assert [each.key for each in house.desk.health.troubles()] == ["sign-in:1"]
        assert len(house.heard(TroubleChanged)) == 1

        office.dovecot.deliver(letter(sender="Bob <bob@example.org>", to=ANA), to=ANA)
        assert signed_in(house, account).ok
        online(house)
        until(lambda: house.trouble("sign-in:1") is None)
        until(lambda: house.desk.store.outbox.get(mail.id).state is OutgoingState.SENT)
        until(house.alerts)


def _lead(house: House) -> int:
    return house.desk.leads.add(name="Ngozi Eze", email="ngozi@example.org", message="A loft?").lead


def test_an_authority_that_is_away_is_waited_for(house: House, office: Office) -> None:
    with watching(house, office.account()):
        office.authority.end_access()
        office.authority.next_answers = [(503, {})] * 3
        office.restart()
        until(lambda: office.authority.next_answers == [])
        online(house)
        assert house.trouble("sign-in:1") is None


def test_a_sign_in_of_another_process_is_taken_up(house: House, office: Office, reader: Reader) -> None:
    with watching(house, office.account()) as account:
        office.authority.revoke()
        office.restart()
        until(lambda: states(house) == [REFUSED] * 2)
        other = House.open(house.desk.profile, reader, Clock(), vault=house.vault)
        assert signed_in(other, account).ok
        online(house)


# -- a shared box


def test_a_shared_box_is_opened_by_its_name_and_its_copies_are_found(house: House, office: Office) -> None:
    kept = signed_in(house, office.account(INFO)).account
    assert (kept.user, kept.signer) == (INFO, ANA)
    assert (kept.saves_sent, kept.sent_folder, kept.signer_sent) == (True, "Sent", "Sent")
    assert kept.copies_go_to_signer


def test_copies_in_the_shared_box_itself_need_no_look_at_the_persons(house: House, office: Office) -> None:
    office.copies_in = INFO
    kept = signed_in(house, office.account(INFO)).account
    assert (kept.signer, kept.saves_sent, kept.signer_sent) == (ANA, True, None)


def test_where_nobody_keeps_copies_the_persons_sent_is_watched_all_the_same(
    house: House, office: Office
) -> None:
    office.copies_in = None
    kept = signed_in(house, office.account(INFO)).account
    assert (kept.saves_sent, kept.signer_sent, kept.copies_go_to_signer) == (None, "Sent", False)


def test_a_server_that_wants_the_persons_name_for_sending_gets_it(house: House, office: Office) -> None:
    office.sink.bearers = lambda user, token: user == ANA and office.authority.opens(token, ANA)
    report = signed_in(house, office.account(INFO))
    assert report.ok
    assert report.account.smtp_user == ANA
    assert office.sink.bears == [INFO, ANA, ANA]


def test_the_same_mailbox_by_another_name_is_no_shared_box(house: House, office: Office) -> None:
    office.dovecot.deliver(letter(to=ANA), to=ANA)
    office.copies_in = None
    office.authority.boxes[EVE] = {ANA}
    office.authority.person = EVE
    account = replace(office.account(), signer=EVE)
    looked = house.desk._trial()._copies
    token = signed_in(house, office.account(), test=False).account
    secret = house.desk._passwords.of(token)
    office.authority.boxes[EVE].add(EVE)
    same = looked.find(replace(account, signer=ANA), secret, None)
    assert same.signer_sent is None


def test_what_the_person_sends_as_the_shared_box_counts_and_their_own_mail_is_not_read(
    house: House, office: Office
) -> None:
    own = letter("See you tonight", sender=f"Ana <{ANA}>", to="mum@example.org", subject="Dinner")
    office.dovecot.append(own, user=ANA, folder="Sent")
    with watching(house, office.account(INFO), connections=3):
        office.dovecot.deliver(letter(to=INFO, id="<ask@example.org>"), to=INFO)
        until(house.alerts)
        reply = answer("ngozi@example.org", "Yes, from May on.", answers="<ask@example.org>")
        office.dovecot.append(reply.replace(b"ann@lofts.example", INFO.encode()), user=ANA, folder="Sent")
        office.dovecot.append(own.replace(b"tonight", b"tomorrow"), user=ANA, folder="Sent")
        until(lambda: house.lead().state.enquiries[0].standing is Standing.ANSWERED)
        house.desk.services.retry()
        online(house, 3)
        kept = house.mails(Role.SIGNER_SENT)
        assert [mail.subject for mail in kept] == ["LeadDesk test", "Re: Loft conversion"]
        assert house.desk.store.mailboxes.correspondent("mum@example.org") is None
        names = {connection.folder for connection in house.desk.health.connections()}
        assert names == {"INBOX", "Sent", f"Sent ({ANA})"}


def test_a_copy_in_both_sent_folders_counts_once(house: House, office: Office) -> None:
    office.copies_in = None
    with watching(house, office.account(INFO), connections=3):
        office.dovecot.deliver(letter(to=INFO, id="<ask@example.org>"), to=INFO)
        until(house.alerts)
        reply = answer("ngozi@example.org", "Yes, from May on.", answers="<ask@example.org>")
        for user in (INFO, ANA):
            raw = reply.replace(b"ann@lofts.example", INFO.encode())
            office.dovecot.append(raw, user=user, folder="Sent")
        until(lambda: house.in_place(Place.SENT) == 2)
        outward = [touch for touch in house.touches() if touch.direction == "out"]
        assert len(outward) == 1


def test_an_unsure_mail_is_looked_for_where_the_copies_land(house: House, office: Office) -> None:
    with watching(house, office.account(INFO), connections=3):
        lead = _lead(house)
        office.sink.become("auth;tokens;drop-after")
        mail = house.desk.reply.send_text(lead, "Yes.", undo=False)
        until(lambda: house.desk.store.outbox.get(mail.id).state is OutgoingState.SENT)
        assert house.desk.store.outbox.get(mail.id).why == "Found in Sent."


def test_a_persons_box_that_is_shut_stops_nothing_else(house: House, office: Office) -> None:
    account = signed_in(house, office.account(INFO)).account
    house.desk.accounts.change(replace(account, signer=EVE))
    house.desk.services.start()
    until(lambda: sorted(states(house)) == sorted([ONLINE, ONLINE, REFUSED]))
    assert house.desk.health.troubles() == ()
    office.dovecot.deliver(letter(to=INFO), to=INFO)
    until(house.alerts)


# -- sending switched off


def test_where_no_program_may_send_the_mailbox_is_watched_and_answers_open_elsewhere(
    house: House, office: Office
) -> None:
    office.sink.become(OFF)
    report = signed_in(house, office.account())
    assert report.ok
    assert [step.bearable for step in report.tests if not step.ok] == [True]
    assert "(SMTP AUTH) is switched off" in report.tests[-1].detail
    assert (report.account.smtp_off, report.account.sent_folder) == (True, "Sent")
    house.desk.services.start()
    online(house)
    office.dovecot.deliver(letter(to=ANA, id="<ask@example.org>"), to=ANA)
    until(house.alerts)

    mail = house.desk.reply.send_text(1, "Yes, we do.", undo=False)
    until(lambda: house.trouble("smtp-off:1"))
    trouble = house.trouble("smtp-off:1")
    assert trouble is not None
    assert trouble.action == "Open in your mail program"
    until(lambda: house.desk.store.outbox.get(mail.id).state is OutgoingState.QUEUED)

    handover = house.desk.reply.open_elsewhere(mail.id)
    assert handover.url.startswith(
        "mailto:ngozi@example.org?subject=Re%3A%20Loft%20conversion&In-Reply-To=%3Cask"
    )
    row = house.desk.store.outbox.get(mail.id)
    assert (row.state, row.why) == (OutgoingState.CANCELLED, OPENED_ELSEWHERE)
    assert house.desk.reply.draft(1).body == "Yes, we do."
    assert house.lead().state.enquiries[0].standing is Standing.WAITING

    written = answer("ngozi@example.org", "Yes, we do.", answers="<ask@example.org>")
    office.dovecot.append(written, user=ANA, folder="Sent")
    until(lambda: house.lead().state.enquiries[0].standing is Standing.ANSWERED)
    assert house.desk.store.outbox.draft_of(1) is None
    until(lambda: house.trouble("smtp-off:1") is None)


def test_a_switch_that_is_turned_on_again_is_noticed(house: House, office: Office) -> None:
    with watching(house, office.account()):
        office.sink.become(OFF)
        mail = house.desk.reply.send_text(_lead(house), "Yes, we do.", undo=False)
        until(lambda: house.trouble("smtp-off:1"))
        until(lambda: house.desk.accounts.list()[0].smtp_off)
        office.sink.become("auth;tokens")
        house.desk.health.act("smtp-off:1")
        until(lambda: house.desk.store.outbox.get(mail.id).state is OutgoingState.SENT)
        until(lambda: not house.desk.accounts.list()[0].smtp_off)


def test_the_doctor_names_what_is_wrong(house: House, office: Office) -> None:
    signed_in(house, office.account())
    office.sink.become(OFF)
    office.authority.revoke()
    house.desk._tokens.was_refused(house.desk.accounts.list()[0], _token(house))
    checks = {check.check: check for check in house.desk.health.doctor()}
    assert not checks["imap"].ok
    assert "does not hold any more" in checks["imap"].detail
    signed_in(house, house.desk.accounts.list()[0])
    checks = {check.check: check for check in house.desk.health.doctor()}
    assert checks["imap"].ok
    assert "switched off" in checks["smtp"].detail


def _token(house: House) -> str:
    secret = house.desk._passwords.of(house.desk.accounts.list()[0])
    return str(getattr(secret, "token", ""))


def test_an_authority_that_does_not_answer_is_no_refusal(house: House, office: Office) -> None:
    added = signed_in(house, office.account()).account
    house.desk._tokens.was_refused(added, _token(house))
    office.authority.next_answers = [(500, {})]
    with pytest.raises(OutOfReach):
        house.desk.accounts.test(added.id)
    assert added.signed_in_at is not None
    assert Clock().now() - added.signed_in_at < timedelta(minutes=1)
