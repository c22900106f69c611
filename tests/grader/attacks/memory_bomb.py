"""bombs: asks for more memory than there is."""

def softmax(x):
    grown = [0]
    while True:
        grown = grown * 2
