"""Autoencoders made of convolutions, and the dense one they are held against.

Images are `x` `(n, side, side, 1)`, pixels in [0, 1]. Keras is imported where a network
is made, since that costs seconds.
"""

from typing import Any

__all__ = ["conv_autoencoder", "dense_autoencoder"]


def conv_autoencoder(
    channels: int, code_size: int = 32, *, kernel: int = 3, resize: bool = False
) -> tuple[Any, Any]:
    """Build a convolutional autoencoder for 28 x 28 pixels with a dense code.

    Parameters
    ----------
    channels : int
        Of the first convolution; the second has twice, the third four times as many.
    code_size : int
        Numbers of a code.
    kernel : int
        Side of the decoder's kernels.
    resize : bool
        Double by repeating pixels before an ordinary convolution, in place of a
        transposed convolution with stride 2.

    Returns
    -------
    encoder, decoder : keras.Model
        The encoder's sizes are 28, 14, 7, 4, those of the decoder 4, 7, 14, 28. The
        code layer is linear; the output is a sigmoid for each pixel.

    References
    ----------
    Masci et al., Stacked convolutional auto-encoders, ICANN 2011,
    doi:10.1007/978-3-642-21735-7_7. Resizing before a convolution: Odena, Dumoulin and
    Olah, Deconvolution and checkerboard artifacts, Distill 2016,
    doi:10.23915/distill.00003.
    """
    from cs5045ae.backend import keras

    layers = keras.layers

    def double(x: Any, width: int, activation: str) -> Any:
        if resize:
            x = layers.UpSampling2D(2)(x)
            return layers.Conv2D(width, kernel, padding="same", activation=activation)(
                x
            )
        return layers.Conv2DTranspose(
            width, kernel, strides=2, padding="same", activation=activation
        )(x)

    image = x = keras.Input(shape=(28, 28, 1))
    for width in (channels, 2 * channels, 4 * channels):
        x = layers.Conv2D(width, 3, padding="same", activation="relu")(x)
        x = layers.MaxPooling2D(2, padding="same")(x)
    encoder = keras.Model(image, layers.Dense(code_size)(layers.Flatten()(x)))
    code = keras.Input(shape=(code_size,))
    x = layers.Dense(4 * 4 * 4 * channels, activation="relu")(code)
    x = double(layers.Reshape((4, 4, 4 * channels))(x), 2 * channels, "relu")
    x = layers.Cropping2D(((0, 1), (0, 1)))(x)
    x = double(double(x, channels, "relu"), 1, "sigmoid")
    return encoder, keras.Model(code, x)


def dense_autoencoder(hidden_size: int, code_size: int = 32) -> tuple[Any, Any]:
    """Build the dense autoencoder 784-hidden-code-hidden-784 for images.

    Parameters
    ----------
    hidden_size : int
        Nodes of the layer before the code, and of that behind it.
    code_size : int
        Numbers of a code; the code layer is linear, as in `conv_autoencoder`.

    Returns
    -------
    encoder, decoder : keras.Model
        From `(n, 28, 28, 1)` to `(n, code_size)`, and back.
    """
    from cs5045ae.backend import keras

    layers = keras.layers
    image = keras.Input(shape=(28, 28, 1))
    x = layers.Dense(hidden_size, activation="relu")(layers.Flatten()(image))
    encoder = keras.Model(image, layers.Dense(code_size)(x))
    code = keras.Input(shape=(code_size,))
    x = layers.Dense(hidden_size, activation="relu")(code)
    x = layers.Dense(28 * 28, activation="sigmoid")(x)
    return encoder, keras.Model(code, layers.Reshape((28, 28, 1))(x))
