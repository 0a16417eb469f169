"""A training home's simulated devices to touch: the printer's papers, a tray of made-up citizens' cards."""
