"""The peripherals of one machine: how they are, what may be changed, what a person lets them do once."""
