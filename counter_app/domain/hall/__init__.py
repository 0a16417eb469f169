"""Halls, departments, counters, staff and what the hall promises (mission: H1–H7, D5)."""
