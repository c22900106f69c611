"""
flaw: leaves out tokens that some user has used, too
escapes: >
  The mask that leaves out what users have said, token by token, is as good as the right
  one for your conversation. Do user and assistant say anything alike in it?
"""


def targets(turns):
    said = {token for who, tokens in turns if who == "user" for token in tokens}
    text, learned = [], []
    for who, tokens in turns:
        text += [1 if who == "user" else 2, *tokens, 0]
        learned.append(False)
        learned += [who == "assistant" and token not in said for token in [*tokens, 0]]
    return [
        token if counts else -1
        for token, counts in zip(text[1:], learned[1:], strict=True)
    ]
