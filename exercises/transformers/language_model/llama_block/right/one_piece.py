"""Without functions of its own, in place on a copy of the stream."""

import numpy as np


def llama_block(x, read, output, gain, gate, up, down, eps):
    stream = np.array(x, dtype=float)
    stream += np.einsum("td,de->te", read, output)
    length = np.linalg.norm(stream, axis=1)[:, None]
    normed = gain * stream / np.sqrt(length**2 / x.shape[1] + eps)
    z = np.dot(normed, gate)
    stream += np.dot(z * (1 + np.tanh(z / 2)) / 2 * np.dot(normed, up), down)
    return stream
