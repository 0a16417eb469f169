"""The departments' desk: a handler's inbox and the case in hand, behind the counters (mission: C1, C9, C12).

Passive views, plain-Python presenters and item models over frozen rows. Not here: rules and verbs
(`use_cases/casework`), what the citizen sees at the counter (`ui/counter`).
"""
