"""Intake at the counter: commands that build and decide a case, and what is shown of it."""
