"""Cadences: plans read from files, where their steps fall, and what is due."""
