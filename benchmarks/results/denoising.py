"""The headline of 04_denoising: a network against Gaussian noise."""

import numpy as np

from benchmarks.results.headlines import Data, headline


@headline(
    "04_denoising",
    "784-256-784, Gaussian noise of 0.4: squared error of a test image",
    "none; on the full set doing nothing has 62.5, the best linear denoiser 10.3",
)
def denoiser_256(data: Data, seed: int) -> float:
    from cs5045ae.reference import denoising, pca

    epochs = data.epochs(30, 5)
    denoiser = denoising.train_denoiser(data.x_train, 0.4, epochs, seed)
    x_noisy = denoising.corrupt(data.x_test, "Gaussian", 0.4, seed=1000 + seed)
    x_hat = np.asarray(denoiser.predict(x_noisy, verbose=0))
    return pca.reconstruction_error(data.x_test, x_hat)
