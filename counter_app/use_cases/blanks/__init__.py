"""Numbered blanks: in, out, spoiled, counted in the evening (mission: P11)."""
