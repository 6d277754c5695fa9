"""Where a lead stands in its plan, so that what is due is one question to an index; plans in the record."""

STATEMENTS = (
    "ALTER TABLE lead ADD COLUMN plan TEXT",
    "ALTER TABLE lead ADD COLUMN plan_state TEXT",
    "ALTER TABLE lead ADD COLUMN plan_step SMALLINT",
    "ALTER TABLE lead ADD COLUMN plan_of SMALLINT",
    "ALTER TABLE lead ADD COLUMN due_at BIGINT",
    "ALTER TABLE lead ADD COLUMN due_way TEXT",
    "ALTER TABLE lead ADD COLUMN due_day SMALLINT",
    "CREATE INDEX lead_due ON lead (due_at) WHERE due_at IS NOT NULL",
    "ALTER TABLE entry ADD COLUMN plan TEXT",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
