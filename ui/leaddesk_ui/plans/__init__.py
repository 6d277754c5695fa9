"""The page of plans: a list of them, one drawn and edited, and where its steps would fall."""
