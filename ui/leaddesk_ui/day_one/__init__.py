"""Day one: what a mailbox's own past tells, and whom it still owes an answer."""
