"""Tests of the Qt face, against a small desk of values."""
