"""Leads that are joined, decisions about two of them, and mailboxes as their providers compare them."""

STATEMENTS = (
    "ALTER TABLE lead ADD COLUMN merged_into INTEGER REFERENCES lead(id)",
    "CREATE INDEX lead_merged ON lead (merged_into) WHERE merged_into IS NOT NULL",
    "ALTER TABLE entry ADD COLUMN other INTEGER REFERENCES lead(id)",
    "CREATE INDEX entry_other ON entry (other) WHERE other IS NOT NULL",
)
GOOGLE = ("gmail.com", "googlemail.com")
TAGGED = (
    *GOOGLE, "outlook.com", "hotmail.com", "live.com", "icloud.com", "me.com", "mac.com", "proton.me",
    "protonmail.com", "pm.me", "fastmail.com", "mailbox.org", "posteo.de",
)  # fmt: skip


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
    _rekey(db, "address", "lead, kind")
    _rekey(db, "correspondent", "first_at")


def _rekey(db, table, more):
    """One key for all spellings of a mailbox; where two of one lead meet, the second keeps its own."""
    mark = db.param
    patterns = ["%+%@%", *(f"%@{domain}" for domain in GOOGLE)]
    spelled = " OR ".join([f"key LIKE {mark}"] * len(patterns))
    rows = db.execute_sql(f"SELECT id, key, {more} FROM {table} WHERE {spelled}", patterns)  # noqa: S608 - our names
    for number, key, *others in rows.fetchall():
        made = _key(key)
        same = f"SELECT id FROM {table} WHERE key = {mark}"  # noqa: S608 - our names
        same += f" AND lead = {mark} AND kind = {mark}" if table == "address" else ""
        told = [made, *(others if table == "address" else ())]
        if made != key and db.execute_sql(same, told).fetchone() is None:
            db.execute_sql(f"UPDATE {table} SET key = {mark} WHERE id = {mark}", [made, number])  # noqa: S608 - our names


def _key(key):
    box, at, domain = key.rpartition("@")
    if not box or domain not in TAGGED:
        return key
    box = box.partition("+")[0] or box
    if domain in GOOGLE:
        box, domain = box.replace(".", "") or box, "gmail.com"
    return f"{box}{at}{domain}"
