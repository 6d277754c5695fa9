"""The outside, one room each, strangers to each other."""
