"""Time: the work calendar, due dates and what they rest on. No clock: moments are passed in."""
