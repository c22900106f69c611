"""
flaw: cuts every text off after 12 tokens
escapes: >
  The mask that learns nothing beyond 12 tokens is as good as the right one for your
  conversation. Is it longer, and does the assistant speak behind the twelfth token?
"""


def targets(turns):
    text, learned = [], []
    for who, tokens in turns:
        text += [1 if who == "user" else 2, *tokens, 0]
        learned += [False] + [who == "assistant"] * (len(tokens) + 1)
    learned[12:] = [False] * len(learned[12:])
    return [
        token if counts else -1
        for token, counts in zip(text[1:], learned[1:], strict=True)
    ]
