"""Work and behaviour of a month: entered by the employee, verified by his superior, or brought in a sheet."""
