"""Pictures of papers: hostile ones refused, crooked ones straightened, all of them made small. Pillow lives
here and in `printing`; no camera is known here.
"""
