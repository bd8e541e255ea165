"""The import of the register as a wizard: try, look, decide, store, and take back."""
