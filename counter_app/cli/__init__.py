"""Commands: the same use cases the windows use, for scripts and other systems."""
