"""The first tables: accounts, mails, leads with their record, the outbox, alerts, settings, the journal."""

TABLES = """
CREATE TABLE account (
  id {serial}, token TEXT NOT NULL UNIQUE, email TEXT NOT NULL, name TEXT NOT NULL, signature TEXT NOT NULL,
  "user" TEXT NOT NULL, smtp_user TEXT,
  imap_host TEXT NOT NULL, imap_port INTEGER NOT NULL, imap_security TEXT NOT NULL,
  smtp_host TEXT NOT NULL, smtp_port INTEGER NOT NULL, smtp_security TEXT NOT NULL,
  sign_in TEXT NOT NULL, ca_file TEXT, folder TEXT NOT NULL, sent_folder TEXT,
  own_addresses TEXT NOT NULL, own_domain SMALLINT NOT NULL, keyring TEXT, keep_in_memory SMALLINT NOT NULL,
  saves_sent SMALLINT, created_at BIGINT NOT NULL, removed_at BIGINT
);
CREATE TABLE mailbox (
  id {serial}, account INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  role TEXT NOT NULL, folder TEXT NOT NULL, uidvalidity BIGINT NOT NULL, line_uid BIGINT NOT NULL,
  line_at BIGINT NOT NULL, next_uid BIGINT NOT NULL, quiet_done SMALLINT NOT NULL, swept_at BIGINT,
  UNIQUE (account, role)
);
CREATE TABLE feed (
  id {serial}, kind TEXT NOT NULL, path TEXT NOT NULL, added_at BIGINT NOT NULL, removed_at BIGINT
);
CREATE TABLE lead (
  id {serial}, token TEXT NOT NULL UNIQUE, name TEXT NOT NULL, company TEXT NOT NULL,
  source_text TEXT NOT NULL, source_certainty TEXT NOT NULL, source_evidence TEXT NOT NULL,
  wants TEXT NOT NULL, opened_at BIGINT NOT NULL,
  turn TEXT NOT NULL, what TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL, since BIGINT NOT NULL,
  snoozed_until BIGINT, got_at BIGINT, last_in_at BIGINT, last_out_at BIGINT, outbox TEXT NOT NULL
);
CREATE INDEX lead_queue ON lead (outcome, turn, since, what, outbox, snoozed_until);
CREATE INDEX lead_outbox ON lead (outbox, since);
CREATE INDEX lead_snoozed ON lead (snoozed_until);
CREATE TABLE address (
  id {serial}, lead INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE,
  kind TEXT NOT NULL, value TEXT NOT NULL, key TEXT NOT NULL, UNIQUE (lead, kind, key)
);
CREATE INDEX address_key ON address (key);
CREATE TABLE mail (
  id {serial}, token TEXT NOT NULL UNIQUE, account INTEGER REFERENCES account(id), role TEXT NOT NULL,
  folder TEXT, uidvalidity BIGINT, uid BIGINT, feed INTEGER REFERENCES feed(id), feed_name TEXT,
  received_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, size BIGINT NOT NULL, sha256 TEXT NOT NULL,
  quiet SMALLINT NOT NULL, state TEXT NOT NULL, kind TEXT, place TEXT, why TEXT NOT NULL,
  lead INTEGER REFERENCES lead(id), message_id TEXT, from_name TEXT NOT NULL, from_email TEXT,
  subject TEXT NOT NULL, snippet TEXT NOT NULL, visible TEXT NOT NULL, attachments TEXT NOT NULL,
  recipients TEXT NOT NULL,
  UNIQUE (account, folder, uidvalidity, uid), UNIQUE (feed, feed_name)
);
CREATE INDEX mail_state ON mail (state);
CREATE INDEX mail_place ON mail (place, received_at);
CREATE INDEX mail_message_id ON mail (message_id);
CREATE INDEX mail_sha256 ON mail (sha256);
CREATE INDEX mail_lead ON mail (lead);
CREATE TABLE mail_bytes (
  mail INTEGER PRIMARY KEY REFERENCES mail(id) ON DELETE CASCADE, content {blob} NOT NULL
);
CREATE TABLE correspondent (id {serial}, key TEXT NOT NULL UNIQUE, first_at BIGINT NOT NULL);
CREATE TABLE past_id (id {serial}, message_id TEXT NOT NULL UNIQUE, lead INTEGER, at BIGINT NOT NULL);
CREATE TABLE enquiry (
  id {serial}, token TEXT NOT NULL UNIQUE, lead INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE,
  channel TEXT NOT NULL, received_at BIGINT NOT NULL, submitted_at BIGINT, seen_at BIGINT NOT NULL,
  message TEXT NOT NULL, subject TEXT NOT NULL, fields TEXT NOT NULL,
  source_text TEXT NOT NULL, source_certainty TEXT NOT NULL, source_evidence TEXT NOT NULL,
  mail INTEGER REFERENCES mail(id), quiet SMALLINT NOT NULL, standing TEXT NOT NULL, first_response_at BIGINT
);
CREATE INDEX enquiry_lead ON enquiry (lead);
CREATE INDEX enquiry_received ON enquiry (received_at);
CREATE INDEX enquiry_answered ON enquiry (first_response_at);
CREATE TABLE entry (
  id {serial}, token TEXT NOT NULL UNIQUE, lead INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE,
  kind TEXT NOT NULL, at BIGINT NOT NULL, by TEXT, direction TEXT, channel TEXT, automatic SMALLINT NOT NULL,
  outcome TEXT, how TEXT, text TEXT NOT NULL, enquiry INTEGER REFERENCES enquiry(id),
  mail INTEGER REFERENCES mail(id), outgoing INTEGER, verb TEXT, until BIGINT,
  takes_back INTEGER REFERENCES entry(id)
);
CREATE INDEX entry_lead ON entry (lead);
CREATE INDEX entry_mail ON entry (mail);
CREATE INDEX entry_takes_back ON entry (takes_back);
CREATE TABLE outgoing (
  id {serial}, token TEXT NOT NULL UNIQUE, lead INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE,
  enquiry INTEGER, account INTEGER NOT NULL REFERENCES account(id), state TEXT NOT NULL,
  message_id TEXT UNIQUE, sender TEXT NOT NULL, "to" TEXT NOT NULL, cc TEXT NOT NULL, subject TEXT NOT NULL,
  body TEXT NOT NULL, content {blob}, body_hash TEXT, approved_by TEXT, approved_at BIGINT,
  not_before BIGINT, owner TEXT, attempts INTEGER NOT NULL, next_try BIGINT, answer TEXT, why TEXT NOT NULL,
  committing_at BIGINT, looks INTEGER NOT NULL, sent_at BIGINT, copied_to_sent SMALLINT,
  created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL
);
CREATE INDEX outgoing_state ON outgoing (state);
CREATE INDEX outgoing_lead ON outgoing (lead);
CREATE TABLE alert (
  id {serial}, lead INTEGER REFERENCES lead(id) ON DELETE CASCADE, count INTEGER NOT NULL,
  raised_at BIGINT NOT NULL, loudness INTEGER NOT NULL, next_at BIGINT, shown_by TEXT, taken_at BIGINT
);
CREATE INDEX alert_next ON alert (taken_at, next_at);
CREATE INDEX alert_lead ON alert (lead);
CREATE TABLE setting (
  id {serial}, desk TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (desk, key)
);
CREATE TABLE gap (id {serial}, start BIGINT NOT NULL, "end" BIGINT NOT NULL, told SMALLINT NOT NULL);
CREATE TABLE journal (
  id {serial}, at BIGINT NOT NULL, desk TEXT NOT NULL, news TEXT NOT NULL, body TEXT NOT NULL
)
"""
SEARCH_SQLITE = "CREATE VIRTUAL TABLE lead_text USING fts5(body, tokenize = 'trigram')"
SEARCH_POSTGRES = """
CREATE TABLE lead_text (rowid INTEGER PRIMARY KEY REFERENCES lead(id) ON DELETE CASCADE, body TEXT NOT NULL)
"""


def up(migrator, db):
    sqlite = "sqlite" in type(db).__name__.lower() or "apsw" in type(db).__name__.lower()
    words = (
        {"serial": "INTEGER NOT NULL PRIMARY KEY", "blob": "BLOB"}
        if sqlite
        else {"serial": "SERIAL PRIMARY KEY", "blob": "BYTEA"}
    )
    for statement in TABLES.format(**words).split(";"):
        db.execute_sql(statement)
    db.execute_sql(SEARCH_SQLITE if sqlite else SEARCH_POSTGRES)
