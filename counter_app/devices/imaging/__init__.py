"""Document cameras and scanners behind one port: over HTTP, eSCL, SANE, a vendor program's folder, ffmpeg,
WIA.

What a picture is made into is not here (`imaging`).
"""
