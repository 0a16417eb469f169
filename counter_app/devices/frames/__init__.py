"""Devices that speak a short frame each way: rating pads and LED strips, of many makers, by template.

What a maker's frames look like is written as text (`template.py`), in a profile or in the options of the one
device; nobody has to write a driver for the next maker.
"""
