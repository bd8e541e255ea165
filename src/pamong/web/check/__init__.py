"""Whether a printed document is genuine: checked in the visitor's browser, open to everyone."""
