"""Pages of the data-quality list: the board, the findings of a rule, one finding."""
