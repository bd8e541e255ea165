"""The work that lies ready when the demo starts: posts to fill, leave to decide, papers of decisions."""
