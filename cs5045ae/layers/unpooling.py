"""Max pooling that stores where its maxima were, and the unpooling that uses it.

A location is TensorFlow's flat index into one image of shape `(height, width,
channels)`, ``(y * width + x) * channels + c``: the channel runs fastest, and the count
starts again with every image.
"""

from typing import Any

from cs5045ae.backend import keras, tf

__all__ = ["MaxPoolWithLocations", "Unpool"]


@keras.saving.register_keras_serializable(package="cs5045ae")
class MaxPoolWithLocations(keras.layers.Layer):
    """Max pooling with windows side by side that also returns the max locations.

    Parameters
    ----------
    pool_size : int
        Height and width of a window, and the stride.
    padding : {"valid", "same"}
        What happens to rows and columns that fill no window: "valid" leaves them out,
        "same" gives them windows of their own.
    **kwargs
        Of `keras.layers.Layer`, such as the name.

    Raises
    ------
    ValueError
        If the window or the padding is not one of these.

    Notes
    -----
    Called on images `(n, height, width, channels)`, it returns `pooled` and
    `locations`, both `(n, pooled height, pooled width, channels)`; locations are int64
    and have no gradient. Of several equal maxima the first in reading order counts.

    References
    ----------
    Zeiler and Fergus, Visualizing and understanding convolutional networks, ECCV 2014,
    arXiv:1311.2901, section 2.1, where the locations are called switches.

    Examples
    --------
    >>> pooled, where = MaxPoolWithLocations()(images)  # doctest: +SKIP
    """

    def __init__(
        self, pool_size: int = 2, padding: str = "valid", **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        if not isinstance(pool_size, int) or pool_size < 1:
            raise ValueError(f"pool_size must be a whole number from 1 on: {pool_size}")
        if padding not in ("valid", "same"):
            raise ValueError(f'padding must be "valid" or "same", not {padding!r}')
        self.pool_size, self.padding = pool_size, padding
        self.supports_jit = False  # XLA knows no max_pool_with_argmax

    def call(self, images: Any) -> tuple[Any, Any]:
        """Return the maxima of the windows, and where they were."""
        return tf.nn.max_pool_with_argmax(
            images, self.pool_size, self.pool_size, self.padding.upper()
        )

    def compute_output_spec(self, images: Any) -> tuple[Any, Any]:
        """Return shape and type of both outputs."""
        n, height, width, channels = images.shape
        small = (self._pooled(height), self._pooled(width))
        return (
            keras.KerasTensor((n, *small, channels), dtype=images.dtype),
            keras.KerasTensor((n, *small, channels), dtype="int64"),
        )

    def _pooled(self, size: int | None) -> int | None:
        if size is None:
            return None
        rest = self.pool_size - 1 if self.padding == "same" else 0
        return (size + rest) // self.pool_size

    def get_config(self) -> dict[str, Any]:
        """Return all that makes an equal layer."""
        config = {"pool_size": self.pool_size, "padding": self.padding}
        return {**super().get_config(), **config}


@keras.saving.register_keras_serializable(package="cs5045ae")
class Unpool(keras.layers.Layer):
    """Put pooled values back where the locations say, with zeros everywhere else.

    Parameters
    ----------
    height, width : int
        Of the images before pooling. The locations are counted in these, so they
        can't be guessed from the pooled size: 27 and 28 rows both give 14.
    **kwargs
        Of `keras.layers.Layer`, such as the name.

    Raises
    ------
    ValueError
        If a size is no whole number from 1 on.

    Notes
    -----
    Called on `[pooled, locations]`, it returns images `(n, height, width, channels)`.
    The gradient of a pooled value is that of the pixel it was put at.

    Examples
    --------
    >>> pooled, where = MaxPoolWithLocations()(images)  # doctest: +SKIP
    >>> sparse = Unpool(28, 28)([pooled, where])  # doctest: +SKIP
    """

    def __init__(self, height: int, width: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for name, size in (("height", height), ("width", width)):
            if not isinstance(size, int) or size < 1:
                raise ValueError(f"{name} must be a whole number from 1 on: {size}")
        self.height, self.width = height, width

    def call(self, inputs: Any) -> Any:
        """Return the images."""
        pooled, locations = inputs
        channels = pooled.shape[-1]
        n, pixels = tf.shape(pooled)[0], self.height * self.width * channels
        image = tf.range(n, dtype=tf.int64)[:, None, None, None]
        places = tf.reshape(tf.cast(locations, tf.int64) + image * pixels, (-1, 1))
        values = tf.reshape(pooled, (-1,))
        flat = tf.scatter_nd(places, values, [tf.cast(n, tf.int64) * pixels])
        return tf.reshape(flat, (n, self.height, self.width, channels))

    def compute_output_spec(self, inputs: Any) -> Any:
        """Return shape and type of the images."""
        pooled = inputs[0]
        shape = (pooled.shape[0], self.height, self.width, pooled.shape[-1])
        return keras.KerasTensor(shape, dtype=pooled.dtype)

    def get_config(self) -> dict[str, Any]:
        """Return all that makes an equal layer."""
        config = {"height": self.height, "width": self.width}
        return {**super().get_config(), **config}
