"""Imports that can be taken back, and enquiries that are in no figures."""

TABLES = """
CREATE TABLE import_batch (
  id {serial}, token TEXT NOT NULL UNIQUE, file TEXT NOT NULL, at BIGINT NOT NULL, by TEXT NOT NULL,
  new INTEGER NOT NULL, known INTEGER NOT NULL, last_entry INTEGER NOT NULL, undone_at BIGINT
);
CREATE TABLE import_fill (
  id {serial}, batch INTEGER NOT NULL REFERENCES import_batch(id) ON DELETE CASCADE,
  lead INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE, address INTEGER,
  name TEXT NOT NULL, company TEXT NOT NULL
);
CREATE INDEX import_fill_batch ON import_fill (batch);
CREATE INDEX import_fill_lead ON import_fill (lead);
ALTER TABLE lead ADD COLUMN import_batch INTEGER REFERENCES import_batch(id);
CREATE INDEX lead_import ON lead (import_batch);
ALTER TABLE enquiry ADD COLUMN counted SMALLINT NOT NULL DEFAULT 1;
CREATE INDEX entry_enquiry ON entry (enquiry)
"""


def up(migrator, db):
    sqlite = "sqlite" in type(db).__name__.lower() or "apsw" in type(db).__name__.lower()
    serial = "INTEGER NOT NULL PRIMARY KEY" if sqlite else "SERIAL PRIMARY KEY"
    for statement in TABLES.format(serial=serial).split(";"):
        db.execute_sql(statement)
