"""Pages of decisions: what waits, one as a story, delegations, oral instructions, exceptions."""
