"""Ten years of a large house, for measuring: invented rows, the same ones each time.

Rows are inserted in bulk, as publication would have left them; tests hold them against what
publications/telling.py tells of the same documents. Left out is what no page of readers reads:
the history of people and projects, posts that ended, events but for openings and publications.
"""
