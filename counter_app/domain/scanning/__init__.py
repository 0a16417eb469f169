"""Codes that come from scanners: put together from characters, and told apart.

Pure. Which device or key brought a character, and what a code leads to, is not here.
"""
