"""Judgement, pure: values and a time in, a decision out. No socket, no thread, no clock."""
