"""The law as pages: parameters through time, regulations, one region's choices beside another's."""
