"""Records of the part on transformers, and experiments that need other libraries."""
