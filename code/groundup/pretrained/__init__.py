"""Weights and vocabularies of others: found, converted once, verified."""
