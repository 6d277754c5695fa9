"""Writing: the draft that fits the source, what follows it, the plain line, what stands beside a draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from leaddesk.desk.config import Config
from leaddesk.desk.templates import FIRST, Templates
from leaddesk.rules.reply_check import check
from leaddesk.rules.template import unresolved
from leaddesk.words.errors import Refused
from leaddesk.words.lead import Certainty, Channel, Person, Source
from leaddesk.words.outgoing import OutgoingState
from leaddesk.words.settings import ASK_NUMBER, ASK_SOURCE, PERSON_NAME, SNIPPETS
from leaddesk.words.snippets import Snippet
from leaddesk.words.writing import Hint, HintKind
from tests.frozen_clock import FrozenClock
from tests.outgoing_desk import NGOZI, OutgoingDesk

ASKS = "Which number may we ring or text you on as well?"
HEARD = "May I ask how you heard of us?"


@pytest.fixture
def desk(tmp_path: Path) -> OutgoingDesk:
    made = OutgoingDesk.open(tmp_path / "profile", FrozenClock())
    made.config.set(PERSON_NAME, "Ann")
    made.account(name="Ann Lee")
    return made


def sent(desk: OutgoingDesk, lead: int, text: str) -> None:
    """An answer that has gone out, an hour ago."""
    mail = desk.approved(lead, text)
    claim = desk.store.outbox.claim(desk.clock.now(), "me", [mail.account])
    assert claim is not None
    desk.store.outbox.committing(mail.id, "me")
    desk.store.outbox.sent(mail.id, at=desk.clock.now(), answer="250 ok")
    desk.pass_time(hours=1)


def from_page(page: str) -> Source:
    return Source(f"Website: {page}", Certainty.STATED, {"page_url": f"https://lofts.example/{page}"})


# -- how a draft opens


def test_two_enquiries_that_differ_only_in_their_page_open_differently(desk: OutgoingDesk) -> None:
    drafts = []
    for n, page in enumerate(("pricing", "loft-conversions")):
        person = Person(name="Ngozi", emails=(f"n{n}@example.org",))
        lead = desk.lead(person, channel=Channel.FORM, source=from_page(page))
        drafts.append(desk.reply.draft(lead).body)
    assert drafts[0].startswith("Hi Ngozi,\n\nthank you for looking at our prices")
    assert "our page “loft conversions”" in drafts[1]


def test_a_first_reply_asks_one_thing_a_number_first_and_each_can_be_switched_off(
    desk: OutgoingDesk,
) -> None:
    lead = desk.mailed()
    body = desk.reply.draft(lead).body
    assert f"\n\n{ASKS}\n\n" in body
    assert HEARD not in body
    desk.config.set(ASK_NUMBER, "off")
    assert f"\n\n{HEARD}\n\n" in desk.reply.draft(lead).body
    desk.config.set(ASK_SOURCE, "off")
    assert "?" not in desk.reply.draft(lead).body.partition("-- ")[0].partition("On ")[0]


@pytest.mark.parametrize(
    "words",
    [
        "Could you quote for a loft?",
        "Guten Tag, haben Sie Zeit für unser Dach?",
        "Bonjour, pouvez-vous nous faire un devis pour le toit ?",
        "Hola, ¿pueden hacernos un presupuesto para el tejado?",
        "Buongiorno, potete farci un preventivo per il tetto?",
        "Goedemiddag, kunt u een offerte maken voor ons dak?",
        "Dzień dobry, czy mogą Państwo wycenić nasz dach?",
        "はじめまして。屋根の見積もりをお願いできますか。",
    ],
)
def test_our_own_draft_is_never_faulted_for_what_it_asks(desk: OutgoingDesk, words: str) -> None:
    lead = desk.mailed(words)
    for setting in (None, ASK_NUMBER):  # then it asks where they heard of us
        if setting is not None:
            desk.config.set(setting, "off")
        hints = check(desk.reply.draft(lead).body, first_name="", asked=words)
        assert hints[-1] == Hint(HintKind.ASK, True, "one ask")


def test_a_template_that_asks_something_itself_gets_no_further_question(desk: OutgoingDesk) -> None:
    Templates(desk.config).change(FIRST, "Hi {{first_name}},\n\nmay I come by on Thursday?\n\nAnn")
    body = desk.reply.draft(desk.mailed()).body
    assert ASKS not in body
    assert HEARD not in body


def test_whose_number_is_known_is_not_asked_for_it(desk: OutgoingDesk) -> None:
    reachable = Person(name="Ngozi", emails=("n@example.org",), phones=("+447700900123",))
    assert ASKS not in desk.reply.draft(desk.lead(reachable)).body


def test_their_language_asks_in_their_language(desk: OutgoingDesk) -> None:
    body = desk.reply.draft(desk.mailed("Guten Tag, haben Sie Zeit für unser Dach?")).body
    assert "dürfen wir Sie auch anrufen" in body
    assert "May" not in body


# -- what follows


def test_each_follow_up_differs_from_the_last_names_what_they_asked_and_makes_a_no_easy(
    desk: OutgoingDesk,
) -> None:
    lead = desk.mailed(Subject="Loft conversion")
    sent(desk, lead, "Yes, we do.")
    bodies = []
    for _ in range(3):
        draft = desk.reply.draft(lead)
        bodies.append(draft.body)
        assert "“Loft conversion”" in draft.body
        assert ASKS not in draft.body
        sent(desk, lead, draft.body)
    assert [body.splitlines()[2][:22] for body in bodies] == [
        "did my answer about “L",
        "one thing that may hel",
        "I do not want to be a ",
    ]
    last = desk.reply.draft(lead).body
    assert last not in bodies


def test_a_plans_step_names_its_note_and_a_reply_of_theirs_ends_the_series(desk: OutgoingDesk) -> None:
    lead = desk.mailed(Subject="Loft conversion")
    sent(desk, lead, "Yes, we do.")
    assert "my last note" in desk.reply.draft(lead, "last-note").body
    assert "did my answer" in desk.reply.draft(lead, "no-such-note").body
    desk.mailed("and gables?", lead=lead, Subject="Re: Loft conversion")
    assert desk.reply.draft(lead, "last-note").body.startswith("Hi Ngozi,\n\nthank you for your message.")


def test_a_nudge_is_one_line_without_signature_and_quote(desk: OutgoingDesk) -> None:
    lead = desk.mailed(Subject="Loft conversion")
    assert desk.reply.nudge(lead) == ""  # nothing went before it
    sent(desk, lead, "Yes, we do lofts.")
    nudge = desk.reply.nudge(lead)
    assert nudge.startswith('Hi Ngozi, Ann here, about "Loft conversion"')  # “ would halve a text
    assert "\n" not in nudge


# -- beside the draft


def test_beside_a_draft_stands_what_helps_to_write_it(desk: OutgoingDesk) -> None:
    desk.config.set(SNIPPETS, ";hi Hello {{first_name}}, about {{price}}")
    lead = desk.lead(NGOZI, channel=Channel.FORM, source=from_page("pricing"))
    aids = desk.reply.aids(lead)
    assert aids.is_first
    assert aids.chosen == "First reply: pricing page, chosen by where they wrote"
    assert (aids.first_name, aids.asked) == ("Ngozi", "do you fit dormers?")
    assert aids.snippets == (Snippet("hi", "Hello Ngozi, about {{price}}"),)
    assert "your message about “do you fit dormers” is here" in aids.plain
    assert aids.later[0].at - desk.clock.now() == timedelta(hours=1)
    sent(desk, lead, "Yes.")
    assert not desk.reply.aids(lead).is_first
    assert desk.reply.aids(lead).chosen.startswith("Second note")


def test_a_plain_line_goes_out_and_the_draft_stays(desk: OutgoingDesk) -> None:
    lead = desk.mailed()
    kept = desk.reply.save(desk.reply.draft(lead))
    mail = desk.reply.send_plain(lead)
    assert mail.state is OutgoingState.QUEUED
    assert mail.body.startswith("Hi Ngozi,")
    assert unresolved(mail.body) == ()
    assert desk.reply.draft(lead) == kept
    with pytest.raises(Refused, match="already on its way"):
        desk.reply.send_plain(lead)
    desk.reply.cancel(mail.id)
    assert desk.reply.draft(lead) == kept, "taken back, it does not stand before the proper answer"


# -- later


def test_later_is_said_in_words_and_what_is_over_is_refused(desk: OutgoingDesk) -> None:
    lead = desk.mailed()
    mail = desk.reply.approve(desk.reply.draft(lead), at="tomorrow 9")
    assert mail.not_before is not None
    assert mail.not_before.astimezone(desk.clock.zone()).hour == 9
    with pytest.raises(Refused, match="no time that I understand"):
        desk.reply.approve(
            desk.reply.draft(desk.mailed(person=Person(name="B", emails=("b@x.example",)))), at="?"
        )


# -- templates


@pytest.fixture
def templates(desk: OutgoingDesk) -> Templates:
    return Templates(Config(desk.store))


def test_the_firms_own_text_takes_the_place_of_ours_and_can_be_given_up(
    desk: OutgoingDesk, templates: Templates
) -> None:
    lead = desk.lead(NGOZI, channel=Channel.FORM, source=from_page("pricing"))
    changed = templates.change("pricing", "Hello {{first_name}}, the list is below.")
    assert changed.is_own
    assert desk.reply.draft(lead).body.startswith("Hello Ngozi, the list is below.")
    assert not templates.change("pricing", "").is_own
    assert desk.reply.draft(lead).body.startswith("Hi Ngozi,\n\nthank you for looking")


def test_ours_unchanged_is_no_text_of_the_firms_so_that_languages_stay(templates: Templates) -> None:
    for view in templates.list():
        assert not templates.change(view.name, f"{view.text}\n").is_own, view.name


def test_every_template_has_a_preview_without_open_fields(templates: Templates) -> None:
    views = templates.list()
    assert views[0].name == FIRST
    for view in views:
        assert unresolved(templates.preview(view.name, view.text)) == (), view.name
    assert "missed your call" in templates.preview("missed-call", "{{opening}}")
    assert templates.preview(FIRST, "{{price}} and {{first_name}}") == "{{price}} and Ngozi"


def test_there_is_no_template_of_another_name(templates: Templates) -> None:
    with pytest.raises(Refused, match="no template 'x'"):
        templates.change("x", "y")


def test_what_was_sent_for_later_comes_back_with_its_files_when_they_write_first(
    desk: OutgoingDesk, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.pdf"
    plan.write_bytes(b"%PDF")
    lead = desk.mailed()
    draft = replace(desk.reply.draft(lead), files=desk.reply.enclose([plan]), body="Here is the plan.")
    mail = desk.reply.approve(draft, at="tomorrow 9")
    now_or_never = desk.approved(lead, "I shall send you the plan tomorrow.")
    desk.pass_time(minutes=1)
    desk.mailed("we have found somebody, thank you", lead=lead)
    desk.pass_time(days=1)
    claim = desk.store.outbox.claim(desk.clock.now(), "me", [mail.account])
    assert claim is not None
    assert claim.outgoing == now_or_never.id, "what was not put off goes as it was meant"
    assert desk.store.outbox.claim(desk.clock.now(), "me", [mail.account]) is None
    assert desk.row(mail.id).state is OutgoingState.CANCELLED
    back = desk.reply.draft(lead)
    assert (back.body, back.files) == ("Here is the plan.", draft.files)
