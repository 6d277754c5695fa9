"""Whose a mail is: reply, joining mail, new enquiry, known person, or nobody's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from leaddesk.rules.match.fate import Facts, Fate, KnownLead, in_junk, whose
from leaddesk.words.lead import Outcome
from leaddesk.words.mail import MailKind, Place
from tests.made import reading

OURS = {"<ours@lofts.example>": 7}
OURS_OF_BEFORE = {"<old@lofts.example>": None}
WAITING = KnownLead(7, Outcome.OPEN, True)
ANSWERED = KnownLead(7, Outcome.OPEN, False)
ASKED = KnownLead(7, Outcome.OPEN, False, is_asked=True)
LOST = KnownLead(7, Outcome.LOST, False)
NO_LEAD = KnownLead(7, Outcome.NOT_A_LEAD, False)
OTHER_CLOSED = KnownLead(9, Outcome.WON, False)


def facts(
    *leads: KnownLead, named: Mapping[str, int | None] | None = None, is_correspondent: bool = False
) -> Facts:
    return Facts(named=named or {}, leads=leads, is_correspondent=is_correspondent)


@pytest.mark.parametrize(
    ("known", "place", "lead"),
    [
        pytest.param(facts(), Place.ENQUIRY, None, id="a stranger asks"),
        pytest.param(facts(WAITING), Place.JOINED, 7, id="joins what is still unanswered"),
        pytest.param(facts(ANSWERED), Place.REPLY, 7, id="answers in a running conversation"),
        pytest.param(facts(LOST), Place.ENQUIRY, 7, id="a closed lead asks again"),
        pytest.param(facts(NO_LEAD), Place.ENQUIRY, 7, id="so does one who was no lead"),
        pytest.param(facts(OTHER_CLOSED, ANSWERED), Place.REPLY, 7, id="the open lead of two goes first"),
        pytest.param(facts(OTHER_CLOSED, LOST), Place.ENQUIRY, 9, id="else the newest"),
        pytest.param(facts(LOST, named=OURS), Place.REPLY, 7, id="naming our mail reopens"),
        pytest.param(facts(WAITING, named=OURS), Place.JOINED, 7, id="unless a second enquiry waits"),
        pytest.param(facts(named=OURS), Place.REPLY, 7, id="from another address, by what it names"),
        pytest.param(facts(OTHER_CLOSED, named=OURS), Place.REPLY, 7, id="what it names beats the address"),
        pytest.param(
            facts(LOST, named=OURS_OF_BEFORE), Place.REPLY, 7, id="named, its lead told by the address"
        ),
        pytest.param(
            facts(named=OURS_OF_BEFORE), Place.KNOWN, None, id="answers what we sent before LeadDesk"
        ),
        pytest.param(facts(is_correspondent=True), Place.KNOWN, None, id="we wrote to them before"),
        pytest.param(
            facts(LOST, is_correspondent=True), Place.ENQUIRY, 7, id="a lead is no mere acquaintance"
        ),
    ],
)
@pytest.mark.parametrize("kind", [MailKind.ENQUIRY, MailKind.REPLY])
def test_a_personal_mail(kind: MailKind, known: Facts, place: Place, lead: int | None) -> None:
    fate = whose(reading(kind), known)
    assert (fate.place, fate.lead) == (place, lead)


@pytest.mark.parametrize("leads", [(), (WAITING,), (ANSWERED,), (LOST,)])
@pytest.mark.parametrize("is_correspondent", [True, False])
def test_a_form_is_always_a_new_enquiry_of_whoever_filled_it_in(
    leads: tuple[KnownLead, ...], is_correspondent: bool
) -> None:
    fate = whose(reading(form_notice=True), facts(*leads, is_correspondent=is_correspondent))
    assert (fate.place, fate.lead) == (Place.ENQUIRY, 7 if leads else None)


def test_a_missed_call_is_an_enquiry() -> None:
    fate = whose(reading(MailKind.MISSED_CALL), facts(ANSWERED))
    assert (fate.place, fate.lead) == (Place.ENQUIRY, 7)


@pytest.mark.parametrize("kind", [MailKind.NEWSLETTER, MailKind.TRANSACTIONAL, MailKind.SPAM, MailKind.OWN])
@pytest.mark.parametrize("known", [facts(), facts(WAITING), facts(ANSWERED), facts(named=OURS_OF_BEFORE)])
def test_what_nobody_wrote_to_us_is_put_away(kind: MailKind, known: Facts) -> None:
    fate = whose(reading(kind), known)
    assert (fate.place, fate.lead) == (Place.NOT_A_LEAD, None)


@pytest.mark.parametrize("kind", [MailKind.NEWSLETTER, MailKind.TRANSACTIONAL, MailKind.SPAM])
@pytest.mark.parametrize("known", [facts(LOST, named=OURS), facts(named=OURS), facts(ASKED)])
def test_an_answer_to_us_is_one_even_with_a_newsletters_headers(kind: MailKind, known: Facts) -> None:
    fate = whose(reading(kind), known)
    assert (fate.place, fate.lead) == (Place.REPLY, 7)


def test_our_own_mail_and_a_robots_bulk_mail_are_nobodys_answer() -> None:
    assert whose(reading(MailKind.OWN), facts(ASKED, named=OURS)).place is Place.NOT_A_LEAD
    bulk = reading(MailKind.NEWSLETTER, form_notice=True)
    assert whose(bulk, facts(ASKED)).place is Place.NOT_A_LEAD


@pytest.mark.parametrize("kind", [MailKind.BOUNCE, MailKind.AUTOREPLY])
@pytest.mark.parametrize(
    ("known", "place", "lead"),
    [
        pytest.param(facts(named=OURS), Place.ABOUT, 7, id="about our mail"),
        pytest.param(facts(OTHER_CLOSED, named=OURS), Place.ABOUT, 7, id="what it names goes first"),
        pytest.param(facts(OTHER_CLOSED), Place.ABOUT, 9, id="from a lead"),
        pytest.param(facts(named=OURS_OF_BEFORE), Place.NOT_A_LEAD, None, id="about a mail to no lead"),
        pytest.param(facts(is_correspondent=True), Place.NOT_A_LEAD, None, id="from nobody's lead"),
    ],
)
def test_bounces_and_away_notes_go_to_their_lead(
    kind: MailKind, known: Facts, place: Place, lead: int | None
) -> None:
    fate = whose(reading(kind), known)
    assert (fate.place, fate.lead) == (place, lead)


@pytest.mark.parametrize(
    ("known", "place", "lead"),
    [
        pytest.param(facts(), Place.ENQUIRY, None, id="a stranger"),
        pytest.param(facts(is_correspondent=True), Place.ENQUIRY, None, id="even from somebody we know"),
        pytest.param(facts(named=OURS_OF_BEFORE), Place.ENQUIRY, None, id="even in an old thread"),
        pytest.param(facts(ANSWERED), Place.REPLY, 7, id="in a running conversation"),
        pytest.param(facts(LOST), Place.ENQUIRY, 7, id="from a closed lead"),
    ],
)
def test_what_cannot_be_read_is_never_put_where_it_does_not_alert(
    known: Facts, place: Place, lead: int | None
) -> None:
    fate = whose(reading(MailKind.UNREADABLE), known)
    assert (fate.place, fate.lead) == (place, lead)


CONTACT = Facts(named={}, leads=(), is_correspondent=False, contact=5)
"""The person came with an imported address book, and never enquired."""


@pytest.mark.parametrize(
    ("known", "place", "lead"),
    [
        pytest.param(CONTACT, Place.ENQUIRY, 5, id="we never wrote to them"),
        pytest.param(replace(CONTACT, is_correspondent=True), Place.KNOWN, None, id="we write to them"),
        pytest.param(replace(CONTACT, named=OURS_OF_BEFORE), Place.KNOWN, None, id="they answer us"),
        pytest.param(replace(CONTACT, leads=(ANSWERED,)), Place.REPLY, 7, id="they are a lead besides"),
    ],
)
def test_an_imported_contact_is_known_only_where_we_wrote_to_it(
    known: Facts, place: Place, lead: int | None
) -> None:
    fate = whose(reading(), known)
    assert (fate.place, fate.lead) == (place, lead)
    assert fate.why


def test_a_form_of_an_imported_contact_is_its_enquiry() -> None:
    fate = whose(reading(form_notice=True), replace(CONTACT, is_correspondent=True))
    assert (fate.place, fate.lead) == (Place.ENQUIRY, 5)


def test_every_decision_about_somebody_known_says_why() -> None:
    for known in (facts(WAITING), facts(ANSWERED), facts(LOST), facts(is_correspondent=True)):
        assert whose(reading(), known).why.endswith(".")


def test_in_the_junk_folder_only_what_belongs_to_a_lead_is_believed() -> None:
    assert in_junk(Fate(Place.ENQUIRY, 3, "")).place is Place.JUNK
    assert in_junk(Fate(Place.ENQUIRY, 3, "")).lead is None
    for place in (Place.KNOWN, Place.NOT_A_LEAD):
        assert in_junk(Fate(place, None, "")).place is Place.SPAM
    for place in (Place.REPLY, Place.JOINED, Place.ABOUT):
        assert in_junk(Fate(place, 3, "x")) == Fate(place, 3, "x")
