"""The hall display: calls read from ten metres, what was missed, and where to complain. No names."""
