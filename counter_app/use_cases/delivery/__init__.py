"""Results and their way to the citizen: recorded, handed over, posted, amended (mission: C13, C18, P6)."""
