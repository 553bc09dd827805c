"""The headline of 02_basic: the network of the slides."""

from benchmarks.results.headlines import Data, headline


@headline(
    "02_basic",
    "784-128-32-128-784: squared error of a test image",
    "none; PCA with 32 components has 13.19 on the full set, clipped 11.92",
)
def basic_32(data: Data, seed: int) -> float:
    from cs5045ae.reference import basic, pca

    epochs = data.epochs(50, 20)
    autoencoder = basic.train_autoencoder(data.x_train, 32, epochs, seed)
    x_hat = autoencoder.predict(data.x_test, verbose=0)
    return pca.reconstruction_error(data.x_test, x_hat)
