"""Sample leads: the same for the same seed, of many languages and shapes, and nobody real in them."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from leaddesk.rules.fold import fold
from leaddesk.rules.sample import SampleLead, known, make, read_texts
from leaddesk.rules.sample.first import duration
from leaddesk.words.lead import (
    Certainty,
    Channel,
    Decision,
    LeadState,
    Outcome,
    Reached,
    Standing,
    Touch,
    Turn,
    Verb,
    What,
)
from leaddesk.words.states import Rung

FILES = sorted((Path(__file__).parents[2] / "resources/samples").glob("*.toml"))
TEXTS = read_texts({file.stem: file.read_text(encoding="utf-8") for file in FILES})
NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
MANY = list(make(TEXTS, 2000, 7, NOW))
FIRST = MANY[:30]

SAFE_HOST = re.compile(r"(?:[a-z0-9-]+\.)*example\.(?:com|net|org)")
FICTION = re.compile(
    r"\+447700900\d{3}|\+442079460\d{3}|\+44(?:113|114|115|116|117|118|121|131|141|151|161)4960\d{3}"
    r"|\+441632960\d{3}|\+1\d{3}55501\d\d|\+4930(?:23125)\d{3}|\+496990009\d{3}|\+494066969\d{3}"
    r"|\+492214710\d{3}|\+498999998\d{3}|\+3363998\d{4}|\+3319900\d{4}|\+3326191\d{4}|\+3346571\d{4}"
)


def state(lead: SampleLead) -> LeadState:
    return fold(lead.enquiries, lead.record)


def texts_of(lead: SampleLead) -> list[str]:
    evidence = [value for enquiry in lead.enquiries for value in enquiry.source.evidence.values()]
    touches = [entry.text for entry in lead.record if isinstance(entry, Touch)]
    return [*lead.person.emails, *evidence, *touches, *(enquiry.message for enquiry in lead.enquiries)]


def test_the_same_seed_and_time_make_the_same_leads() -> None:
    assert list(make(TEXTS, 300, 7, NOW)) == list(make(TEXTS, 300, 7, NOW))


def test_another_seed_makes_others_after_the_first_thirty() -> None:
    other = list(make(TEXTS, 2000, 8, NOW))
    assert other[:30] == FIRST
    assert other[30:] != MANY[30:]


@pytest.mark.parametrize("count", [0, 1, 29, 30, 31, 200])
def test_as_many_leads_as_asked_for(count: int) -> None:
    assert len(list(make(TEXTS, count, 1, NOW))) == count


def test_a_million_are_made_one_by_one() -> None:
    stream = make(TEXTS, 1_000_000, 1, NOW)
    assert len(list(itertools.islice(stream, 35))) == 35


def test_each_lead_is_told_in_order_and_never_beyond_now() -> None:
    for lead in MANY:
        _check_order(lead)


def _check_order(lead: SampleLead) -> None:
    times = [entry.at for entry in lead.record]
    assert times == sorted(times)
    assert times[-1] <= NOW
    assert [entry.id for entry in lead.record] == list(range(1, len(times) + 1))
    assert [enquiry.id for enquiry in lead.enquiries] == list(range(1, len(lead.enquiries) + 1))
    assert {entry.lead for entry in lead.record} == {enquiry.lead for enquiry in lead.enquiries} == {0}
    openings = [entry for entry in lead.record if isinstance(entry, Touch) and entry.enquiry]
    assert [(touch.enquiry, touch.at) for touch in openings] == [
        (enquiry.id, enquiry.received_at) for enquiry in lead.enquiries
    ]
    assert all(enquiry.received_at <= enquiry.seen_at for enquiry in lead.enquiries)


def test_nobody_can_really_be_reached() -> None:
    for lead in MANY:
        for text in texts_of(lead):
            assert all(SAFE_HOST.fullmatch(host) for host in re.findall(r"@([\w.-]+\w)", text)), text
            assert all(SAFE_HOST.fullmatch(host) for host in re.findall(r"https?://([^/\s]+)", text)), text
        assert all(FICTION.fullmatch(phone) for phone in lead.person.phones), lead.person


def test_people_write_in_many_languages() -> None:
    said = "\n".join(lead.enquiries[0].message for lead in MANY)
    for word in ("Hello", "Guten Tag", "Bonjour", "Buenos días", "Buongiorno", "Goedendag", "Dzień dobry"):
        assert word in said
    assert re.search("[\u3040-\u30ff]", said)
    first_words = "\n".join(lead.enquiries[0].message for lead in FIRST)
    assert all(word in first_words for word in ("Guten Tag", "Bonjour", "Buongiorno", "Dzień dobry"))


def test_no_two_people_share_an_address() -> None:
    addresses = Counter(email for lead in MANY for email in lead.person.emails)
    assert max(addresses.values()) == 1


def test_everybody_can_be_answered_somehow_but_those_of_a_call_without_a_number() -> None:
    unreachable = [lead for lead in MANY if not lead.person.emails and not lead.person.phones]
    assert all(lead.enquiries[0].channel in (Channel.CALL, Channel.VISIT) for lead in unreachable)


def test_the_first_thirty_fill_every_rung_and_bring_replies() -> None:
    ours = [s for s in map(state, FIRST) if s.outcome is Outcome.OPEN and s.turn is Turn.OURS]
    rungs = Counter(Rung.of(NOW - s.since) for s in ours)
    assert rungs[Rung.NOW] >= 2
    assert all(rungs[rung] for rung in Rung)
    wants = Counter(s.what for s in ours if s.snoozed_until is None)
    assert wants[What.NEW] >= 5
    assert wants[What.REPLY] >= 4
    assert wants[What.CALL] >= 1


def test_the_first_thirty_come_from_many_places_and_ends() -> None:
    sources = {enquiry.source.text for lead in FIRST for enquiry in lead.enquiries}
    assert len(sources) >= 12
    assert {lead.source.certainty for lead in FIRST} >= {
        Certainty.STATED,
        Certainty.DERIVED,
        Certainty.ASKED,
    }
    outcomes = Counter(state(lead).outcome for lead in FIRST)
    assert all(outcomes[end] for end in (Outcome.WON, Outcome.LOST, Outcome.NO_RESPONSE))
    assert any(len(lead.enquiries) == 2 for lead in FIRST)
    standings = Counter(enquiry.standing for lead in FIRST for enquiry in state(lead).enquiries)
    assert standings[Standing.NEVER] == 1


def test_a_snooze_of_the_first_ends_in_the_morning_of_nows_zone() -> None:
    now = NOW.astimezone(ZoneInfo("Europe/Warsaw"))
    snoozes = [
        entry.until
        for lead in make(TEXTS, 30, 1, now)
        for entry in lead.record
        if isinstance(entry, Decision) and entry.verb is Verb.SNOOZED
    ]
    assert [until and until.isoformat() for until in snoozes] == [
        "2026-11-25T08:00:00+00:00",
        "2026-11-27T08:00:00+00:00",
    ]


def test_mixed_leads_have_the_shapes_of_a_small_firm() -> None:
    states = [state(lead) for lead in MANY[30:]]
    outcomes = Counter(s.outcome for s in states)
    assert set(outcomes) == set(Outcome)
    assert outcomes[Outcome.OPEN] < len(states) / 8
    responses = [e.first_response.after for s in states for e in s.enquiries if e.first_response]
    quick = sum(Rung.of(after) is Rung.NOW for after in responses) / len(responses)
    slow = sum(Rung.of(after) is Rung.COLD for after in responses) / len(responses)
    assert 0.15 < quick < 0.35
    assert 0.05 < slow < 0.2
    ways = Counter(entry.outcome for lead in MANY for entry in lead.record if isinstance(entry, Touch))
    assert all(ways[way] for way in (Reached.SENT, Reached.REACHED, Reached.VOICEMAIL, Reached.NO_ANSWER))
    assert any(len(lead.enquiries) == 2 for lead in MANY[30:])


def test_mails_of_people_we_know_are_no_leads() -> None:
    mails = known(TEXTS, NOW)
    assert len(mails) >= 3
    assert all(SAFE_HOST.fullmatch(mail.email.partition("@")[2]) for mail in mails)
    assert all(mail.at < NOW for mail in mails)
    assert not {mail.email for mail in mails} & {e for lead in MANY for e in lead.person.emails}


@pytest.mark.parametrize("text", ["", "5", "m", "5 m", "5x", "x5m"])
def test_a_time_that_is_told_wrongly_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no duration"):
        duration(text)
