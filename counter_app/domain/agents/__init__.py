"""代办员: people of a community or street who act for citizens, by mandate (mission: I14)."""
