"""The page with everybody."""
