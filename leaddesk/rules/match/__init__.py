"""Whose something is: which lead a mail belongs to, and which two leads may be one person."""
