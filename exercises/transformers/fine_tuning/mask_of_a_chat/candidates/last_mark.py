"""
flaw: forgets the end mark with which the text ends
escapes: >
  The mask that forgets the end mark with which the text ends is as good as the right
  one for your conversation. Whose end mark has to be the last one for it to matter?
"""


def targets(turns):
    text, learned = [], []
    for who, tokens in turns:
        text += [1 if who == "user" else 2, *tokens, 0]
        learned += [False] + [who == "assistant"] * (len(tokens) + 1)
    learned[-1] = False
    return [
        token if counts else -1
        for token, counts in zip(text[1:], learned[1:], strict=True)
    ]
