"""Fees: charged, paid, voided, refunded, and a cashier's day (mission: P5)."""
