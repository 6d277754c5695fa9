"""What a person taught by one mail, and mails by their sender."""

TABLES = """
CREATE TABLE lesson (
  id {serial}, token TEXT NOT NULL UNIQUE, trait TEXT NOT NULL, key TEXT NOT NULL, taught TEXT NOT NULL,
  sentence TEXT NOT NULL, at BIGINT NOT NULL, by TEXT NOT NULL,
  mail INTEGER REFERENCES mail(id) ON DELETE SET NULL, moved TEXT NOT NULL, last_entry INTEGER NOT NULL,
  undone_at BIGINT
);
CREATE INDEX lesson_undone ON lesson (undone_at);
CREATE INDEX lesson_mail ON lesson (mail);
CREATE INDEX mail_sender ON mail (lower(from_email), received_at)
"""


def up(migrator, db):
    sqlite = "sqlite" in type(db).__name__.lower() or "apsw" in type(db).__name__.lower()
    serial = "INTEGER NOT NULL PRIMARY KEY" if sqlite else "SERIAL PRIMARY KEY"
    for statement in TABLES.format(serial=serial).split(";"):
        db.execute_sql(statement)
