"""`leaddesk teach`: what mails like one are from now on, shown with its effect first; and back again."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from leaddesk.cli.arguments import describe, number
from leaddesk.cli.call import Call
from leaddesk.cli.people import moment_words
from leaddesk.cli.show import Column
from leaddesk.rules.capture.clean import one_line
from leaddesk.words.errors import Refused, Usage
from leaddesk.words.teaching import Alike, Lesson, Offer, Offers, Taught, Trait

if TYPE_CHECKING:
    from leaddesk.desk import Desk

_SHOWN = 10
_ABOUT = (
    "Says by one mail what mails like it are: LEAD is a lead's newest enquiry, mail:NUMBER any mail of"
    " 'teach mails'. Without --as it shows what can be said, each with its effect on the past 90 days."
    " 'teach list' shows what was said, 'teach undo NUMBER' takes one back, 'teach people' lists whom you"
    " know by how often they write."
)


def teach_words(words: ArgumentParser) -> None:
    describe(words, _ABOUT, "leaddesk teach 12 --as sender --dry-run")
    words.add_argument("what", metavar="LEAD|mail:NUMBER|list|mails|people|undo NUMBER", nargs="+")
    words.add_argument(
        "--as", dest="trait", choices=[trait.value for trait in Trait], help="by what mails are alike"
    )
    words.add_argument(
        "--enquiry",
        action="store_true",
        help="they are enquiries; without it, mail that was put away is taught so",
    )
    words.add_argument(
        "--bring-back", action="store_true", help="those of the past 90 days come back into the queue"
    )
    words.add_argument("--dry-run", action="store_true", help="only show the effect; nothing is stored")
    words.add_argument("--limit", metavar="N", type=number, default=200, help="of a list, only the first N")
    words.set_defaults(act=teach)


def teach(call: Call) -> int:
    lists = {"list": _list, "mails": _mails, "people": _people}
    match call.args.what:
        case [word] if word in lists:
            return lists[word](call)
        case ["undo", told]:
            return _undo(call, _number(told))
        case [told]:
            return _by(call, told)
    raise Usage("One mail teaches at a time.", "leaddesk teach --help shows how.")


def _by(call: Call, told: str) -> int:
    with call.desk() as desk:
        mail = _mail(desk, told)
        offers = desk.teach.offers(mail)
        if call.args.trait is None:
            return _show(call, offers, offers.offers)
        offer = _chosen(call, offers)
        if call.args.dry_run:
            return _show(call, offers, (offer,))
        lesson = desk.teach.accept(mail, offer.trait, offer.taught, bring_back=call.args.bring_back)
    record = {**offer_record(mail, offer), "lesson": lesson.id}
    call.out.record(record, f"{one_line(offer.sentence)} leaddesk teach undo {lesson.id} takes it back.")
    return 0


def _show(call: Call, offers: Offers, shown: tuple[Offer, ...]) -> int:
    if not shown:
        raise Refused(" ".join(offers.refusals))
    for offer in shown:
        call.out.record({**offer_record(offers.mail, offer), "lesson": None}, _in_words(call, offer))
    for refusal in offers.refusals:
        call.out.note(refusal)
    return 0


def _chosen(call: Call, offers: Offers) -> Offer:
    wanted = Trait(call.args.trait)
    fitting = [one for one in offers.offers if one.trait is wanted]
    if call.args.enquiry:
        fitting = [one for one in fitting if one.taught is Taught.ENQUIRY]
    if fitting:
        return fitting[0]
    others = " or ".join(dict.fromkeys(one.trait.value for one in offers.offers))
    refusal = (
        offers.refusals[0] if offers.refusals else f"This cannot be said of mail like it by {wanted.value}."
    )
    raise Refused(refusal, f"It can be said by {others}." if others else "")


def _mail(desk: Desk, told: str) -> int:
    """The mail that is meant: `mail:7`, or the newest enquiry of lead 7."""
    if told.startswith("mail:"):
        return _number(told.removeprefix("mail:"))
    return desk.teach.mail_of(_number(told.removeprefix("lead:")))


def _number(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 2**62:
        return int(text)
    raise Usage(
        f"'{one_line(text, 40)}' is neither a lead's number nor mail: and one.",
        "leaddesk teach --help shows how.",
    )


def _list(call: Call) -> int:
    with call.desk() as desk:
        lessons = desk.teach.lessons()[: call.args.limit]
    now, zone = call.clock.now(), call.clock.zone()
    columns = (
        Column("", lambda row: str(row["lesson"])),
        Column("said", lambda row: moment_words(row["at"], now, zone)),
        Column("by", lambda row: row["by"], widest=20),
        Column("what", lambda row: row["sentence"], widest=100),
    )
    call.out.table(map(lesson_record, lessons), columns, "Nothing has been taught yet.")
    return 0


def _mails(call: Call) -> int:
    """Mails that stand apart from the queue, each with its reason: what a rescue is taught by."""
    limit = call.args.limit
    with call.desk() as desk:
        known, put_away = desk.queue.known(limit), desk.queue.put_away(limit)
    rows: list[dict[str, Any]] = [
        {"mail": one.mail, "at": one.at, "name": one_line(one.name), "email": one.email or None,
         "subject": one_line(one.subject), "place": "known", "why": None}
        for one in known
    ] + [
        {"mail": one.mail, "at": one.at, "name": one_line(one.name), "email": one.email,
         "subject": one_line(one.subject), "place": "not-a-lead", "why": one.why}
        for one in put_away
    ]  # fmt: skip
    columns = (
        Column("", lambda row: f"mail:{row['mail']}"),
        Column("from", lambda row: row["name"], widest=28),
        Column("subject", lambda row: row["subject"]),
        Column("why", lambda row: row["why"] or "Somebody you wrote to before.", widest=80),
    )
    call.out.table(rows[:limit], columns, "No mail stands apart from the queue.")
    return 0


def _people(call: Call) -> int:
    with call.desk() as desk:
        people = desk.teach.acquaintances(call.args.limit)
    rows: list[dict[str, Any]] = [
        {"name": one_line(one.name), "email": one.email, "mails": one.mails, "mail": one.newest, "at": one.at}
        for one in people
    ]
    columns = (
        Column("mails", lambda row: str(row["mails"])),
        Column("name", lambda row: row["name"], widest=28),
        Column("address", lambda row: row["email"]),
        Column("newest", lambda row: f"mail:{row['mail']}"),
    )
    call.out.table(rows, columns, "Nobody you wrote to before has written in the past 90 days.")
    return 0


def _undo(call: Call, lesson: int) -> int:
    with call.desk() as desk:
        undone = desk.teach.undo(lesson)
    record = {"did": undone.did, "lesson": lesson, "lead": undone.lead or None}
    call.out.record(record, f"Taken back: {one_line(undone.did)}")
    return 0


def offer_record(mail: int, offer: Offer) -> dict[str, Any]:
    """One thing that can be said, with the mails of the past that it would have judged otherwise."""
    return {
        "mail": mail,
        "as": offer.trait.value,
        "taught": offer.taught.value,
        "sentence": offer.sentence,
        "effect": offer.effect,
        "days": offer.days,
        "would": len(offer.alike),
        "leads": sum(one.was_lead for one in offer.alike),
        "mails": [_alike_record(one) for one in offer.alike],
    }


def _alike_record(one: Alike) -> dict[str, Any]:
    return {
        "mail": one.mail,
        "at": one.at,
        "name": one_line(one.name),
        "email": one.email,
        "subject": one_line(one.subject),
        "place": one.place.value,
        "was_lead": one.was_lead,
    }


def lesson_record(lesson: Lesson) -> dict[str, Any]:
    return {
        "lesson": lesson.id,
        "as": lesson.trait.value,
        "taught": lesson.taught.value,
        "sentence": lesson.sentence,
        "at": lesson.at,
        "by": lesson.by,
        "mail": lesson.mail,
    }


def _in_words(call: Call, offer: Offer) -> str:
    now, zone = call.clock.now(), call.clock.zone()
    lines = [f"--as {offer.trait.value}: {one_line(offer.sentence)}", f"  {offer.effect}"]
    lines += [
        f"  {moment_words(one.at, now, zone)}  {one_line(one.name, 28)}: {one_line(one.subject, 60)}"
        for one in offer.alike[:_SHOWN]
    ]
    left = len(offer.alike) - _SHOWN
    return "\n".join(lines + ([f"  and {left} more"] if left > 0 else []))


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"teach": teach_words}
