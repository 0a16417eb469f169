"""The system's print queues: CUPS and network printers by IPP, Windows' spooler. For receipts and for sheets.

A queue takes a job and may print it, or not: what it says is never taken for paper (peripherals: spooler).
"""
