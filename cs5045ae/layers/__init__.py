"""Keras layers and training helpers that students are given."""

from cs5045ae.layers.progress import ProgressBar
from cs5045ae.layers.unpooling import MaxPoolWithLocations, Unpool

__all__ = ["MaxPoolWithLocations", "ProgressBar", "Unpool"]
