"""What the table of all leads is sorted by, and an index for each of its orders."""

import unicodedata

COLUMNS = (
    "ALTER TABLE lead ADD COLUMN sorted_as TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE lead ADD COLUMN replied_after BIGINT",
)
REPLIED = """
UPDATE lead SET replied_after = (
  SELECT e.first_response_at - e.received_at FROM enquiry e
  WHERE {whose} AND e.standing <> 'not-a-lead' ORDER BY e.received_at, e.id LIMIT 1
) WHERE {which}
"""
JOINED = "lead.id IN (SELECT merged_into FROM lead WHERE merged_into IS NOT NULL)"
THEIRS = "(e.lead = lead.id OR e.lead IN (SELECT other.id FROM lead other WHERE other.merged_into = lead.id))"
BEHIND = """
UPDATE lead SET replied_after = (SELECT h.replied_after FROM lead h WHERE h.id = lead.merged_into)
WHERE merged_into IS NOT NULL
"""
ORDERS = {
    "name": "sorted_as",
    "source": "(substr(source_text, 1, 100))",
    "wrote": "opened_at",
    "reply": "(COALESCE(replied_after, 9000000000000000000))",
    "touch": "(CASE WHEN COALESCE(last_out_at, 0) > COALESCE(last_in_at, 0) THEN last_out_at"
    " ELSE COALESCE(last_in_at, opened_at) END)",
    "stands": "(CASE outcome WHEN 'open' THEN CASE turn WHEN 'ours' THEN 0 ELSE 1 END WHEN 'won' THEN 2"
    " WHEN 'lost' THEN 3 WHEN 'no-response' THEN 4 ELSE 5 END)",
}
CUT_BY = "outcome, (substr(source_text, 1, 100))"


def up(migrator, db):
    for statement in COLUMNS:
        db.execute_sql(statement)
    db.execute_sql(REPLIED.format(whose="e.lead = lead.id", which="merged_into IS NULL"))
    db.execute_sql(REPLIED.format(whose=THEIRS, which=JOINED))
    db.execute_sql(BEHIND)
    _file_names(db)
    for name, order in ORDERS.items():
        cut_by = "outcome" if name == "source" else CUT_BY
        db.execute_sql(
            f"CREATE INDEX lead_by_{name} ON lead ({order}, id DESC, {cut_by}) WHERE merged_into IS NULL"
        )


def _file_names(db):
    """Every name as it is sorted."""
    named = db.execute_sql("SELECT id, name FROM lead").fetchall()
    sql = f"UPDATE lead SET sorted_as = {db.param} WHERE id = {db.param}"  # noqa: S608 - our names
    for number, name in named:
        db.execute_sql(sql, (_filed(name), number))


def _filed(name):
    if not name.isascii():
        apart = unicodedata.normalize("NFKD", name)
        name = "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()
    return " ".join(name.lower().split()).lstrip("\"'(.-_ ")[:100]
