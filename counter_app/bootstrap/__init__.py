"""The composition root: alone in naming concrete classes, and in importing late.

A window shows before the store, the papers and the devices are imported; each of those costs from a
tenth to half a second.
"""
