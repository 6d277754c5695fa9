"""The tables. A model is columns and a docstring that says what one row is; behaviour lives in the stores.

Models here are not bound to a database: `tables` binds a set for each open store. Tables are created by
migrations only, which carry their own frozen copies.
"""

from __future__ import annotations

import peewee as pw

from leaddesk.doors.store.fields import FlagField, JsonField, MomentField


class Row(pw.Model):
    """Every table has an integer id of its own."""

    id = pw.AutoField()


class AccountRow(Row):
    """A mailbox; `removed_at` keeps the row for the mails that name it."""

    token = pw.TextField()
    email = pw.TextField()
    name = pw.TextField()
    signature = pw.TextField()
    user = pw.TextField()
    smtp_user = pw.TextField(null=True)
    imap_host = pw.TextField()
    imap_port = pw.IntegerField()
    imap_security = pw.TextField()
    smtp_host = pw.TextField()
    smtp_port = pw.IntegerField()
    smtp_security = pw.TextField()
    sign_in = pw.TextField()
    ca_file = pw.TextField(null=True)
    folder = pw.TextField()
    sent_folder = pw.TextField(null=True)
    own_addresses = JsonField()
    own_domain = FlagField()
    keyring = pw.TextField(null=True)
    keep_in_memory = FlagField()
    saves_sent = FlagField(null=True)
    authority = pw.TextField(null=True)
    """Where the person signs in with the browser, and as which client of the owner's."""
    client_id = pw.TextField(null=True)
    tenant = pw.TextField(null=True)
    client_key = pw.TextField(null=True)
    signer = pw.TextField()
    signer_sent = pw.TextField(null=True)
    signed_in_at = MomentField(null=True)
    smtp_off = FlagField()
    room_bytes = pw.BigIntegerField(null=True)
    """What the server for sending said last: the largest mail, and whether it takes any address."""
    room_foreign = FlagField(null=True)
    created_at = MomentField()
    removed_at = MomentField(null=True)


class MailboxRow(Row):
    """How far one watched folder has been read. `line_uid` is the first sync's line (DESIGN)."""

    account = pw.IntegerField()
    role = pw.TextField()
    folder = pw.TextField()
    uidvalidity = pw.BigIntegerField()
    line_uid = pw.BigIntegerField()
    line_at = MomentField()
    next_uid = pw.BigIntegerField()
    quiet_done = FlagField()
    swept_at = MomentField(null=True)


class FeedRow(Row):
    """A Maildir or folder that we watch."""

    kind = pw.TextField()
    path = pw.TextField()
    added_at = MomentField()
    removed_at = MomentField(null=True)


class MailRow(Row):
    """A mail as it landed, and what became of it."""

    token = pw.TextField()
    account = pw.IntegerField(null=True)
    role = pw.TextField()
    folder = pw.TextField(null=True)
    uidvalidity = pw.BigIntegerField(null=True)
    uid = pw.BigIntegerField(null=True)
    feed = pw.IntegerField(null=True)
    feed_name = pw.TextField(null=True)
    received_at = MomentField()
    seen_at = MomentField()
    size = pw.BigIntegerField()
    sha256 = pw.TextField()
    quiet = FlagField()
    state = pw.TextField()
    kind = pw.TextField(null=True)
    place = pw.TextField(null=True)
    why = JsonField()
    lead = pw.IntegerField(null=True)
    message_id = pw.TextField(null=True)
    from_name = pw.TextField()
    from_email = pw.TextField(null=True)
    subject = pw.TextField()
    snippet = pw.TextField()
    visible = pw.TextField()
    attachments = JsonField()
    recipients = JsonField()
    """Lower-case addresses of To and Cc, for mails of Sent."""


class MailBytesRow(pw.Model):
    """The raw bytes of a mail, apart so that lists stay thin."""

    mail = pw.IntegerField(primary_key=True)
    content = pw.BlobField()


class CorrespondentRow(Row):
    """An address we wrote to, from Sent, and since when: who is known."""

    key = pw.TextField()
    first_at = MomentField()


class PastIdRow(Row):
    """The Message-ID of a mail of ours, from Sent or the outbox: what an answer may name."""

    message_id = pw.TextField()
    lead = pw.IntegerField(null=True)
    at = MomentField()


class LeadRow(Row):
    """A lead with its folded state."""

    token = pw.TextField()
    name = pw.TextField()
    company = pw.TextField()
    source_text = pw.TextField()
    source_certainty = pw.TextField()
    source_evidence = JsonField()
    wants = pw.TextField()
    opened_at = MomentField()
    turn = pw.TextField()
    what = pw.TextField()
    outcome = pw.TextField()
    reason = pw.TextField()
    since = MomentField()
    snoozed_until = MomentField(null=True)
    got_at = MomentField(null=True)
    last_in_at = MomentField(null=True)
    last_out_at = MomentField(null=True)
    outbox = pw.TextField()
    """'' | going | unsure | refused: how the newest outgoing mail stands."""
    import_batch = pw.IntegerField(null=True)
    """The import that brought the lead."""
    merged_into = pw.IntegerField(null=True)
    """The lead that goes on for this one too, which is not merged itself; folded from the record."""
    plan = pw.TextField(null=True)
    """Its plan's name; this and what follows is folded from the record, null without a plan."""
    plan_state = pw.TextField(null=True)
    plan_step = pw.IntegerField(null=True)
    plan_of = pw.IntegerField(null=True)
    due_at = MomentField(null=True)
    """When the next step falls due; null where there is none."""
    due_way = pw.TextField(null=True)
    due_day = pw.IntegerField(null=True)
    sorted_as = pw.TextField()
    """The name as lists sort it."""
    replied_after = pw.BigIntegerField(null=True)
    """Microseconds from their first enquiry to our first reply; folded."""


class AddressRow(Row):
    """One way to reach a lead. `key` is what is compared: lower-case address, E.164 number."""

    lead = pw.IntegerField()
    kind = pw.TextField()
    value = pw.TextField()
    key = pw.TextField()


class EnquiryRow(Row):
    """One clock, with its folded standing."""

    token = pw.TextField()
    lead = pw.IntegerField()
    channel = pw.TextField()
    received_at = MomentField()
    submitted_at = MomentField(null=True)
    seen_at = MomentField()
    message = pw.TextField()
    subject = pw.TextField()
    fields = JsonField()
    source_text = pw.TextField()
    source_certainty = pw.TextField()
    source_evidence = JsonField()
    mail = pw.IntegerField(null=True)
    quiet = FlagField()
    standing = pw.TextField()
    first_response_at = MomentField(null=True)
    counted = FlagField()
    """1 where nothing else is said; 0 keeps it out of the figures."""
    found_us = pw.TextField(null=True)
    """Where a person said that it came from, where the enquiry itself told nothing; folded."""
    held_rule = pw.TextField(null=True)
    held_why = pw.TextField(default="")
    """Whether a holding message might go: the rule that refused it, and the sentence; empty: never judged."""
    promised_at = MomentField(null=True)
    """By when the holding message promised a person."""


class EntryRow(Row):
    """One line of a lead's record; never updated, never deleted."""

    token = pw.TextField()
    lead = pw.IntegerField()
    kind = pw.TextField()
    at = MomentField()
    by = pw.TextField(null=True)
    direction = pw.TextField(null=True)
    channel = pw.TextField(null=True)
    automatic = FlagField()
    outcome = pw.TextField(null=True)
    how = pw.TextField(null=True)
    text = pw.TextField()
    enquiry = pw.IntegerField(null=True)
    mail = pw.IntegerField(null=True)
    outgoing = pw.IntegerField(null=True)
    verb = pw.TextField(null=True)
    until = MomentField(null=True)
    takes_back = pw.IntegerField(null=True)
    other = pw.IntegerField(null=True)
    """The other lead of a decision about two."""
    plan = pw.TextField(null=True)
    """The plan that was started, in one line."""


class OutgoingRow(Row):
    """One mail of the outbox (FAULTS 2.0). `kind`: reply, or holding."""

    token = pw.TextField()
    kind = pw.TextField(default="reply")
    lead = pw.IntegerField()
    enquiry = pw.IntegerField(null=True)
    account = pw.IntegerField()
    state = pw.TextField()
    message_id = pw.TextField(null=True)
    sender = pw.TextField()
    to = JsonField()
    cc = JsonField()
    subject = pw.TextField()
    body = pw.TextField()
    content = pw.BlobField(null=True)
    body_hash = pw.TextField(null=True)
    approved_by = pw.TextField(null=True)
    approved_at = MomentField(null=True)
    not_before = MomentField(null=True)
    owner = pw.TextField(null=True)
    attempts = pw.IntegerField()
    next_try = MomentField(null=True)
    answer = pw.TextField(null=True)
    why = pw.TextField()
    committing_at = MomentField(null=True)
    looks = pw.IntegerField()
    sent_at = MomentField(null=True)
    copied_to_sent = FlagField(null=True)
    files = JsonField()
    """Name, path, size and digest of each file that goes out with it."""
    answers = pw.IntegerField(null=True)
    """Their mail that it answers."""
    marked = FlagField(null=True)
    """Whether that mail was marked as answered on the server; null: not looked at yet."""
    gives_way_after = pw.IntegerField(null=True)
    """The newest entry of the lead's record at approval, where a later word of theirs stops the mail."""
    colleague = pw.TextField(null=True)
    """The person of ours to whom it goes: no word to the lead."""
    created_at = MomentField()
    updated_at = MomentField()


class OptOutRow(Row):
    """One wish not to be reached, by the salted hash of an address or number. `channel` is '' for every way.

    `entry` is the record's line that says so; no key of the database, as it outlives the record.
    """

    kind = pw.TextField()
    hash = pw.TextField()
    channel = pw.TextField()
    at = MomentField()
    by = pw.TextField(null=True)
    entry = pw.IntegerField(null=True)
    taken_back_at = MomentField(null=True)


class AlertRow(Row):
    """One thing somebody must be told of, until somebody has it. `lead` is null for many at once."""

    lead = pw.IntegerField(null=True)
    count = pw.IntegerField()
    raised_at = MomentField()
    loudness = pw.IntegerField()
    next_at = MomentField(null=True)
    shown_by = pw.TextField(null=True)
    taken_at = MomentField(null=True)


class SettingRow(Row):
    """One setting that is not at its default. `desk` is '' for those the team shares."""

    desk = pw.TextField()
    key = pw.TextField()
    value = pw.TextField()


class GapRow(Row):
    """A span in which nobody watched."""

    start = MomentField()
    end = MomentField()
    told = FlagField()


class ImportBatchRow(Row):
    """One import, so that it can be taken back."""

    token = pw.TextField()
    file = pw.TextField()
    at = MomentField()
    by = pw.TextField()
    new = pw.IntegerField()
    known = pw.IntegerField()
    last_entry = pw.IntegerField()
    """The newest entry of the record that it made: what has a newer one was worked with since."""
    undone_at = MomentField(null=True)


class ImportFillRow(Row):
    """One gap of a known lead that an import filled: an address, or (`address` null) what it was called."""

    batch = pw.IntegerField()
    lead = pw.IntegerField()
    address = pw.IntegerField(null=True)
    name = pw.TextField()
    company = pw.TextField()


class AuditRow(Row):
    """What the past of one mailbox came to."""

    account = pw.IntegerField()
    started = MomentField()
    ended = MomentField()
    figures = JsonField()
    familiar = JsonField()


class RescueRow(Row):
    """One enquiry of the past that nobody answered. `state`: open, taken, let-go, or closed with many."""

    account = pw.IntegerField()
    folder = pw.TextField()
    uidvalidity = pw.BigIntegerField()
    uid = pw.BigIntegerField()
    message_id = pw.TextField(null=True)
    received_at = MomentField()
    name = pw.TextField()
    email = pw.TextField(null=True)
    phone = pw.TextField(null=True)
    subject = pw.TextField()
    wants = pw.TextField()
    source = pw.TextField()
    state = pw.TextField()
    acted_at = MomentField(null=True)
    lead = pw.IntegerField(null=True)


class LessonRow(Row):
    """What a person taught by one mail. `moved` are mails that it moved, and where they stood before."""

    token = pw.TextField()
    trait = pw.TextField()
    key = pw.TextField()
    taught = pw.TextField()
    sentence = pw.TextField()
    at = MomentField()
    by = pw.TextField()
    mail = pw.IntegerField(null=True)
    moved = JsonField()
    last_entry = pw.IntegerField()
    undone_at = MomentField(null=True)


class FormRow(Row):
    """A form that mails came from, by what its mails share; `feed` where it was registered."""

    token = pw.TextField()
    sender = pw.TextField()
    subject = pw.TextField()
    labels = JsonField()
    title = pw.TextField()
    first_at = MomentField()
    feed = pw.IntegerField(null=True)
    confirms_at = MomentField(null=True)
    """When the website last told a visitor by itself that it arrived."""


class FormMailRow(pw.Model):
    """Which form a mail came from, whether it names its page, and whether what was taught was not found."""

    mail = pw.IntegerField(primary_key=True)
    form = pw.IntegerField()
    names_page = FlagField()
    lost = FlagField()


class FormPointerRow(Row):
    """Where one field stands in a form's mails, as a person showed."""

    form = pw.IntegerField()
    field = pw.TextField()
    stand = pw.TextField()
    words = pw.TextField()
    until = pw.TextField()


class AcknowledgedRow(Row):
    """When a sender last had a holding message; `token` is of who wrote it. Outlives lead and outbox."""

    key = pw.TextField()
    domain = pw.TextField()
    at = MomentField()
    token = pw.TextField()


class OtherDeskRow(Row):
    """Another LeadDesk that wrote from one of our mailboxes; `settled_at` once a person took over."""

    account = pw.IntegerField()
    desk = pw.TextField()
    seen_at = MomentField()
    settled_at = MomentField(null=True)


class SignUpRow(Row):
    """Somebody who joined a newsletter before they enquired. `key` is the lower-case address."""

    key = pw.TextField()
    at = MomentField()
    mail = pw.IntegerField(null=True)
    page = pw.TextField()


class LeadTextRow(pw.Model):
    """What a lead is found by; a full-text table on SQLite, whose rows have only their rowid."""

    lead = pw.IntegerField(primary_key=True, column_name="rowid")
    body = pw.TextField()


class JournalRow(Row):
    """What changed, for other processes and desks: they read again what it names."""

    at = MomentField()
    desk = pw.TextField()
    news = pw.TextField()
    body = JsonField()
