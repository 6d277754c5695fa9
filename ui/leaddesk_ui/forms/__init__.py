"""Forms and sources: taught by pointing, told what they lack, and where people found us."""
