"""Benchmarks: ratios against a limit or a peer in the same run, as JSON.

Each module has `run(quick: bool) -> list[Result]`. `python -m bench NAME [--json] [--quick]` runs one.
"""
