"""
flaw: learns everything from the assistant's first turn on
escapes: >
  The mask that learns everything from the assistant's first turn on is as good as the
  right one for your conversation. What has to follow that turn for it to show?
"""


def targets(turns):
    text, learned, begun = [], [], False
    for who, tokens in turns:
        text += [1 if who == "user" else 2, *tokens, 0]
        learned.append(begun)
        begun = begun or who == "assistant"
        learned += [begun] * (len(tokens) + 1)
    return [
        token if counts else -1
        for token, counts in zip(text[1:], learned[1:], strict=True)
    ]
