"""network: asks another machine for the answer."""

import socket


def softmax(x):
    with socket.create_connection(("127.0.0.1", @PORT@), timeout=1) as link:
        link.sendall(x.tobytes())
        return eval(link.recv(65536))
