"""The mail room: IMAP, SMTP and the reader of mails. Nothing else in the house speaks these protocols."""
