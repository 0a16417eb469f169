"""What comes before a case, or otherwise than over the counter: applications, advice (mission: I11–I13)."""
