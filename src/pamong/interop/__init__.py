"""Files and other systems: what comes in is read tolerantly, every doubt told by place and rule."""
