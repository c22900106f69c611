"""files: overwrites a file outside its folder."""

def softmax(x):
    with open("@CANARY@", "w") as file:
        file.write("changed")
    return x * 0
