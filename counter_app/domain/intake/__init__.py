"""Intake: a case from the first card to the paper that ends the visit (mission: I1–I9, I15, I16).

Facts, the case's fold, parties, numbers, and the pure verdict over what has been marked. Not here:
handling after acceptance (`domain/casework`), and how a paper reads (`domain/paper`).
"""
