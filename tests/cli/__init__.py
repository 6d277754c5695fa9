"""Tests of the command line: in this process on real profiles, and a few as a person starts it."""
