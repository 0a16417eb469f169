"""Devices made of bytes: what stands in for machines in the demo, in training and in tests.

A simulator speaks exactly the bytes of its machine, with faults on request. A real home refuses them.
"""
