"""The component gallery: every macro in its states, for those who build pages."""
