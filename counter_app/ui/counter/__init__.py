"""The counter window: the line, the work, the paper. Passive views, plain presenters, one factory.

`window.build_counter_window` puts it together; presenters run without Qt widgets; views know only
what `shown.py` declares. Not here: use cases and devices, which are handed in as `deps.CounterDeps`.
"""
