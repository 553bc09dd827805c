"""The headline of 05_contractive: the norm of the Jacobian at equal error."""

import numpy as np

from benchmarks.results.headlines import Data, headline

PUBLISHED = "0.146 (Rifai et al. 2011, Table 1; not at equal error)"


@headline(
    "05_contractive",
    "784-200-784, tied: mean norm of the Jacobian on test digits, contractive / weight "
    "decay, at equal squared error",
    PUBLISHED,
)
def contractive_over_decay(data: Data, seed: int) -> float:
    from cs5045ae.reference.contractive import contractive_penalty
    from cs5045ae.reference.contractive_networks import train_tied
    from cs5045ae.reference.pca import reconstruction_error

    def measure(lam: float, decay: float) -> tuple[float, float]:
        epochs = data.epochs(10, 1)
        encoder, decoder = train_tied(
            data.x_train, 200, epochs, seed, rate=5e-3, lam=lam, decay=decay
        )
        x_hat = np.asarray(decoder(encoder(data.x_test)))
        norms = np.sqrt(contractive_penalty(data.x_test, *encoder.get_weights()))
        return reconstruction_error(data.x_test, x_hat), float(norms.mean())

    error, norm = measure(0.4, 0.0)
    # Two strengths of weight decay, one on each side of that error.
    errors, norms = np.transpose([measure(0.0, decay) for decay in (0.003, 0.01)])
    if not errors[0] < error < errors[1]:
        raise ValueError(f"an error of {error:.2f} does not lie between {errors}")
    return norm / float(np.interp(error, errors, norms))
