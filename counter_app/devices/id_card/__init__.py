"""Resident ID-card readers that speak the serial SAM protocol.

`frames` is pure, `status` names the answers, `driver` talks, `reader_lane` keeps talking in its own
thread. The fingerprint block (command 30 10) is never asked for; passports and PC/SC are not here.
"""
