"""The month's pay: runs, slips, their lines and reasons."""
