"""Forms at the desk: registered, taught by pointing, counted; sign-ups remembered; sources mended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leaddesk.rules.capture.read import read
from leaddesk.words.errors import Refused, Usage
from leaddesk.words.forms import Mark, Marked
from leaddesk.words.lead import Certainty, Channel, Reached
from leaddesk.words.mail import Known, MailKind
from leaddesk.words.settings import ASK_NUMBER, ASK_SOURCE, REPLY_TEMPLATE
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import form_notice, letter

KIOSK = "Kiosk <kiosk-system@stand.example>"


def kiosk(name: str, phone: str, title: str = "Visitor") -> bytes:
    visit = f"Somebody came by the kiosk!\n{title}\n{name}\nReach them: {phone}"
    text = f"{visit}\nThey said\nWe have a loft.\n\nKiosk 4"
    return letter(text, sender=KIOSK, subject="Kiosk visit", Auto_Submitted="auto-generated")


def own_form(text: str) -> bytes:
    """A notice of our own site's form."""
    body = f"Name: Ngozi Eze\nEmail: ngozi@example.org\nMessage: {text}"
    return letter(body, sender="Lofts <wordpress@lofts.example>", subject="New message")


def taught(house: House, mail: int) -> None:
    text = house.desk.forms.sample(mail).text
    marks = []
    for field, words in ((Marked.NAME, "Ngozi Eze"), (Marked.PHONE, "0151 496 0000")):
        start = text.index(words)
        marks.append(Mark(field, start, start + len(words)))
    house.desk.forms.accept(house.desk.forms.replay(mail, marks))


# -- registering


def test_a_registered_form_may_be_acknowledged_and_is_a_feed(house: House) -> None:
    raw = form_notice("Ngozi Eze", "ngozi@example.org", "A dormer?", Return_Path="<www@host.example>")
    feed = house.desk.forms.register_mail(raw)
    assert house.desk.accounts.feeds() == (feed,)
    assert feed.kind == "form"
    other = form_notice("Bo Larsen", "bo@example.org", "A roof?", Return_Path="<www@host.example>")
    acknowledge = house.desk.receive.parse(other).acknowledge
    assert acknowledge is not None
    assert (acknowledge.send, acknowledge.to) == (True, "bo@example.org")
    house.desk.accounts.remove_feed(feed.id)
    acknowledge = house.desk.receive.parse(other).acknowledge
    assert acknowledge is not None
    assert acknowledge.send is False


def test_a_registered_form_stays_so_beside_what_parse_is_told(house: House) -> None:
    raw = form_notice("Ngozi Eze", "ngozi@example.org", "A dormer?", Return_Path="<www@host.example>")
    house.desk.forms.register_mail(raw)
    acknowledge = house.desk.receive.parse(raw, own=["lofts.example"]).acknowledge
    assert acknowledge is not None
    assert acknowledge.send is True


def test_registering_the_same_form_twice_is_one_feed(house: House) -> None:
    one = house.desk.forms.register_mail(form_notice("Ngozi Eze", "n@example.org", "A dormer?"))
    other = house.desk.forms.register_mail(form_notice("Bo Larsen", "bo@example.org", "A roof?"))
    assert one == other
    assert len(house.desk.accounts.feeds()) == 1


def test_a_letter_is_no_form(house: House) -> None:
    with pytest.raises(Refused, match="no form's notice"):
        house.desk.forms.register_mail(letter("Can you quote?"))
    assert house.desk.accounts.feeds() == ()


def test_a_form_is_offered_on_its_first_mail_only_and_not_once_it_is_registered(house: House) -> None:
    first = house.lands_as_lead(form_notice("Ngozi Eze", "n@example.org", "A dormer?"))
    second = house.lands_as_lead(form_notice("Bo Larsen", "bo@example.org", "A roof?"))
    offer = house.view(first).form
    assert offer is not None
    assert offer.to_register
    later = house.view(second).form
    assert later is not None
    assert (later.form, later.to_register) == (offer.form, False)
    house.desk.forms.register(offer.form)
    registered = house.view(first).form
    assert registered is not None
    assert not registered.to_register


def test_each_form_says_how_many_of_its_mails_name_a_page(house: House) -> None:
    for n in range(3):
        house.land(form_notice(f"Ngozi {'ABC'[n]}", f"n{n}@example.org", "A dormer?"))
    house.land(form_notice("Bo Larsen", "bo@example.org", "A roof?\nPage: https://lofts.example/roof"))
    (form,) = house.desk.forms.list()
    assert form.page_words == "1 of 4 mails name a page"


# -- teaching


def test_what_is_taught_is_shown_on_past_mails_before_it_is_kept(house: House) -> None:
    sample = house.land(kiosk("Ngozi Eze", "0151 496 0000"))
    house.land(kiosk("Bo Larsen", "0151 496 0111"))
    house.land(kiosk("Cy Dee", "0151 496 0222", title="Guest"))
    text = house.desk.forms.sample(sample.id).text
    start = text.index("Ngozi Eze")
    replay = house.desk.forms.replay(sample.id, [Mark(Marked.NAME, start, start + 9)])
    assert (replay.mails, replay.lost) == (3, 1)
    assert {one.will for one in replay.differences} == {"Ngozi Eze", "Bo Larsen"}
    assert house.desk.forms.sample(sample.id).taught == ()


def test_the_next_mail_is_read_as_it_was_shown(house: House) -> None:
    sample = house.land(kiosk("Ngozi Eze", "0151 496 0000"))
    assert sample.kind is not MailKind.ENQUIRY
    taught(house, sample.id)
    lead = house.lead(house.lands_as_lead(kiosk("Bo Larsen", "0151 496 0111")))
    assert (lead.person.name, lead.person.phones) == ("Bo Larsen", ("01514960111",))
    assert lead.enquiries[0].channel is Channel.FORM


def test_a_form_that_changed_is_reported_and_forgotten_on_demand(house: House) -> None:
    sample = house.land(kiosk("Ngozi Eze", "0151 496 0000"))
    taught(house, sample.id)
    changed = house.land(kiosk("Bo Larsen", "0151 496 0111", title="Guest"))
    assert changed.kind is sample.kind
    rescued = house.view(house.desk.receive.rescue(changed.id)).form
    assert rescued is not None
    assert rescued.has_changed
    form = house.desk.forms.list()[0]
    assert (form.mails, form.lost) == (2, 1)
    house.desk.forms.forget(form.form)
    assert house.desk.forms.list()[0].taught == ()
    assert house.desk.receive.parse(kiosk("Bo Larsen", "0151 496 0111")).kind is sample.kind


def test_teaching_nothing_is_refused(house: House) -> None:
    sample = house.land(kiosk("Ngozi Eze", "0151 496 0000"))
    with pytest.raises(Usage, match="Nothing is marked"):
        house.desk.forms.replay(sample.id, [])
    with pytest.raises(Refused, match="no mail 99"):
        house.desk.forms.sample(99)


# -- portals


def test_a_portals_lead_without_an_address_opens_in_the_portal(house: House) -> None:
    link = "https://www.trades.example/inbox/77123"
    text = f"Name: Bo Larsen\nPhone: 0151 496 0000\nMessage: A heater?\n\nReply here: {link}"
    lead = house.lands_as_lead(
        letter(text, sender="Trades <no-reply@mail.trades.example>", subject="New lead")
    )
    view = house.view(lead)
    assert (view.reply_to, view.portal) == (None, link)


# -- sign-ups


def sign_up(email: str) -> bytes:
    sender = "Lofts website <wordpress@host.example>"
    return letter(f"Email: {email}", sender=sender, subject="New subscriber: Loft letter")


def test_a_sign_up_is_no_lead_but_the_first_touch_of_one(house: House, clock: FrozenClock) -> None:
    early = clock.now() - timedelta(days=30)
    mail = house.land(sign_up("ngozi@example.org"), early)
    assert (mail.kind, mail.lead) == (MailKind.NEWSLETTER, None)
    lead = house.lead(house.lands_as_lead(letter("Can you quote for a loft?")))
    assert lead.source.text.startswith("Newsletter: joined ")
    assert lead.source.certainty is Certainty.DERIVED
    assert lead.source.evidence["first_touch"].startswith("joined the newsletter on ")


def test_a_sign_up_does_not_hide_what_the_enquiry_itself_tells(house: House, clock: FrozenClock) -> None:
    house.land(sign_up("ngozi@example.org"), clock.now() - timedelta(days=30))
    text = "A dormer?\nPage: https://lofts.example/prices"
    lead = house.lead(house.lands_as_lead(own_form(text)))
    assert lead.source.text == "Website: prices page"
    assert "first_touch" in lead.source.evidence


# -- sources


def test_an_unknown_source_is_mended_in_one_step_and_undone(house: House) -> None:
    lead = house.lands_as_lead(letter("Can you quote for a loft?"))
    (row,) = house.desk.sources.unknown()
    assert (row.lead, row.name) == (lead, "Ngozi Eze")
    house.desk.sources.mend(lead, "  A neighbour ")
    source = house.view(lead).source
    assert (source.text, source.certainty) == ("A neighbour", Certainty.ASKED)
    assert house.desk.sources.unknown() == ()
    assert house.desk.sources.choices()[0] == "A neighbour"
    assert house.view(lead).timeline[-1].headline == "You noted where they found you: A neighbour"
    assert house.desk.decide.undo().did == "Source noted"
    assert [one.lead for one in house.desk.sources.unknown()] == [lead]


def test_a_source_that_a_mail_tells_is_not_mended(house: House) -> None:
    text = "A dormer?\nPage: https://lofts.example/prices"
    lead = house.lands_as_lead(own_form(text))
    with pytest.raises(Refused, match="has a source: Website: prices page"):
        house.desk.sources.mend(lead, "A neighbour")
    with pytest.raises(Usage, match="where they found you"):
        house.desk.sources.mend(lead, "   ")


# -- lines to paste


def test_the_lines_of_every_plug_in_make_its_mails_tell(house: House) -> None:
    plugins = house.desk.forms.lines()
    assert [one.plugin for one in plugins] == [
        "Contact Form 7", "WPForms", "Gravity Forms", "Elementor Forms", "Ninja Forms",
    ]  # fmt: skip
    for one in plugins:
        assert one.steps
        assert one.form.count("utm_") == 3
    told = "utm_source: google\nutm_medium: cpc\nutm_campaign: spring"
    for tag in ("[_url]", "{page_url}", "{embed_url}", "{wp:post_url}"):
        (mail,) = [one.mail for one in plugins if tag in one.mail]
        line = next(line for line in mail.splitlines() if tag in line)
        body = f"A loft?\n\n{line.replace(tag, 'https://lofts.example/prices')}\n{told}"
        source = read(form_notice("Ngozi Eze", "n@example.org", body), Known()).source
        assert source.page_url == "https://lofts.example/prices"
        assert (source.utm_source, source.utm_medium, source.utm_campaign) == ("google", "cpc", "spring")


# -- asking in the first draft


def test_the_first_draft_of_a_lead_without_a_source_asks_for_it_once(house: House) -> None:
    house.desk.config.set(REPLY_TEMPLATE, "Hi {{first_name}},\n\nthank you.\n\nBest\nAnn")
    lead = house.lands_as_lead(letter("Can you quote for a loft?"))
    assert "heard of us" not in house.desk.reply.draft(lead).body  # a number is the more useful ask
    house.desk.config.set(ASK_NUMBER, "off")
    draft = house.desk.reply.draft(lead).body
    assert draft.count("May I ask how you heard of us?") == 1
    house.desk.calls.log(lead, channel=Channel.CALL, outcome=Reached.REACHED)
    assert "heard of us" not in house.desk.reply.draft(lead).body


def test_a_draft_asks_nothing_where_the_source_is_known_or_asking_is_off(house: House) -> None:
    known = house.lands_as_lead(own_form("A dormer?\nPage: https://lofts.example/prices"))
    assert "heard of us" not in house.desk.reply.draft(known).body
    other = house.lands_as_lead(letter("Can you quote?", sender="Bo Larsen <bo@example.org>"))
    house.desk.config.set(ASK_SOURCE, "off")
    assert "heard of us" not in house.desk.reply.draft(other).body
