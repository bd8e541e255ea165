"""People as pages: the directory, a person's file through time, my own data, who looked, who retires."""
