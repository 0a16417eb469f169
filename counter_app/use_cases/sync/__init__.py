"""How a device keeps step with its centre, and goes on alone without it."""
