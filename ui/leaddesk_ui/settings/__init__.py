"""The settings, made from the one table of settings; mailboxes, feeds and the check-up."""
