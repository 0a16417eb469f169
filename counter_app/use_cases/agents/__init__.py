"""Agents of communities and streets, and their slips (mission: I14)."""
