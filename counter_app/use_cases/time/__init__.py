"""Time: clocks that stop and go on, late work and urging, the work calendar (mission: T1–T5, C8, S1, I7)."""
