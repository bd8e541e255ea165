"""From facts to stored day results: many people at once, or just the days that a late fact touched.

A result is a function of the facts of its days (``one``); what is plain is worked out as columns (``many``).
"""
