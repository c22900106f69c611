"""
flaw: skips a turn of the assistant that has no tokens
escapes: >
  The mask that skips a turn of the assistant without tokens is as good as the right one
  for your conversation. Is there such a turn? What is learned of it is its end mark.
"""


def targets(turns):
    text, learned = [], []
    for who, tokens in turns:
        text += [1 if who == "user" else 2, *tokens, 0]
        answers = who == "assistant" and len(tokens) > 0
        learned += [False] + [answers] * (len(tokens) + 1)
    return [
        token if counts else -1
        for token, counts in zip(text[1:], learned[1:], strict=True)
    ]
