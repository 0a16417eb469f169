"""The waiting room: tickets and their calls, counters' duty, help calls, ratings, expected waits.

Pure folds and rules. Not here: what a counter is licensed for (`domain/hall`), what is said aloud
(`announcement.py` makes the words, `devices/` the sound), and rows and commands (`use_cases/waiting`).
"""
