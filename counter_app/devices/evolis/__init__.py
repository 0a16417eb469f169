"""Evolis card printers through their maker's library, which runs in a process of its own.

Built from the library's published header; tried against a library made of software, and against the maker's
own without a printer. Never on a printer (docs/devices.md).
"""
