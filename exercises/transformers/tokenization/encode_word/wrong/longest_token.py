"""
misconception: takes the longest token that fits
fails: test_the_longest_token_may_stay_out_of_reach
message: >
  You take the longest token that fits at each place. Byte-pair encoding does not look for
  tokens, it replays merges: a longer token is reached only if its merges come in turn.
"""


def encode_word(word: str, merges: list[tuple[str, str]]) -> list[str]:
    tokens = {one + other for one, other in merges}
    symbols, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            if end == start + 1 or word[start:end] in tokens:
                break
        symbols.append(word[start:end])
        start = end
    return symbols
