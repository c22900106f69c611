"""
misconception: replaces pairs in a text with spaces
fails: test_the_longest_token_may_stay_out_of_reach
message: >
  You write the symbols with spaces and replace a pair in that text, one merge after
  the other. A symbol that only ends like the first of the pair is then joined as
  well, and a pair that comes about later is not found again.
"""


def encode_word(word: str, merges: list[tuple[str, str]]) -> list[str]:
    text = " ".join(word)
    for one, other in merges:
        text = text.replace(one + " " + other, one + other)
    return text.split(" ") if text else []
