"""The organisation as pages: the tree through time, units and charts, vacancies, reorganisations, changes."""
