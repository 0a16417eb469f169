"""The tour: plays the main job through the real windows, key by key, and keeps what it saw.

`./run --headless DIR` runs it where nobody looks; it is how the program shows that it works. Not
here: what it is bound to (`bootstrap/tour.py`).
"""
