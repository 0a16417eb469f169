"""What people do with an accepted case: commands, and the queries behind desk, counter and board."""
