"""The data of the course: loaders, generators and corruptions.

Names tell the cost: ``load_`` reads what is on disk, ``fetch_`` may download,
``make_`` computes. Images are float32 in [0, 1], labels int64, seeds explicit.

Importing this room imports neither TensorFlow nor scikit-learn nor matplotlib.
"""

from cs5045ae.data.corruptions import add_gaussian, mask, salt_and_pepper
from cs5045ae.data.curves import make_curves
from cs5045ae.data.errors import DataError, DataNotFound, DownloadError
from cs5045ae.data.fashion_mnist import fetch_fashion_mnist, load_fashion_mnist
from cs5045ae.data.mnist import fetch_mnist, load_mnist
from cs5045ae.data.patches import load_patches

__all__ = [
    "DataError",
    "DataNotFound",
    "DownloadError",
    "add_gaussian",
    "fetch_fashion_mnist",
    "fetch_mnist",
    "load_fashion_mnist",
    "load_mnist",
    "load_patches",
    "make_curves",
    "mask",
    "salt_and_pepper",
]
