"""The headline of lecture 03: the network of Hinton and Salakhutdinov."""

from benchmarks.results.headlines import Data, headline


@headline(
    "03_deep",
    "784-1000-500-250-30: squared error of a test image",
    "3.00 with pre-training (Hinton & Salakhutdinov 2006, Fig. 2B)",
)
def deep_30(data: Data, seed: int) -> float:
    from cs5045ae.backend import keras
    from cs5045ae.reference.deep import build_halves
    from cs5045ae.reference.pca import reconstruction_error

    keras.utils.set_random_seed(seed)
    sizes = [784, 1000, 500, 250, 30]
    encoder, decoder = build_halves(sizes, sizes[::-1])
    image = keras.Input(shape=(784,))
    network = keras.Model(image, decoder(encoder(image)))
    epochs = data.epochs(15, 20)
    steps = epochs * -(-len(data.x_train) // 100)
    rate = keras.optimizers.schedules.CosineDecay(1e-3, steps)
    network.compile(
        keras.optimizers.Adam(rate), "binary_crossentropy", steps_per_execution=20
    )
    network.fit(data.x_train, data.x_train, batch_size=100, epochs=epochs, verbose=0)
    x_hat = network.predict(data.x_test, verbose=0)
    return reconstruction_error(data.x_test, x_hat)
