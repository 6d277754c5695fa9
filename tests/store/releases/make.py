"""Writes down a small database of today's release, so that every later one can prove that it opens it.

    python -m tests.store.releases.make 0.1.0

Run it once, before a release; never change a file that a release made.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import apsw

from leaddesk.doors.store import DATABASE_NAME, Mailbox, SignUp, Store, open_store
from leaddesk.words.forms import FormShape, Marked, Pointer, Stand
from leaddesk.words.lead import Certainty, Outcome, Reached, Source, Verb
from leaddesk.words.mail import Attachment, MailKind, Place, Role
from leaddesk.words.outgoing import Draft
from leaddesk.words.settings import Scope
from tests.made import (
    START,
    account,
    answered,
    at,
    called,
    decided,
    enquiry,
    mail_key,
    person,
    raw_mail,
    reading,
    took_back,
    wrote,
)

FOLDER = Path(__file__).parent
_SHADOW = re.compile(r"lead_text_\w+|sqlite_\w+")
"""Tables that SQLite makes by itself."""


def main(release: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profile"
        fill(open_store(profile, "window", lambda: START))
        text = f"-- A profile of LeadDesk {release}.\n" + "\n".join(dump(profile / DATABASE_NAME)) + "\n"
    (FOLDER / f"{release}.sql").write_text(text, encoding="utf-8")


def fill(store: Store) -> None:
    """Something in every table."""
    box = store.accounts.add(
        account(name="Ann", signature="Best\nAnn", own_addresses=("info@lofts.example",))
    ).id
    feed = store.accounts.add_feed("maildir", "/srv/leads").id
    store.mailboxes.put(
        Mailbox(
            account=box, role=Role.INBOX, folder="INBOX", uidvalidity=7, line_uid=1, line_at=START,
            next_uid=1, quiet_done=True, swept_at=at(1),
        )
    )  # fmt: skip
    store.mailboxes.remember_ids(["<old@lofts.example>"], START)
    store.settings.put("person.name", "Ann")
    store.settings.put("target.minutes", "15", Scope.TEAM)
    store.figures.add_gap(at(-600), at(-5))
    first = store.mails.keep(raw_mail(b"From: n@b.example\r\n\r\nHi \xc3\xa4\x00\r\n", key=mail_key(box, 5)))
    store.mails.keep(raw_mail(b"From: list@b.example\r\n\r\nNews\r\n", feed=feed, feed_name="1.eml"))
    assert first is not None
    _fill_leads(store, box, first)
    _fill_forms(store, first)


def _fill_forms(store: Store, mail: int) -> None:
    shape = FormShape("web@lofts.example", "new message from", ("email", "größe", "name"))
    form = store.forms.file(mail, shape, "Contact", names_page=True, at=START)
    store.forms.register(form)
    store.forms.teach(form, [Pointer(Marked.NAME, Stand.UNDER, "Visitor", "(")])
    store.sign_ups.remember(SignUp("n@b.example", at(-90), mail, "https://lofts.example/news"))


def _fill_leads(store: Store, box: int, mail: int) -> None:
    source = Source("Google Ads: spring", Certainty.STATED, {"utm_campaign": "spring"})
    asking = enquiry(
        message="A dormer, größer?", subject="Loft", fields={"rooms": "2"}, source=source, mail=mail
    )
    keys = [("email", "N@b.example", "n@b.example"), ("phone", "07700 900123", "+447700900123")]
    lead, number = store.leads.open(person("Ngozi Größe", company="Eze & Co"), source, asking, keys)
    plan = Attachment(0, "plan.pdf", "application/pdf", 1234)
    read = reading(MailKind.ENQUIRY, from_name="Ngozi", from_email="n@b.example", attachments=(plan,))
    store.mails.judged(mail, read, Place.ENQUIRY, read.why, lead)
    store.alerts.raise_anew(lead, 1, START)
    _send(store, box, lead, number)
    snooze = decided(0, 9, Verb.SNOOZED, until=at(900), reason="on holiday")
    made = [store.leads.record(replace(each, lead=lead)) for each in (snooze, wrote(0, 20, text="Friday?"))]
    store.leads.record(replace(took_back(0, 21, made[0]), lead=lead))
    for outcome in (Outcome.WON, Outcome.LOST):
        closed, _ = store.leads.open(person("Bo"), Source("Phone"), enquiry(minutes=30), [])
        store.leads.record(replace(called(0, 40, Reached.NO_ANSWER), lead=closed))
        store.leads.record(replace(answered(0, 45, text="Hello Bo"), lead=closed))
        store.leads.record(replace(decided(0, 50, Verb.CLOSED, outcome=outcome, reason="price"), lead=closed))


def _send(store: Store, box: int, lead: int, enquiry: int) -> None:
    draft = Draft(
        lead=lead, outgoing=None, account=box, to=("n@b.example",), cc=(), subject="Re: Loft", body="Yes",
        from_address="ann@lofts.example",
    )  # fmt: skip
    number = store.outbox.save_draft(draft, enquiry).id
    store.outbox.queue(number, raw=b"\xff\r\n", message_id="<1@x>", body_hash="h", by="Ann", not_before=START)
    store.outbox.claim(START, "window", [box])
    store.outbox.committing(number, "window")
    store.outbox.sent(number, at=at(6), answer="250 ok")
    store.outbox.save_draft(replace(draft, body="And one thing more"), None)


def dump(file: Path) -> Iterator[str]:
    """The statements that make this database again."""
    reader = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
    schema = reader.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    kept = [(str(name), str(sql)) for name, sql in schema if not _SHADOW.fullmatch(str(name))]
    yield from (f"{' '.join(sql.split())};" for _, sql in kept)
    for name, sql in kept:
        if " INDEX " not in sql:
            yield from _inserts(reader, name)
    yield f"PRAGMA user_version = {reader.pragma('user_version')};"
    reader.close()


def _inserts(reader: apsw.Connection, table: str) -> Iterator[str]:
    columns = "rowid, body" if table == "lead_text" else "*"
    into = "lead_text (rowid, body)" if table == "lead_text" else table
    for row in reader.execute(f"SELECT {columns} FROM {table}"):
        yield f"INSERT INTO {into} VALUES ({', '.join(map(_literal, row))});"


def _literal(value: Any) -> str:
    """Text without line breaks, so that a statement is a line."""
    if not isinstance(value, str):
        return str(apsw.format_sql_value(value))
    parts = ["'" + part.replace("'", "''") + "'" for part in value.split("\n")]
    return "||char(10)||".join(parts)


if __name__ == "__main__":
    main(sys.argv[1])
