"""Smart-card slots by PC/SC: which card lies there, by its serial. Nothing of what is on it is read."""
