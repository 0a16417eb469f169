"""Deterministic simulation of a hall on many machines: real stores, virtual clocks and network, one seed.

`python -m tests.simulation --seeds 300` runs it by hand; `test_simulation.py` is what `./test` runs.
"""
