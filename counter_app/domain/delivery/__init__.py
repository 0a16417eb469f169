"""取批文、送达: results as recorded, handed over, chased and what becomes of them (mission: C13, C18, P6)."""
