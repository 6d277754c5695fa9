"""One lead: who, since when, from where, what was said, and the answer."""
