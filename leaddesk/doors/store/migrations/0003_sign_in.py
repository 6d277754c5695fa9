"""Accounts signed in to with the browser, shared boxes, and mailboxes for which no program may send."""

COLUMNS = (
    "authority TEXT",
    "client_id TEXT",
    "tenant TEXT",
    "client_key TEXT",
    "signer TEXT NOT NULL DEFAULT ''",
    "signer_sent TEXT",
    "signed_in_at BIGINT",
    "smtp_off SMALLINT NOT NULL DEFAULT 0",
)


def up(migrator, db):
    for column in COLUMNS:
        db.execute_sql(f"ALTER TABLE account ADD COLUMN {column}")
