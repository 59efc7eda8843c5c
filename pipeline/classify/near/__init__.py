"""The near judge (近判): terms, sentence patterns and marks of a clause; linear machines, then boosted trees. NumPy alone."""
