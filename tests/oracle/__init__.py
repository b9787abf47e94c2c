"""Second implementations of the model, written from its page alone, and the comparison with the fast one."""
