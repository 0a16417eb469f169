"""Papers: what they say (facts), how they read (blocks), how they fall on a roll (lines).

Facts go through a pure builder to blocks, blocks through a pure layout to lines or to a sheet. Not
here: bytes for a printer and PDF files (`printing/`), and when a paper is due (the rooms that act).
"""
