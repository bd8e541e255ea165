"""Requests to correct a day, as a kind of decision: what they say, who answers, what they do."""
