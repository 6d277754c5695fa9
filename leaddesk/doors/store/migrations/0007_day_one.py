"""What a mailbox's own past came to, and those of it who never had an answer."""

TABLES = """
CREATE TABLE audit (
  id {serial}, account INTEGER NOT NULL UNIQUE REFERENCES account(id) ON DELETE CASCADE,
  started BIGINT NOT NULL, ended BIGINT NOT NULL, figures TEXT NOT NULL, familiar TEXT NOT NULL
);
CREATE TABLE rescue (
  id {serial}, account INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  folder TEXT NOT NULL, uidvalidity BIGINT NOT NULL, uid BIGINT NOT NULL, message_id TEXT,
  received_at BIGINT NOT NULL, name TEXT NOT NULL, email TEXT, phone TEXT, subject TEXT NOT NULL,
  wants TEXT NOT NULL, source TEXT NOT NULL, state TEXT NOT NULL, acted_at BIGINT,
  lead INTEGER REFERENCES lead(id) ON DELETE SET NULL,
  UNIQUE (account, folder, uidvalidity, uid)
);
CREATE INDEX rescue_state ON rescue (state, received_at);
CREATE INDEX rescue_acted ON rescue (acted_at);
CREATE INDEX rescue_lead ON rescue (lead)
"""


def up(migrator, db):
    sqlite = "sqlite" in type(db).__name__.lower() or "apsw" in type(db).__name__.lower()
    serial = "INTEGER NOT NULL PRIMARY KEY" if sqlite else "SERIAL PRIMARY KEY"
    for statement in TABLES.format(serial=serial).split(";"):
        db.execute_sql(statement)
