"""Holding messages: their place in the outbox, the judgement on each enquiry, and whom they went to."""

TABLES = """
ALTER TABLE outgoing ADD COLUMN kind TEXT NOT NULL DEFAULT 'reply';
ALTER TABLE enquiry ADD COLUMN held_rule TEXT;
ALTER TABLE enquiry ADD COLUMN held_why TEXT NOT NULL DEFAULT '';
ALTER TABLE enquiry ADD COLUMN promised_at BIGINT;
CREATE INDEX enquiry_promised ON enquiry (promised_at) WHERE promised_at IS NOT NULL;
ALTER TABLE form ADD COLUMN confirms_at BIGINT;
CREATE TABLE acknowledged (
  id {serial}, key TEXT NOT NULL UNIQUE, domain TEXT NOT NULL, at BIGINT NOT NULL, token TEXT NOT NULL
);
CREATE INDEX acknowledged_at ON acknowledged (at);
CREATE TABLE other_desk (
  id {serial}, account INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE, desk TEXT NOT NULL,
  seen_at BIGINT NOT NULL, settled_at BIGINT, UNIQUE (account, desk)
)
"""


def up(migrator, db):
    sqlite = "sqlite" in type(db).__name__.lower() or "apsw" in type(db).__name__.lower()
    serial = "INTEGER NOT NULL PRIMARY KEY" if sqlite else "SERIAL PRIMARY KEY"
    for statement in TABLES.format(serial=serial).split(";"):
        db.execute_sql(statement)
