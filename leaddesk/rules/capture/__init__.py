"""Capture: what a mail is, who wrote it, from where, and whose it is. Pure judgement, nothing here acts."""
