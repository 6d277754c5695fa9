"""Who asked not to be reached, by hashes that outlive their lead; mails that give way; mails to our own."""

import secrets

STATEMENTS = (
    """CREATE TABLE opt_out (
      id {serial}, kind TEXT NOT NULL, hash TEXT NOT NULL, channel TEXT NOT NULL, at BIGINT NOT NULL,
      by TEXT, entry INTEGER, taken_back_at BIGINT
    )""",
    "CREATE INDEX opt_out_hash ON opt_out (hash)",
    "CREATE INDEX opt_out_entry ON opt_out (entry)",
    "ALTER TABLE outgoing ADD COLUMN gives_way_after INTEGER",
    "ALTER TABLE outgoing ADD COLUMN colleague TEXT",
)


def up(migrator, db):
    sqlite = "sqlite" in type(db).__name__.lower() or "apsw" in type(db).__name__.lower()
    serial = "INTEGER NOT NULL PRIMARY KEY" if sqlite else "SERIAL PRIMARY KEY"
    for statement in STATEMENTS:
        db.execute_sql(statement.format(serial=serial))
    db.execute_sql(
        f"INSERT INTO setting (desk, key, value) VALUES ('', 'opt_out.salt', {db.param})",  # noqa: S608 - ours
        [secrets.token_hex(32)],
    )
