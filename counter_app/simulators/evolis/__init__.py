"""The Evolis library made of software: a real shared library with the maker's calls, built by a compiler."""
