"""Pay as pages: runs, their people and problems, a slip, and where each of its figures comes from."""
