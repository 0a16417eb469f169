"""Applications that come otherwise than over the counter, advice before one (mission: I11–I13)."""
