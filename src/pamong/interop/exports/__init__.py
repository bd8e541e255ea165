"""What comes out of a run: spreadsheets, Parquet, PDF, and the control totals that hold them together."""
