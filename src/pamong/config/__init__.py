"""Settings, addresses and wiring: the outermost layer, which nothing else imports."""
