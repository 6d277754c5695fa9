"""Forms and what was taught of them, newsletter sign-ups, and where a lead came from by a person's word."""

TABLES = """
CREATE TABLE form (
  id {serial}, token TEXT NOT NULL UNIQUE, sender TEXT NOT NULL, subject TEXT NOT NULL, labels TEXT NOT NULL,
  title TEXT NOT NULL, first_at BIGINT NOT NULL, feed INTEGER REFERENCES feed(id) ON DELETE SET NULL
);
CREATE INDEX form_sender ON form (sender);
CREATE INDEX form_feed ON form (feed);
CREATE TABLE form_mail (
  mail INTEGER NOT NULL PRIMARY KEY REFERENCES mail(id) ON DELETE CASCADE,
  form INTEGER NOT NULL REFERENCES form(id) ON DELETE CASCADE,
  names_page SMALLINT NOT NULL, lost SMALLINT NOT NULL
);
CREATE INDEX form_mail_form ON form_mail (form, mail);
CREATE TABLE form_pointer (
  id {serial}, form INTEGER NOT NULL REFERENCES form(id) ON DELETE CASCADE, field TEXT NOT NULL,
  stand TEXT NOT NULL, words TEXT NOT NULL, until TEXT NOT NULL
);
CREATE INDEX form_pointer_form ON form_pointer (form);
CREATE TABLE sign_up (
  id {serial}, key TEXT NOT NULL UNIQUE, at BIGINT NOT NULL, mail INTEGER, page TEXT NOT NULL
);
ALTER TABLE enquiry ADD COLUMN found_us TEXT;
CREATE INDEX lead_unsure ON lead (opened_at) WHERE source_certainty IN ('unknown', 'derived')
"""


def up(migrator, db):
    sqlite = "sqlite" in type(db).__name__.lower() or "apsw" in type(db).__name__.lower()
    serial = "INTEGER NOT NULL PRIMARY KEY" if sqlite else "SERIAL PRIMARY KEY"
    for statement in TABLES.format(serial=serial).split(";"):
        db.execute_sql(statement)
