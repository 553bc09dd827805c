"""The interactive pictures of lecture 07: a convolution by steps, and unpooling."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import Dropdown, IntSlider, SelectionSlider
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from numpy.typing import ArrayLike

from cs5045ae.reference.convolutional import convolve
from cs5045ae.reference.convolutional_pooling import max_pool_with_locations, unpool
from cs5045ae.reference.convolutional_sizes import output_size
from cs5045ae.widgets.stage import LivePicture

__all__ = ["convolution_widget", "unpooling_widget"]

IMAGE = np.array(
    [
        [0, 1, 3, 3, 1, 0],
        [1, 3, 1, 0, 3, 0],
        [0, 0, 0, 2, 2, 0],
        [0, 0, 2, 2, 0, 0],
        [1, 3, 3, 1, 1, 2],
        [3, 1, 0, 2, 3, 1],
    ]
)
KERNEL = np.array(
    [
        [1, 0, -1, 0, 1],
        [2, 0, -2, 1, 0],
        [1, 1, -1, 0, -1],
        [0, -1, 0, 1, 0],
        [1, 0, 0, -1, 1],
    ]
)
MOST = 2  # padding
CELLS = len(IMAGE) + 2 * MOST
SIGNAL = "#D55E00"


def convolution_widget() -> LivePicture:
    """Slide a kernel over a small image, place by place, with the sum written out.

    Returns
    -------
    LivePicture
        Sliders for the kernel, the stride, the padding and the place; they work with
        the arrow keys.
    """
    fig, axes = plt.subplots(1, 3, figsize=(8.4, 3.3), width_ratios=(10, 6, 10))
    image = _cells(axes[0], "image and padding", CELLS, "Greys", (-1, 6))
    weights = _cells(axes[1], "kernel", len(KERNEL), "RdBu_r", (-3, 3))
    output = _cells(axes[2], "output", CELLS, "RdBu_r", (-16, 16))
    window, cell = (
        ax.add_patch(Rectangle((0, 0), 1, 1, fill=False, ec=SIGNAL, lw=2.5))
        for ax in (axes[0], axes[2])
    )
    edges = [
        ax.add_patch(Rectangle((0, 0), 1, 1, fill=False, ec="#666666", ls=style))
        for ax, style in ((axes[0], ":"), (axes[0], "-"), (axes[2], "-"))
    ]
    inside = [_number(axes[0]) for _ in range(KERNEL.size)]
    factors = [_number(axes[1]) for _ in range(KERNEL.size)]
    result = _number(axes[2])

    kernel = IntSlider(3, 1, 5, description="Kernel")
    stride = IntSlider(1, 1, 3, description="Stride")
    padding = IntSlider(0, 0, MOST, description="Padding")
    place = IntSlider(1, 1, 16, description="Place")

    def refit(_: object) -> None:
        side = output_size(len(IMAGE), kernel.value, stride.value, padding.value)
        place.max = side * side

    for control in (kernel, stride, padding):
        control.observe(refit, names="value")

    def update(kernel: int, stride: int, padding: int, place: int) -> str:
        x, w = np.pad(IMAGE, padding), KERNEL[:kernel, :kernel]
        y = convolve(IMAGE, w, stride, padding)
        row, column = divmod(min(place, y.size) - 1, len(y))
        top, left = row * stride, column * stride
        part = x[top : top + kernel, left : left + kernel]
        corner = MOST - padding
        # Padding is drawn white, a zero of the image light grey.
        _fill(image, np.pad(IMAGE, padding, constant_values=-1), corner)
        _fill(weights, w, 0)
        _fill(output, y, 0)
        edges[0].set_bounds(corner - 0.5, corner - 0.5, len(x), len(x))
        edges[1].set_bounds(MOST - 0.5, MOST - 0.5, len(IMAGE), len(IMAGE))
        edges[2].set_bounds(-0.5, -0.5, len(y), len(y))
        window.set_bounds(corner + left - 0.5, corner + top - 0.5, kernel, kernel)
        cell.set_bounds(column - 0.5, row - 0.5, 1, 1)
        _write(inside, part, corner + top, corner + left)
        _write(factors, w, 0, 0)
        _write([result], y[row : row + 1, column : column + 1], row, column)
        room = f"({len(IMAGE)} + 2 x {padding} - {kernel})"
        size = f"floor({room} / {stride}) + 1 = {len(y)} along each axis."
        return f"Output size {size} Place {min(place, y.size)}: {_sum(part, w)}."

    return LivePicture(
        fig,
        [image, weights, output, *edges, window, cell, *inside, *factors, result],
        update,
        {"kernel": kernel, "stride": stride, "padding": padding, "place": place},
    )


def unpooling_widget(x: ArrayLike, sizes: tuple[int, ...] = (2, 4, 7)) -> LivePicture:
    """Pool an image and bring it back to size, with the stored locations or without.

    Parameters
    ----------
    x : array of shape `(n, 28, 28, 1)`
        Images, pixels in [0, 1].
    sizes : tuple of int
        Window sizes to choose from; each divides 28.

    Returns
    -------
    LivePicture
        All three controls work with the arrow keys.
    """
    x = np.asarray(x, dtype=np.float64)
    fig, axes = plt.subplots(1, 3, figsize=(7.2, 2.7))
    artists = [
        _cells(ax, title, 28, "gray_r", (0, 1))
        for ax, title in zip(axes, ("image", "pooled", "brought back"), strict=True)
    ]
    ways = {
        "maximum, at the stored location": "unpooled",
        "maximum, top left in its window": "corner",
        "maximum, repeated over its window": "repeated",
        "average, repeated over its window": "average",
    }
    built: dict[tuple[str, int], tuple[np.ndarray, np.ndarray]] = {}
    for size in sizes:
        pooled, locations = max_pool_with_locations(x, size)
        mean = x.reshape(len(x), 28 // size, size, 28 // size, size).mean(axis=(2, 4))
        corner = np.zeros_like(x)
        corner[:, ::size, ::size] = pooled
        whole = unpool(pooled, locations, 28, 28)
        flat = pooled[..., 0]
        built["unpooled", size] = flat, whole[..., 0]
        built["corner", size] = flat, corner[..., 0]
        built["repeated", size] = flat, _repeat(flat, size)
        built["average", size] = mean, _repeat(mean, size)

    def update(way: str, size: int, which: int) -> str:
        pooled, back = (part[which] for part in built[way, size])
        for artist, values in zip(
            artists, (x[which, ..., 0], pooled, back), strict=True
        ):
            artist.set_data(values)
            artist.set_extent((-0.5, 27.5, 27.5, -0.5))
        error = ((back - x[which, ..., 0]) ** 2).sum()
        name = next(told for told, key in ways.items() if key == way)
        bits = pooled.size * np.log2(size * size)
        beside = f", with {bits:.0f} bits of locations" if way == "unpooled" else ""
        return (
            f"Windows of {size} by {size} pixels, {name}: {pooled.size} numbers"
            f"{beside}. Squared error {error:.1f}."
        )

    controls = {
        "way": Dropdown(options=list(ways.items()), description="Way back"),
        "size": SelectionSlider(
            options=[(f"{size} by {size}", size) for size in sizes],
            description="Window",
        ),
        "which": IntSlider(0, 0, min(len(x), 20) - 1, description="Image"),
    }
    for ax in axes:
        ax.spines[:].set_visible(True)
    return LivePicture(fig, artists, update, controls)


def _cells(
    ax: Axes, title: str, side: int, cmap: str, limits: tuple[float, float]
) -> AxesImage:
    ax.set(xticks=[], yticks=[], title=title)
    ax.grid(False)
    ax.spines[:].set_visible(False)
    blank = np.full((side, side), np.nan)
    return ax.imshow(blank, cmap=cmap, vmin=limits[0], vmax=limits[1])


def _number(ax: Axes) -> Text:
    return ax.text(0, 0, "", ha="center", va="center", fontsize=8)


def _fill(artist: AxesImage, values: np.ndarray, start: int) -> None:
    """Show values with their top left corner at a cell, and nothing elsewhere."""
    side = artist.get_array().shape[0]  # type: ignore[union-attr]
    cells = np.full((side, side), np.nan)
    rows, columns = values.shape
    cells[start : start + rows, start : start + columns] = values
    artist.set_data(cells)


def _write(numbers: list[Text], values: np.ndarray, top: int, left: int) -> None:
    """Write values into the cells from a corner on; what is left over stays blank."""
    for number, at in zip(numbers, np.ndindex(values.shape), strict=False):
        number.set(text=f"{values[at]:g}", position=(left + at[1], top + at[0]))
    for number in numbers[values.size :]:
        number.set_text("")


def _sum(part: np.ndarray, weights: np.ndarray) -> str:
    pairs = list(zip(part.ravel().tolist(), weights.ravel().tolist(), strict=True))
    terms = [f"{a} x {f'({b})' if b < 0 else b}" for a, b in pairs if a and b]
    total = int((part * weights).sum())
    if not terms:
        return "all products are 0, and so is their sum"
    return f"{' + '.join(terms)} = {total} (products with 0 left out)"


def _repeat(x: np.ndarray, size: int) -> np.ndarray:
    return x.repeat(size, axis=1).repeat(size, axis=2)
