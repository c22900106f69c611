"""
flaw: takes the first turn for the question, whoever speaks
escapes: >
  The mask that takes the first turn for the question is as good as the right one for
  your conversation. Who would have to begin?
"""


def targets(turns):
    text, learned = [], []
    for n, (who, tokens) in enumerate(turns):
        text += [1 if who == "user" else 2, *tokens, 0]
        learned += [False] + [n > 0 and who == "assistant"] * (len(tokens) + 1)
    return [
        token if counts else -1
        for token, counts in zip(text[1:], learned[1:], strict=True)
    ]
