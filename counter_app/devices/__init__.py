"""Machines at the counter: one folder per device, all transports, no Qt.

What a device's bytes mean to the hall is not here: drivers hand records and states to use cases.
"""
