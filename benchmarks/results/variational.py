"""The headline of 09_variational: the bound on the likelihood."""

import numpy as np

from benchmarks.results.headlines import Data, headline


@headline(
    "09_variational",
    "784-128-20, grey pixels: minus the ELBO of a test image, in nats",
    "about 104 (784-400-20, full set: the VAE examples of PyTorch and flax)",
)
def minus_elbo_20(data: Data, seed: int) -> float:
    from cs5045ae.reference import variational as reference
    from cs5045ae.reference.variational_networks import train_vae

    epochs = data.epochs(40, 10)
    encoder, decoder = train_vae(data.x_train, 20, 1.0, epochs, seed)
    mu, log_var = (np.asarray(a) for a in encoder.predict(data.x_test, verbose=0))
    eps = np.random.default_rng(seed).standard_normal(mu.shape, np.float32)
    z = reference.reparameterize(mu, log_var, eps)
    x_hat = np.asarray(decoder.predict(z, verbose=0))
    return reference.elbo_terms(data.x_test, x_hat, mu, log_var, 1.0)[2]
