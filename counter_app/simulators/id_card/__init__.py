"""A simulated ID-card reader, byte for byte, with made-up citizens to lay on it and faults on request.

It knows the protocol by itself: nothing of the driver is used here, so that each proves the other.
"""
