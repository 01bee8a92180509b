"""Which measures of different plans, or of one, do the same: computed while a graph is built."""
