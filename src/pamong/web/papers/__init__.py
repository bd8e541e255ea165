"""Pages of the registers: leave, duty letters, permits, musters."""
