"""The reading of one mail: from its bytes to everything that the desk asks of it."""

from __future__ import annotations

import dataclasses
from typing import Any

from leaddesk.rules.capture import acknowledge, calls, evidence, lessons, no_enquiry, people, pointers, spam
from leaddesk.rules.capture.away import return_date
from leaddesk.rules.capture.bounces import read_bounce
from leaddesk.rules.capture.case import Case
from leaddesk.rules.capture.clean import plain
from leaddesk.rules.capture.evidence import Verdict
from leaddesk.rules.capture.filled import TEST_HEADER, of_person, plainly
from leaddesk.rules.capture.html_text import bare
from leaddesk.rules.capture.opened import open_mail
from leaddesk.rules.capture.own_list import as_written
from leaddesk.rules.capture.portal import portal_link
from leaddesk.rules.capture.posts import is_post, read_post
from leaddesk.rules.capture.robots import is_robot
from leaddesk.rules.capture.sign_up import SIGNED_UP, is_signup, signed_up
from leaddesk.rules.capture.vocabulary import shipped
from leaddesk.words.forms import KnownForm, Marked
from leaddesk.words.mail import Known, MailKind, Reading
from leaddesk.words.teaching import Taught

_NEVER_POINTED = (MailKind.BOUNCE, MailKind.UNREADABLE, MailKind.REPLY)


def read(raw: bytes, known: Known) -> Reading:
    """All that can be told from `raw` alone and from what we know of ourselves.

    Pure, and bounded in bytes, depth and number of parts, but not in time: bytes from outside belong
    into the reader child (doors.mail.reader).
    """
    if is_post(raw):
        return read_post(raw, shipped(), known.country)
    mail = open_mail(raw)
    case = Case(as_written(mail, known), known, shipped())
    reading = _taught(case, _pointed(case, _judged(case)))
    verdict = acknowledge.judge(
        acknowledge.Case(
            mail,
            reading.kind,
            reading.form_notice,
            reading.email or case.labelled_email,
            known,
            case.is_registered_form,
        )
    )
    link = portal_link(case.mail, case.ours, reading.message) if _lacks_address(reading) else None
    return dataclasses.replace(
        reading,
        acknowledge=verdict,
        shape=case.shape,
        portal_link=link,
        signed_up=signed_up(case, reading),
    )


def _lacks_address(reading: Reading) -> bool:
    return reading.kind is MailKind.ENQUIRY and reading.form_notice and not reading.email


def _pointed(case: Case, reading: Reading) -> Reading:
    """The reading by what a person pointed out in a mail of the same form.

    Where any of it is not found the form has changed: that is told, and the general reading stands.
    """
    is_pointed = reading.kind not in _NEVER_POINTED and reading.test_token is None
    forms = case.taught_forms if is_pointed else []
    text = plain(bare(case.mail.lines)) if forms else ""
    found = [(form, pointers.find(form.pointers, text, case.regions)) for form in forms]
    for form, one in found:
        if not one.lost:
            return _by_pointers(case, form, one)
    if found:
        return dataclasses.replace(reading, form=found[0][0].id, lost=found[0][1].lost)
    return dataclasses.replace(reading, form=case.known_form.id) if case.known_form else reading


def _by_pointers(case: Case, form: KnownForm, found: pointers.Found) -> Reading:
    told: dict[str, Any] = {
        field.value: value for field, value in found.values.items() if field is not Marked.PAGE
    }
    if Marked.MESSAGE in found.values:
        told["message"] = told["message"] or ""
    if Marked.EMAIL in found.values:
        told["email"] = told["email"] or _answers_to(case)
    who = dataclasses.replace(people.visitor(case), **told)
    offer = spam.spam_verdict(case.mail, who.message, who.name, case.vocabulary, case.language)
    verdict = offer or Verdict(MailKind.ENQUIRY, ("A form's notice, read as you showed.",))
    reading = of_person(case, verdict, who, form_notice=True)
    page = found.values.get(Marked.PAGE) or reading.source.page_url
    source = dataclasses.replace(reading.source, page_url=page)
    return dataclasses.replace(reading, form=form.id, source=source)


def _answers_to(case: Case) -> str | None:
    """Reply-To, where it is neither ours nor a program's: an empty row does not unsay it."""
    reply_to = case.mail.reply_to.address
    return reply_to if reply_to and not case.ours.has(reply_to) and not is_robot(reply_to) else None


def _judged(case: Case) -> Reading:
    """The first of the judges that knows the mail has the word; a letter it is when none does."""
    for judge in (_own_test, _bounce, _nothing, _passed_on, _call, _form, _away):
        reading = judge(case)
        if reading:
            return reading
    return _letter(case)


def _taught(case: Case, reading: Reading) -> Reading:
    """The reading with a person's last word on mails like it."""
    reading = dataclasses.replace(reading, form_key=lessons.form_key(case, reading))
    lesson = lessons.fitting(reading, case.known.learned)
    if lesson is None:
        return reading
    if lesson.taught is Taught.NO_ENQUIRY:
        return lessons.no_enquiry(reading, lesson)
    return lessons.enquiry(_asked(case, reading), lesson)


def _asked(case: Case, reading: Reading) -> Reading:
    """Who asks in a mail that would be put away. A program's own address is nobody's."""
    if reading.kind not in lessons.PUT_AWAY:
        return reading
    verdict = Verdict(reading.kind, reading.why)
    if not (reading.by_program or reading.form_notice):
        return of_person(case, verdict, people.writer(case))
    who = people.visitor(lessons.as_forms(case))
    named = dataclasses.replace(who, name=who.name or case.mail.sender.name or None)
    return dataclasses.replace(of_person(case, verdict, named, form_notice=True), form_key=reading.form_key)


def _own_test(case: Case) -> Reading | None:
    if TEST_HEADER not in case.mail.headers or case.mail.structure.type == "multipart/report":
        return None
    return plainly(case, Verdict(MailKind.OWN, ("Our own test mail.",)))


def _bounce(case: Case) -> Reading | None:
    bounce = read_bounce(case.mail, case.vocabulary)
    if not bounce:
        return None
    return dataclasses.replace(
        plainly(case, Verdict(MailKind.BOUNCE, (bounce.why,))),
        recipient=bounce.recipient,
        permanent=bounce.permanent,
        status=bounce.status,
        about=bounce.about,
    )


def _nothing(case: Case) -> Reading | None:
    mail = case.mail
    if mail.lines.strip() or any(mail.headers) or mail.attachments:
        return None
    return plainly(case, Verdict(MailKind.UNREADABLE, ("There is nothing in it that could be read.",)))


def _passed_on(case: Case) -> Reading | None:
    customer = people.passed_on(case)
    if not customer:
        return None
    why = "A colleague passed on what a customer wrote."
    return of_person(case, Verdict(MailKind.ENQUIRY, (why,)), customer)


def _call(case: Case) -> Reading | None:
    if case.mail.headers.get("in-reply-to") and not case.is_from_robot:
        return None
    if not calls.is_call_notice(case.mail, case.sheet, case.vocabulary):
        return None
    who = calls.caller(case.mail, case.sheet, case.regions, case.vocabulary)
    verdict = Verdict(MailKind.MISSED_CALL, ("A telephone system's notice of a call.",))
    return of_person(case, verdict, who, form_notice=True)


def _form(case: Case) -> Reading | None:
    """A form's or portal's notice, unless it is a robot's answer or an order that only looks like one."""
    if not case.is_form_notice:
        return None
    mail, vocabulary = case.mail, case.vocabulary
    who = people.visitor(case)
    if not case.data and not _is_surely_form(case):
        if not case.is_from_robot and evidence.automatic_answer(mail, case.parted, vocabulary):
            return None
        if evidence.is_notice_of_business(mail, case.sheet, vocabulary):
            return None
    if not (who.email or who.phone or who.name):
        return None
    if is_signup(case, who):
        return of_person(case, Verdict(MailKind.NEWSLETTER, (SIGNED_UP,)), who, form_notice=True)
    offer = spam.spam_verdict(mail, who.message, who.name, vocabulary, case.language)
    return of_person(case, offer or Verdict(MailKind.ENQUIRY, (_why_form(case),)), who, form_notice=True)


def _is_surely_form(case: Case) -> bool:
    """A registered form's shape; or what its robot sends with a message in it: it may send orders too."""
    return case.is_registered_form or (case.is_registered and bool(case.sheet.values("message")))


def _why_form(case: Case) -> str:
    if case.data:
        return "It carries a lead's data."
    if case.names_contact:
        return "A form's notice: labelled lines name who asks."
    if case.replies_elsewhere or not case.asker:
        return "A form's notice: Reply-To names who asks."
    return "A service passes on what somebody asks: its own words name them."


def _away(case: Case) -> Reading | None:
    answer = evidence.automatic_answer(case.mail, case.parted, case.vocabulary)
    if not answer:
        return None
    reading = plainly(case, answer)
    if not case.sent_at:
        return dataclasses.replace(reading, about=reading.references)
    day = case.sent_at.date()
    back = return_date(
        case.parted.visible,
        day,
        case.vocabulary,
        month_first=case.month_first or case.language == "ja",
        day_first=case.language not in ("en", "ja"),
    )
    return dataclasses.replace(reading, return_date=back, about=reading.references)


def _letter(case: Case) -> Reading:
    if case.is_known_own:
        return plainly(case, Verdict(MailKind.OWN, ("It comes from one of our own addresses.",)))
    sorted_away = no_enquiry.sorted_away(case.mail, case.parted, case.vocabulary, case.language)
    if sorted_away and not (case.is_own_list and sorted_away.kind is MailKind.NEWSLETTER):
        return plainly(case, sorted_away)
    who = people.writer(case)
    own_words = f"{case.parted.visible}\n{case.parted.signature}"
    offer = spam.spam_verdict(case.mail, own_words, who.name, case.vocabulary, case.language)
    return of_person(case, offer or _reply_or_enquiry(case), who)


def _reply_or_enquiry(case: Case) -> Verdict:
    reply = evidence.is_reply(case.mail, case.parted, case.vocabulary)
    if reply and evidence.answers_newsletter(case.parted, case.vocabulary, case.language):
        return Verdict(MailKind.ENQUIRY, ("It answers a letter to many: a new enquiry.", reply))
    if reply:
        return Verdict(MailKind.REPLY, (reply,))
    return Verdict(MailKind.ENQUIRY, ("A person wrote, and nothing speaks against an enquiry.",))
