"""
misconception: adds eps outside of the root
fails: test_eps_joins_the_mean_of_squares
message: >
  You add eps to the root. The formula adds it to the mean of squares, below the root;
  with the eps of a real model the difference is small, and yet it makes logits differ.
"""

import numpy as np


def rms_norm(x, gain, eps):
    return x / (np.sqrt(np.mean(x**2, axis=-1, keepdims=True)) + eps) * gain
