"""The benches: what a person waits for, against the least that it could cost. Names that both sides use."""

PASSWORD = "LEADDESK_BENCH_PASSWORD"
"""Names the mailbox's password in the environment of the bench's window; the program itself reads none."""
