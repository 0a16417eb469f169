"""Who is to be told what, and every try; what was promised to come later (mission: I15, I17)."""
