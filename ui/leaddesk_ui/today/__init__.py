"""The queue: who waits, who is known, what was put away, and how quick we are."""
