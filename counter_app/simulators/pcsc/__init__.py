"""A smart card made of software, in the virtual slot that `vsmartcard-vpcd` gives PC/SC."""
