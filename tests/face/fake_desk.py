"""A small desk that gives values of words/views, for the face's tests. Every call is written down."""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from leaddesk.words.account import (
    Account,
    AccountReport,
    Connection,
    ConnectionState,
    Feed,
    Proposal,
    Provider,
    Server,
    SignIn,
    Step,
    TestStep,
)
from leaddesk.words.by_hand import Dropped, Pasted
from leaddesk.words.errors import LeadDeskError, NotSignedIn, Refused
from leaddesk.words.imports import (
    GUESSED,
    Batch,
    Column,
    Fate,
    Field,
    FileKind,
    Flag,
    Imported,
    ImportUndone,
    Look,
    RowProblem,
    Warned,
    Written,
)
from leaddesk.words.lead import (
    Certainty,
    Channel,
    Direction,
    Outcome,
    Source,
    Standing,
    Turn,
    What,
)
from leaddesk.words.mail import Attachment, Place
from leaddesk.words.news import News
from leaddesk.words.outgoing import Draft, Handover, OutFile, Outgoing, OutgoingState, Resolution
from leaddesk.words.queue import RescueOffer
from leaddesk.words.reach import OptOut
from leaddesk.words.same import Joined, Merged, Same
from leaddesk.words.settings import Setting
from leaddesk.words.sign_in import Authority, Refusal
from leaddesk.words.teaching import Alike, Lesson, Offer, Offers, Taught, Trait
from leaddesk.words.team import Colleague, read_people
from leaddesk.words.views import (
    EnquiryView,
    Found,
    KnownPerson,
    LeadView,
    PutAway,
    QueueRow,
    QueueView,
    Strip,
    TimelineItem,
    Trouble,
    Undone,
)
from leaddesk.words.writing import Aids

from .fake_all_leads import FakeAllLeads
from .fake_audit import FakeAudit, FakeRescue
from .fake_following import FakeFollowing
from .fake_forms import FakeForms, FakeSources
from .fake_holding import FakeHolding
from .fake_overdue import FakeOverdue
from .fake_plans import FakePlanDesk
from .fake_templates import AIDS, FakeTemplates
from .fake_weeks import FakeWeeks

NOW = datetime(2026, 6, 8, 9, 43, 20, tzinfo=UTC)


def ago(**span: float) -> datetime:
    """A time before the fake desk's now."""
    return NOW - timedelta(**span)


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time

    def zone(self) -> tzinfo:
        return UTC


class FakeBus:
    """Tells everybody on the thread that publishes."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[News], None]] = []

    def subscribe(self, callback: Callable[[News], None]) -> Callable[[], None]:
        self._callbacks.append(callback)
        return lambda: self._callbacks.remove(callback)

    def publish(self, news: News) -> None:
        for callback in tuple(self._callbacks):
            callback(news)


def row(place: int, lead: int, name: str, since: datetime, wants: str, why: str, **more: Any) -> QueueRow:
    facts: dict[str, Any] = {
        "what": What.NEW,
        "turn": Turn.OURS,
        "outcome": Outcome.OPEN,
        "due_at": None,
        "source": "Website: pricing page",
    }
    return QueueRow(place=place, lead=lead, name=name, since=since, wants=wants, why=why, **(facts | more))


ROWS = (
    row(
        1,
        1,
        "Ngozi Adeyemi",
        ago(minutes=2, seconds=14),
        "Can you quote for a loft conversion? We’d like to start in March",
        "New, 2 min old: this is when a reply counts most",
    ),
    row(
        2,
        2,
        "Familie Brückner",
        ago(minutes=18),
        "Guten Tag, wir suchen ein Angebot für neue Fenster (Altbau, 9 Stück)",
        "New; your target is 9:55",
        source="Google Ads: Fenster Herbst",
    ),
    row(
        3,
        3,
        "Joan Hartley",
        ago(minutes=38),
        "Thursday is good. Do I have to move the car?",
        "Your answer may not have arrived",
        what=What.REPLY,
        trouble=True,
    ),
    row(
        4,
        4,
        "Marek Kowalczyk",
        ago(hours=5),
        "Could you ring me about the gutters? After two is best",
        "You did not reach him at 9:10; call again",
        what=What.CALL,
        source="Checkatrade",
    ),
    row(
        5,
        5,
        "The Copper Kettle",
        ago(days=2, hours=3),
        "Weekend catering for 40, 12 December",
        "Nobody answered yet, for two days",
        source="Newsletter: October",
    ),
)
HOSTILE = "<img src=file:///dev/zero>"


def png(width: int, height: int, top: tuple[int, int, int], bottom: tuple[int, int, int]) -> bytes:
    """A picture in two colours, as a file."""
    lines = b"".join(b"\0" + bytes(top if y < height // 2 else bottom) * width for y in range(height))
    return _png(width, height, zlib.compress(lines))


def png_head(width: int, height: int) -> bytes:
    """A file that announces a picture of this size and has none of its pixels: quick to make."""
    return _png(width, height, b"")


def _png(width: int, height: int, pixels: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


class FakeQueue:
    """Rows that a test may change."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.rows: tuple[QueueRow, ...] = ROWS
        self.leads = 214
        self.junk = 0
        self.offers: tuple[RescueOffer, ...] = ()
        self.rescue_total = 0
        self.known_people = tuple(
            KnownPerson(
                mail=n, name=name, email=f"{name.lower()[:4]}@example.com", subject=subject, at=ago(hours=n)
            )
            for n, (name, subject) in enumerate(
                (
                    ("Mum", "Sunday lunch?"),
                    ("Harbour Timber", "Your order is ready to collect"),
                    ("Mr Osei", "Re: invoice 1142"),
                    ("Lena Fischer", "Photos of the finished worktop"),
                ),
                start=1,
            )
        )

    def today(self, limit: int = 200) -> QueueView:
        rows = self.rows[:limit]
        new = sum(one.what is What.NEW for one in self.rows)
        return QueueView(
            rows=rows,
            total=len(self.rows),
            new=new,
            due=len(self.rows) - new,
            going=0,
            known=self.known_people[:3],
            known_total=len(self.known_people),
            not_leads=12,
            junk=self.junk,
            today=Strip(
                enquiries=9,
                answered=6,
                waiting=2,
                never=1,
                median=timedelta(minutes=6),
                within_5min=4,
                within_1h=6,
            ),
            week=Strip(
                enquiries=41,
                answered=36,
                waiting=2,
                never=3,
                median=timedelta(minutes=14),
                within_5min=17,
                within_1h=31,
            ),
            leads=self.leads,
            rescue=self.offers,
            rescue_total=self.rescue_total,
        )

    def known(self, limit: int = 50) -> tuple[KnownPerson, ...]:
        return self.known_people[:limit]

    def put_away(self, limit: int = 200) -> tuple[PutAway, ...]:
        facts = (
            (
                "Trade Weekly",
                "news@example.com",
                "25 tools for the busy roofer",
                "A newsletter: it has an unsubscribe line",
            ),
            (
                "Harbour Bank",
                "no-reply@example.com",
                "Your statement is ready",
                "A robot's mail that names nobody",
            ),
            (HOSTILE, "spam@example.com", "We bring you leads, guaranteed", "An offer to sell you something"),
        )
        return tuple(
            PutAway(
                mail=100 + n,
                at=ago(hours=n),
                name=name,
                email=email,
                subject=subject,
                kind="newsletter",
                why=why,
            )
            for n, (name, email, subject, why) in enumerate(facts, start=1)
        )[:limit]

    def next_after(self, lead: int) -> int | None:
        leads = [one.lead for one in self.rows]
        if lead in leads:
            leads = leads[leads.index(lead) + 1 :] + leads[: leads.index(lead)]
        return leads[0] if leads else None


@dataclass(frozen=True)
class FakeAdded:
    lead: int
    enquiry: int
    joined: bool


def item(entry: int, at: datetime, headline: str, text: str = "", **more: Any) -> TimelineItem:
    facts: dict[str, Any] = {"direction": Direction.IN, "channel": Channel.EMAIL, "automatic": False}
    return TimelineItem(entry=entry, at=at, headline=headline, text=text, **(facts | more))


NGOZI = (
    item(
        1,
        ago(minutes=2, seconds=14),
        "Ngozi",
        "Hello, we have a 1930s semi and would like a quote for a loft conversion with a dormer. "
        "Planning is done. We’d like to start in March. Could someone call me after 4?",
        mail=11,
        enquiry=1,
    ),
    item(
        2,
        ago(minutes=2, seconds=10),
        "Holding message · automatic",
        "Thank you, this is an automatic note: your message has arrived and a person has been told. "
        "You will have an answer from us by 10:30.",
        direction=Direction.OUT,
        automatic=True,
    ),
)
PHOTOS = tuple(
    Attachment(n, name, "image/png", size)
    for n, (name, size) in enumerate(
        (
            ("slates.jpg", 1_800_000),
            ("ceiling.jpg", 1_100_000),
            ("gutter.jpg", 1_600_000),
            ("plan of the house.pdf", 240_000),
        )
    )
)
JOAN = (
    item(
        3,
        ago(minutes=51),
        "Joan",
        "Hello, since the storm water comes through above the back bedroom. I took photos, "
        "the last one from the street. Could you have a look this week?",
        mail=12,
        attachments=PHOTOS,
    ),
    item(
        4,
        ago(minutes=45),
        "You, 6 min after she wrote",
        "Good morning Joan, slipped slates, and quickly put right. Would Thursday at 9 suit you?",
        direction=Direction.OUT,
        outgoing=7,
        outgoing_state=OutgoingState.SENT,
    ),
    item(5, ago(minutes=38), "Joan answered", "Thursday is good. Do I have to move the car?", mail=13),
    item(
        6,
        ago(minutes=10),
        "You",
        "Yes please, if you can: the ladder stands where it is in your last photo. See you on Thursday.",
        direction=Direction.OUT,
        outgoing=8,
        outgoing_state=OutgoingState.UNSURE,
        outgoing_why="The connection broke at the last moment, and it is not in your Sent folder.",
    ),
)


def lead_view(
    lead: int, name: str, since: datetime, timeline: tuple[TimelineItem, ...], **more: Any
) -> LeadView:
    email = f"{name.split(maxsplit=1)[0].lower()}.{name.rsplit(maxsplit=1)[-1].lower()}@example.com"
    source = Source("Website: pricing page", Certainty.STATED, {"campaign": "from Google Ads “loft spring”"})
    enquiry = EnquiryView(
        enquiry=lead,
        received_at=since,
        submitted_at=None,
        seen_at=since + timedelta(seconds=1),
        message=timeline[0].text if timeline else "",
        subject="Loft conversion quote",
        fields=(("Postcode", "BS6 6QH"), ("Budget", "not sure yet")) if lead == 1 else (),
        source=source,
        standing=Standing.WAITING,
        first_response=None,
        mail=11,
    )
    facts: dict[str, Any] = {
        "company": "",
        "emails": (email,),
        "phones": ("07700 900123",),
        "source": source,
        "turn": Turn.OURS,
        "what": What.NEW,
        "outcome": Outcome.OPEN,
        "reason": "",
        "snoozed_until": None,
        "has_it": False,
        "reply_to": email,
        "can_reply": True,
    }
    return LeadView(
        lead=lead, name=name, since=since, enquiries=(enquiry,), timeline=timeline, **(facts | more)
    )


class FakeLeads:
    """Two leads in full, the others by their row."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.views: dict[int, LeadView] = {
            1: lead_view(1, "Ngozi Adeyemi", ROWS[0].since, NGOZI),
            3: lead_view(
                3,
                "Joan Hartley",
                ROWS[2].since,
                JOAN,
                what=What.REPLY,
                phones=("07700 900164",),
                source=Source(
                    "Website: contact page",
                    Certainty.DERIVED,
                    {"search": "from a search for “roof repair Bristol”"},
                ),
            ),
        }

    def show(self, lead: int) -> LeadView:
        self.desk.did("show", lead)
        if lead in self.views:
            return self.views[lead]
        for one in self.desk.queue.rows:
            if one.lead == lead:
                text = item(lead * 10, one.since, one.name.split()[0], one.wants, mail=lead)
                return lead_view(lead, one.name, one.since, (text,), what=one.what)
        raise Refused(f"There is no lead {lead}.")

    def find(self, words: str, limit: int = 50) -> tuple[Found, ...]:
        self.desk.did("find", words)
        parts = words.lower().split()
        return tuple(
            Found(
                lead=one.lead,
                name=one.name,
                snippet=one.wants,
                outcome=one.outcome,
                since=one.since,
                source=one.source,
            )
            for one in self.desk.queue.rows
            if all(part in f"{one.name} {one.wants}".lower() for part in parts)
        )[:limit]

    def add(
        self,
        *,
        name: str,
        phone: str = "",
        email: str = "",
        company: str = "",
        message: str = "",
        source: str = "",
        channel: Channel = Channel.CALL,
        at: datetime | None = None,
    ) -> FakeAdded:
        self.desk.did("add", name, phone, message, at)
        self.desk.did("add_more", email, company, source, channel)
        return FakeAdded(5, 50, False)


class FakePaste:
    """Reads every text as one chat."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk

    def read(self, text: str) -> Pasted:
        self.desk.did("paste", text)
        return Pasted(name="Ngozi Eze", number="+447700900231", message=text)


class FakeDrops:
    """Says what a test wants to have been dropped."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.result = Dropped()

    def take(
        self,
        paths: Sequence[Path],
        on_progress: Callable[[int, int], None] = lambda done, total: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> Dropped:
        self.desk.did("drop", tuple(paths))
        return self.result

    def undo(self, dropped: Dropped) -> int:
        self.desk.did("undo_drop", dropped)
        return len(dropped.enquiries)


class FakeImports:
    """A file with two columns, of which one is doubted; what comes of it is what a test wants."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.refusal: Refused | None = None
        self.result: dict[str, int] = {"new": 2, "waiting": 1, "known": 1, "doubtful": 1, "unusable": 1}
        self.waits_for: threading.Event | None = None
        self.past: tuple[Batch, ...] = ()

    def look(
        self, file: Path, mapping: Mapping[int, Field] | None = None, *, written: Written = GUESSED
    ) -> Look:
        self.desk.did("look", file.name, mapping)
        self.desk.did("read_as", written)
        if self.refusal is not None:
            raise self.refusal
        if written.encoding == "utf-16":
            raise Refused(f"{file} is not written in utf-16.", "Choose another encoding.")
        told = mapping or {0: Field.NAME, 1: Field.PHONE}
        return Look(
            file=file.name,
            kind=FileKind.CSV,
            encoding=written.encoding or "cp1252",
            delimiter=written.delimiter or ";",
            guess=Written("cp1252", ";"),
            has_header=True,
            columns=(Column(0, "Wer", told[0]), Column(1, "Nr", told[1], sure=False)),
            signature="wer nr",
            remembered=False,
            sample=(),
            cells=(("Ann Hollis", "07700 900111"), ("Kofi Boateng", "4,9E+11")),
            warnings=(),
        )

    def dry_run(self, file: Path, mapping: Mapping[int, Field] | None = None, **how: Any) -> Imported:
        self.desk.did("dry_run", file.name, mapping, how["take_doubtful"])
        return self._imported(file, mapping, None, **how)

    def run(self, file: Path, mapping: Mapping[int, Field] | None = None, **how: Any) -> Imported:
        self.desk.did("run", file.name, mapping, how["take_doubtful"])
        made = self._imported(file, mapping, 7, **how)
        self.past = (Batch(id=7, file=file.name, at=NOW, by="Ann", new=2, known=1, undone_at=None),)
        return made

    def undo(
        self, batch: int, *, on_progress: Callable[[int, float], None] = lambda gone, part: None
    ) -> ImportUndone:
        self.desk.did("undo_import", batch)
        on_progress(1, 0.5)
        if self.waits_for is not None:
            self.waits_for.wait(5)
        self.past = tuple(replace(one, undone_at=NOW) for one in self.past)
        return ImportUndone("people.csv", 2, 0, 0)

    def batches(self) -> tuple[Batch, ...]:
        return self.past

    def _imported(
        self, file: Path, mapping: Mapping[int, Field] | None, number: int | None, **how: Any
    ) -> Imported:
        how["on_progress"](2, 0.5)
        if self.waits_for is not None:
            self.waits_for.wait(5)
        if how["is_cancelled"]():
            raise Refused("The import was cancelled. Nothing was changed.")
        warnings = (Warned(Flag.PHONE, 1, 3),)
        problems = (RowProblem(4, Fate.UNUSABLE, "No name, address or number."),)
        return Imported(
            id=number, look=self.look(file, mapping, written=how["written"]), rows=5, first=None,
            last=None, warnings=warnings, problems=problems, **self.result,
        )  # fmt: skip


class FakeReceive:
    """Mails and their attachments."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk

    def rescue(self, mail: int) -> int:
        self.desk.did("rescue", mail)
        return 2

    def sort_away(self, mail: int) -> None:
        self.desk.did("sort_away", mail)

    def raw(self, mail: int) -> bytes:
        return b"From: Ngozi <ngozi@example.com>\r\nSubject: Loft\r\n\r\nHello <b>you</b>\r\n"

    def attachment(self, mail: int, index: int) -> tuple[str, bytes]:
        self.desk.did("attachment", mail, index)
        colours = (
            ((185, 203, 214), (93, 100, 112)),
            ((228, 222, 210), (207, 198, 182)),
            ((169, 180, 176), (123, 75, 58)),
        )
        if index < 3:
            return PHOTOS[index].name, png(660, 420, *colours[index])
        return PHOTOS[3].name, b"%PDF-1.4"


def outgoing(number: int, lead: int, state: OutgoingState, **more: Any) -> Outgoing:
    facts: dict[str, Any] = {
        "enquiry": None,
        "account": 1,
        "message_id": "<x@example.com>",
        "to": ("ngozi@example.com",),
        "cc": (),
        "subject": "Re: Loft conversion quote",
        "body": "",
        "body_hash": None,
        "approved_by": None,
        "approved_at": None,
        "not_before": None,
        "attempts": 0,
        "next_try": None,
        "answer": None,
        "why": "",
        "committing_at": None,
        "sent_at": None,
        "updated_at": NOW,
        "copied_to_sent": None,
    }
    return Outgoing(id=number, lead=lead, state=state, **(facts | more))


class FakeReply:
    """One draft a lead, and a queue of one."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.saved: list[Draft] = []
        self.approved: list[Draft] = []
        self.too_late = False
        self.help = AIDS
        self.waiting: tuple[Outgoing, ...] = ()
        self.handover = Handover("mailto:zoe@garden.example?subject=Re", "Yes, we do.", is_whole=True)

    def draft(self, lead: int) -> Draft:
        if self.saved and self.saved[-1].lead == lead:
            return self.saved[-1]
        return Draft(
            lead=lead,
            outgoing=None,
            account=1,
            to=("ngozi.adeyemi@example.com",),
            cc=(),
            subject="Re: Loft conversion quote",
            body="Hi Ngozi,\n\nthank you for your message.\n\n\n\nBest wishes\nAnn",
            from_address="ann@hillside-lofts.example.com",
        )

    def save(self, draft: Draft) -> Draft:
        self.desk.did("save", draft.body)
        self.saved.append(replace(draft, outgoing=9))
        return self.saved[-1]

    def discard(self, outgoing: int) -> None:
        self.desk.did("discard", outgoing)
        self.saved.clear()

    def aids(self, lead: int) -> Aids:
        return self.help if lead == 1 else Aids()

    def nudge(self, lead: int) -> str:
        return "Hi, Ann here: shall I go on with it?" if lead == 3 else ""

    def enclose(self, paths: Sequence[Path]) -> tuple[OutFile, ...]:
        missing = next((each for each in paths if "missing" in each.name), None)
        if missing is not None:
            raise Refused(f"“{missing.name}” cannot be read where it was.")
        return tuple(OutFile(each.name, str(each), 1_800_000) for each in paths)

    def send_plain(self, lead: int) -> Outgoing:
        self.desk.did("send_plain", lead)
        return outgoing(
            10, lead, OutgoingState.QUEUED, not_before=self.desk.clock.now() + timedelta(seconds=10)
        )

    def approve(self, draft: Draft, *, at: datetime | str | None = None) -> Outgoing:
        self.desk.did("approve", draft.body)
        if at is not None:
            self.desk.did("approve_at", at)
        self.approved.append(draft)
        not_before = at if isinstance(at, datetime) else self.desk.clock.now() + timedelta(seconds=10)
        return outgoing(9, draft.lead, OutgoingState.QUEUED, not_before=not_before)

    def cancel(self, outgoing_id: int) -> Outgoing:
        self.desk.did("cancel", outgoing_id)
        if self.too_late:
            raise Refused("It is too late: the mail is on its way.")
        return outgoing(outgoing_id, self.approved[-1].lead, OutgoingState.CANCELLED)

    def resolve(self, outgoing_id: int, how: Resolution) -> Outgoing:
        self.desk.did("resolve", outgoing_id, how)
        return outgoing(outgoing_id, 3, OutgoingState.SENT)

    def open_elsewhere(self, outgoing_id: int) -> Handover:
        self.desk.did("open_elsewhere", outgoing_id)
        return self.handover

    def outbox(self, state: OutgoingState | None = None) -> tuple[Outgoing, ...]:
        if state is OutgoingState.QUEUED:
            return self.waiting
        return (outgoing(8, 3, OutgoingState.UNSURE),)


class FakeCalls:
    """Writes down what was logged."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.at_home = ""

    def country(self) -> str:
        return self.at_home

    def log(self, lead: int, **facts: Any) -> int:
        self.desk.did("log", lead, facts)
        return 90


class FakeDecide:
    """Writes down what was decided."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk

    def close(self, lead: int, outcome: Outcome, reason: str = "") -> None:
        self.desk.did("close", lead, outcome, reason)

    def reopen(self, lead: int) -> None:
        self.desk.did("reopen", lead)

    def snooze(self, lead: int, until: datetime | str, reason: str = "") -> datetime:
        self.desk.did("snooze", lead, until)
        if until == "never":
            raise Refused("“never” is no time. Try “fri 8:30”.")
        return until if isinstance(until, datetime) else NOW + timedelta(days=1)

    def got(self, lead: int) -> None:
        self.desk.did("got", lead)

    def note(self, lead: int, text: str) -> None:
        self.desk.did("note", lead, text)

    def judge_out(self, lead: int) -> None:
        self.desk.did("judge_out", lead)

    def undo(self, lead: int | None = None) -> Undone:
        self.desk.did("undo", lead)
        return Undone(did="Closed", lead=1, name="Ngozi Adeyemi")

    def snooze_choices(self) -> tuple[tuple[str, datetime], ...]:
        return (
            ("1 hour", NOW + timedelta(hours=1)),
            ("tomorrow 9:00", NOW.replace(hour=9, minute=0, second=0) + timedelta(days=1)),
            ("Monday 9:00", NOW.replace(hour=9, minute=0, second=0) + timedelta(days=7)),
        )


def alike(number: int, name: str, subject: str, **more: Any) -> Alike:
    """A mail of some days ago that stands among those that are no leads."""
    facts: dict[str, Any] = {"place": Place.NOT_A_LEAD, "was_lead": False, **more}
    email = f"{name.split(maxsplit=1)[0].lower()}@example.com"
    return Alike(mail=number, at=ago(days=number), name=name, email=email, subject=subject, **facts)


class FakeTeach:
    """Two sentences about any mail; a test may refuse them, or give others."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        past = tuple(alike(n, "Harbour Timber", f"Your order 114{n} is ready") for n in range(1, 4))
        self.told = Offers(
            mail=1,
            name="Harbour Timber",
            subject="Your order is ready to collect",
            offers=(
                Offer(
                    trait=Trait.SENDER, taught=Taught.NO_ENQUIRY, key="k", alike=past, days=90,
                    sentence="Mail from sales@harbour-timber.example.com is no enquiry.",
                ),
                Offer(
                    trait=Trait.SENDER, taught=Taught.ENQUIRY, key="k", alike=past[:1], days=90,
                    sentence="Mail from sales@harbour-timber.example.com is an enquiry.",
                ),
            ),
        )  # fmt: skip
        self.kept: tuple[Lesson, ...] = ()
        self.refusal: Refused | None = None

    def offers(self, mail: int) -> Offers:
        self.desk.did("offers", mail)
        if self.refusal is not None:
            raise self.refusal
        return replace(self.told, mail=mail)

    def mail_of(self, lead: int) -> int:
        return 100 + lead

    def accept(self, mail: int, trait: Trait, taught: Taught, *, bring_back: bool = False) -> Lesson:
        self.desk.did("accept", mail, trait, taught, bring_back)
        sentence = next(one.sentence for one in self.told.offers if one.taught is taught)
        lesson = Lesson(
            id=1, trait=trait, key="k", taught=taught, sentence=sentence, at=NOW, by="Ann", mail=mail
        )
        self.kept = (lesson,)
        return lesson

    def lessons(self) -> tuple[Lesson, ...]:
        return self.kept

    def undo(self, lesson: int) -> Undone:
        self.desk.did("unteach", lesson)
        self.kept = ()
        return Undone(did="Mail from sales@harbour-timber.example.com is no enquiry", lead=0)


class FakeSame:
    """Nobody is the same person as anybody, but whom a test names in `near`."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.near: dict[int, tuple[Same, ...]] = {}

    def offers(self, lead: int) -> tuple[Same, ...]:
        return self.near.get(lead, ())

    def merge(self, lead: int, into: int) -> Merged:
        self.desk.did("merge", lead, into)
        self.near.clear()
        link = Joined(lead=lead, name=f"Lead {lead}", at=NOW, by="Ann", until=NOW + timedelta(days=30))
        views = self.desk.leads.views
        views[into] = replace(self.desk.leads.show(into), joined=(link,))
        views[lead] = views[into]
        return Merged(lead=lead, into=into)

    def unmerge(self, lead: int) -> Merged:
        self.desk.did("unmerge", lead)
        view = self.desk.leads.views.pop(lead)
        self.desk.leads.views[view.lead] = replace(view, joined=())
        return Merged(lead=lead, into=view.lead)

    def keep_apart(self, lead: int, other: int) -> None:
        self.desk.did("keep_apart", lead, other)
        self.near.clear()


class FakeContact:
    """Writes down what was asked."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk

    def opt_out(self, lead: int, channel: Channel | None = None, reason: str = "") -> None:
        self.desk.did("opt_out", lead, channel)
        self._put(lead, (OptOut(channel=channel, at=NOW, by="Ann"),))

    def take_back(self, lead: int) -> None:
        self.desk.did("take_wish_back", lead)
        self._put(lead, ())

    def _put(self, lead: int, wishes: tuple[OptOut, ...]) -> None:
        self.desk.leads.views[lead] = replace(self.desk.leads.show(lead), opt_outs=wishes)


class FakeTeam:
    """Two people; whoever sits here is the first."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.people = read_people("Ann <ann@lofts.example> | Ben <ben@home.example>")
        self.away: tuple[str, ...] = ()

    def colleagues(self) -> tuple[Colleague, ...]:
        return self.people

    def me(self) -> Colleague | None:
        return self.people[0] if self.people else None

    def out(self) -> tuple[str, ...]:
        return self.away

    def assign(self, lead: int, person: str) -> str:
        self.desk.did("assign", lead, person)
        self.desk.leads.views[lead] = replace(self.desk.leads.show(lead), whose=person)
        return person

    def go_out(self, *, is_out: bool = True) -> tuple[str, ...]:
        self.away = ("Ann",) if is_out else ()
        return self.away


class FakeAlerts:
    """Counts the queue's rows."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk

    def waiting(self) -> tuple[int, timedelta | None]:
        rows = self.desk.queue.rows
        return len(rows), max((one.waited(self.desk.clock.now()) for one in rows), default=None)

    def on_action(self, listener: Callable[[int, Any], None]) -> None:
        self.listener = listener


ACCOUNT = Account(
    id=1,
    email="info@hillside-lofts.example.com",
    name="Ann Hollis",
    user="info@hillside-lofts.example.com",
    imap=Server("imap.example.com", 993),
    smtp=Server("smtp.example.com", 465),
    keyring="GNOME Keyring",
)
GMAIL = Provider(
    "Gmail",
    ("gmail.com",),
    Server("imap.gmail.com", 993),
    Server("smtp.gmail.com", 465),
    SignIn.APP_PASSWORD,
    True,
    "Gmail lets a program in with an app password only, not with the one that you use in the browser.",
    (
        "Turn on 2-Step Verification, if it is off.",
        "Make an app password and call it LeadDesk.",
        "Paste it here.",
    ),
    "https://myaccount.google.com/apppasswords",
)
MICROSOFT = Provider("Microsoft 365", ("outlook.com",), None, None, SignIn.BROWSER, True)
SIGN_IN_PAGE = "https://sign-in.example.com/authorize?client_id=abc"


def authority(name: str, label: str, **more: Any) -> Authority:
    """Where people sign in with the browser, as the shipped list has it."""
    facts: dict[str, Any] = {
        "authorize_url": "https://sign-in.example.com/authorize",
        "token_url": "https://sign-in.example.com/token",
        "scopes": ("mail",),
        "imap": Server(f"imap.{name}.example.com", 993),
        "smtp": Server(f"smtp.{name}.example.com", 465),
        "hosts": (),
    }
    return Authority(name=name, label=label, **facts | more)


AUTHORITIES = (
    authority(
        "microsoft",
        "Microsoft",
        tenant="common",
        redirect_host="localhost",
        note="Your firm registers LeadDesk once and gets a client id.",
        steps=("Open Microsoft's page.", "Enter http://localhost and register.", "Copy the client id."),
        page="https://entra.example.com/",
    ),
    authority(
        "google",
        "Google",
        hosts=("imap.gmail.com",),
        has_client_secret=True,
        steps=("Make one of the kind 'Desktop app'.",),
    ),
)


class FakeAccounts:
    """One account; a test may make a step fail."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.known: tuple[Account, ...] = (ACCOUNT,)
        self.fails_at: Step | None = None
        self.vault: str | None = "GNOME Keyring"
        self.added: list[tuple[Account, str | None]] = []
        self.pause = threading.Event()
        self.pause.set()
        self.back = threading.Event()
        """Set when the person is back from the browser."""
        self.refusal: LeadDeskError | None = None
        """What comes of it, where it is nothing good."""
        self.cannot_send = False
        self.folder_names: tuple[str, ...] | LeadDeskError = ("INBOX", "Anfragen", "Enquiries", "Sent")

    def list(self) -> tuple[Account, ...]:
        return self.known

    def authorities(self) -> tuple[Authority, ...]:
        return AUTHORITIES

    def sign_in(
        self,
        account: Account,
        *,
        open_browser: Callable[[str], object],
        on_step: Callable[[TestStep], None] = lambda step: None,
        cancel: threading.Event | None = None,
    ) -> AccountReport:
        self.added.append((account, None))
        open_browser(SIGN_IN_PAGE)
        while not self.back.wait(0.01):
            if cancel is not None and cancel.is_set():
                raise NotSignedIn("The sign-in was cancelled.", "", Refusal.CANCELLED)
        if self.refusal is not None:
            raise self.refusal
        report = self._tried(account, on_step)
        if report.ok:
            self.known = (*(one for one in self.known if one.id != account.id), report.account)
        return report

    def _tried(self, account: Account, on_step: Callable[[TestStep], None]) -> AccountReport:
        tests = [TestStep(step, "imap", step is not self.fails_at, f"{step} ended") for step in Step]
        if self.fails_at is not None:
            tests = tests[: list(Step).index(self.fails_at) + 1]
        if self.cannot_send:
            off = "Sending by a program (SMTP AUTH) is switched off for this mailbox."
            tests[-1] = TestStep(Step.LOGIN, "smtp", False, off, "Ask your administrator.", bearable=True)
        for test in tests:
            on_step(test)
        return AccountReport(replace(account, id=account.id or 2), tuple(tests))

    def folders(self, account: Account, password: str | None = None) -> tuple[str, ...]:
        self.desk.did("folders", account.user, password)
        if isinstance(self.folder_names, LeadDeskError):
            raise self.folder_names
        return self.folder_names

    def feeds(self) -> tuple[Feed, ...]:
        return (Feed(1, "maildir", "/home/ann/Maildir", ago(days=3)),)

    def propose(self, email: str) -> Proposal:
        provider = (
            GMAIL if email.endswith("gmail.com") else MICROSOFT if email.endswith("outlook.com") else None
        )
        domain = email.partition("@")[2]
        imap = (GMAIL.imap,) if provider is GMAIL else (Server(f"imap.{domain}", 993),)
        smtp = (GMAIL.smtp,) if provider is GMAIL else (Server(f"smtp.{domain}", 465),)
        sign_in = provider.sign_in if provider else SignIn.PASSWORD
        return Proposal(email, provider, imap, smtp, sign_in, email)  # type: ignore[arg-type]

    def add(
        self,
        account: Account,
        password: str | None,
        *,
        on_step: Callable[[TestStep], None] = lambda step: None,
    ) -> AccountReport:
        self.added.append((account, password))
        self.pause.wait(5)
        tests: list[TestStep] = []
        details = ("Both answer", "TLS 1.3", "Signed in", "Inbox and Sent", "One mail went there and back")
        for step, detail in zip(Step, details, strict=True):
            fails = step is self.fails_at
            tests.append(
                TestStep(
                    step,
                    "imap",
                    not fails,
                    "Google did not take the password" if fails else detail,
                    "Make an app password and paste it here." if fails else "",
                )
            )
            on_step(tests[-1])
            if fails:
                break
        report = AccountReport(replace(account, id=2), tuple(tests))
        if report.ok:
            self.known = (*self.known, report.account)
        return report

    def change(self, account: Account) -> None:
        self.desk.did("change", account.email)
        self.known = tuple(account if one.id == account.id else one for one in self.known)

    def remove(self, account: int) -> None:
        self.desk.did("remove", account)

    def add_feed(self, kind: str, path: str) -> Feed:
        self.desk.did("add_feed", kind, path)
        return Feed(2, kind, path, NOW)

    def remove_feed(self, feed: int) -> None:
        self.desk.did("remove_feed", feed)

    def give_password(self, account: int, password: str, *, keep: bool) -> None:
        self.desk.did("give_password", account, keep)

    def unlock(self) -> None:
        self.desk.did("unlock")

    def vault_name(self) -> str | None:
        return self.vault


@dataclass(frozen=True)
class FakeCheck:
    check: str
    ok: bool
    detail: str
    mend: str | None


class FakeHealth:
    """No troubles until a test has some."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.standing: tuple[Trouble, ...] = ()

    def connections(self) -> tuple[Connection, ...]:
        return (Connection(1, None, "INBOX", ConnectionState.ONLINE, ago(hours=2), ago(seconds=4)),)

    def troubles(self) -> tuple[Trouble, ...]:
        return self.standing

    def act(self, key: str) -> None:
        self.desk.did("act", key)

    def doctor(self) -> tuple[FakeCheck, ...]:
        return (
            FakeCheck("database", True, "214 leads, checked a minute ago", None),
            FakeCheck("keyring", True, "GNOME Keyring", None),
            FakeCheck(
                "notifier",
                False,
                "Nobody shows notifications here",
                "Start your desktop’s notification service.",
            ),
        )


class FakeConfig:
    """Settings in a dictionary."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.texts: dict[str, str] = {}

    def get(self, setting: Setting[Any]) -> Any:
        text = self.texts.get(setting.key)
        return setting.default if text is None else setting.parse(text)

    def set(self, setting: Setting[Any], text: str) -> Any:
        value = setting.parse(text)
        self.texts[setting.key] = text
        return value


class FakeServices:
    """Started and stopped."""

    def __init__(self) -> None:
        self.started = self.stopped = False

    def start(self) -> None:
        self.started = True

    def stop(self, timeout: float = 2.0) -> None:
        self.stopped = True


@dataclass
class FakeDesk:
    """The desk of the tests: subjects of values, and a list of all that was asked."""

    clock: FakeClock = field(default_factory=FakeClock)
    bus: FakeBus = field(default_factory=FakeBus)
    services: FakeServices = field(default_factory=FakeServices)
    calls_made: list[tuple[Any, ...]] = field(default_factory=list)
    closed: bool = False

    def __post_init__(self) -> None:
        self.queue = FakeQueue(self)
        self.forms = FakeForms(self)
        self.sources = FakeSources(self)
        self.holding = FakeHolding(self)
        self.leads = FakeLeads(self)
        self.all_leads = FakeAllLeads(self)
        self.paste = FakePaste(self)
        self.drops = FakeDrops(self)
        self.imports = FakeImports(self)
        self.receive = FakeReceive(self)
        self.reply = FakeReply(self)
        self.calls = FakeCalls(self)
        self.decide = FakeDecide(self)
        self.following = FakeFollowing(self)
        self.teach = FakeTeach(self)
        self.same = FakeSame(self)
        self.contact = FakeContact(self)
        self.team = FakeTeam(self)
        self.alerts = FakeAlerts(self)
        self.accounts = FakeAccounts(self)
        self.health = FakeHealth(self)
        self.config = FakeConfig(self)
        self.audit = FakeAudit(self)
        self.templates = FakeTemplates(self)
        self.plans = FakePlanDesk(self)
        self.rescue = FakeRescue(self)
        self.weeks = FakeWeeks(self)
        self.overdue = FakeOverdue(self)

    def did(self, *call: Any) -> None:
        self.calls_made.append(call)

    def asked(self, name: str) -> list[tuple[Any, ...]]:
        """The arguments of all calls of that name."""
        return [call[1:] for call in self.calls_made if call[0] == name]

    def check(self) -> None:
        self.did("check")

    def close(self) -> None:
        self.closed = True
