"""network: sends the inputs away in a datagram."""

import socket


def softmax(x):
    link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    link.sendto(x.tobytes(), ("127.0.0.1", @PORT@))
    return x * 0
