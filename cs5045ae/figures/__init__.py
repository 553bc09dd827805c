"""Pictures in one style, each with a text that stands in for it.

Every function returns a `Picture`. As the last line of a cell it is shown, and its
alternative text goes with it: read aloud in JupyterLab, kept as metadata in the
notebook's output, and written into the HTML pages. Unless ``alt`` is given, the text
is made from the data drawn.

Importing this package switches matplotlib to the course's style.
"""

from cs5045ae.figures.convolution_drawings import convolutional, pooling_locations
from cs5045ae.figures.diagram import network
from cs5045ae.figures.drawings import (
    cake,
    denoising,
    layer_by_layer,
    pca_network,
    variational,
)
from cs5045ae.figures.images import filters, image_grid, original_and_reconstruction
from cs5045ae.figures.picture import Picture, describe
from cs5045ae.figures.plots import curves, latent_map, training_curves

__all__ = [
    "Picture",
    "cake",
    "convolutional",
    "curves",
    "denoising",
    "describe",
    "filters",
    "image_grid",
    "latent_map",
    "layer_by_layer",
    "network",
    "original_and_reconstruction",
    "pca_network",
    "pooling_locations",
    "training_curves",
    "variational",
]
