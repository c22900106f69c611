"""Computed, not typed."""


def cases():
    longest = 16
    return [[queries, longest] for queries in (longest, 1)]
