"""Scanners and passport readers that send texts over a serial line.

Scanners on the keyboard's cable need no driver (`ui/widgets/scan_gate.py`); what a text means is told by
`domain/scanning`.
"""
