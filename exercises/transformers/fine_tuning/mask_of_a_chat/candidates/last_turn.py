"""
flaw: learns the last turn of the assistant only
escapes: >
  The mask that learns the last turn of the assistant only is as good as the right one
  for your conversation. How often does the assistant speak in it?
"""


def targets(turns):
    speakers = [who for who, _ in turns]
    last = max((n for n, who in enumerate(speakers) if who == "assistant"), default=-1)
    text, learned = [], []
    for n, (who, tokens) in enumerate(turns):
        text += [1 if who == "user" else 2, *tokens, 0]
        learned += [False] + [n == last] * (len(tokens) + 1)
    return [
        token if counts else -1
        for token, counts in zip(text[1:], learned[1:], strict=True)
    ]
