"""Files that go out with a mail, the mail of theirs that it answers, what the server for sending takes."""

STATEMENTS = (
    "ALTER TABLE outgoing ADD COLUMN files TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE outgoing ADD COLUMN answers INTEGER",
    "ALTER TABLE outgoing ADD COLUMN marked SMALLINT",
    "ALTER TABLE account ADD COLUMN room_bytes BIGINT",
    "ALTER TABLE account ADD COLUMN room_foreign SMALLINT",
    "CREATE INDEX outgoing_unmarked ON outgoing (account) WHERE answers IS NOT NULL AND marked IS NULL",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
