"""One small module for each family of papers: facts and a translator in, blocks out.

`registry.py` finds the builder of given facts. Not here: layout.
"""
