"""The hall's loudspeaker: joins recorded clips and plays them.

What is said is not here (`domain/waiting/announcement.py`), nor when.
"""
