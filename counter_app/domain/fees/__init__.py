"""收费: only what the catalogue gives, with its basis; receipts, refunds, a cashier's day (mission: P5)."""
