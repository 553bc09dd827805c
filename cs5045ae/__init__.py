"""The package behind the CS5045 course on autoencoders.

Its layers, from the lowest to the highest:

- ``cs5045ae.data``: loaders, generators and corruptions
- ``cs5045ae.layers``: Keras layers and training helpers that students are given
- ``cs5045ae.figures``: pictures in one style, each with alternative text
- ``cs5045ae.reference``: small, readable reference implementations
- ``cs5045ae.checks``: what a test cell of an exercise calls
- ``cs5045ae.widgets``: the interactive pictures of the lectures

Importing this module imports none of them, and no TensorFlow.
"""

__version__ = "0.1.0"
