"""Who is at work where, failed log-ins, and looks at persons: pure folds (mission: H4, X3, X4).

Not here: rights per role (`domain/hall/rights.py`), PIN hashes (local notes, never events).
"""
