"""Day one: what a mailbox's own past tells, read once and quietly, and the rescue of the unanswered."""
