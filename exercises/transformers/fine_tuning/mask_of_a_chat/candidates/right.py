"""The targets of a conversation: what the assistant says, and that it ends."""


def targets(turns):
    text, learned = [], []
    for who, tokens in turns:
        text += [1 if who == "user" else 2, *tokens, 0]
        learned += [False] + [who == "assistant"] * (len(tokens) + 1)
    return [
        token if counts else -1
        for token, counts in zip(text[1:], learned[1:], strict=True)
    ]
