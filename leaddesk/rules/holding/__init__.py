"""The holding message: whether one may go, what it promises, and its words. Pure."""
