"""A rating pad and an LED strip made of software."""
