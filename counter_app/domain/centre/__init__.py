"""What the hall's centre decides, and what devices and centre say of one another.

A centre is a device too: what it decides it writes as events of its own. What a person does is written by
that person's device. Not here: who stores what (`store/centre`), how it travels (`hub`, `sync`).
"""
