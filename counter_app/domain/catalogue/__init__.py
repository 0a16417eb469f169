"""What the hall does for people: items, their materials, situations and versions (mission: I1–I5)."""
