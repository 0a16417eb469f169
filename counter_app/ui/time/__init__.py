"""Presenters of a case's time, late work and the calendar, for every workspace that shows them. No Qt."""
