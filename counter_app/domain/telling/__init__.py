"""告知: telling the citizen as he asks, with every try and what came of it (mission: I17)."""
