"""Drawings of the autoencoders of the course, and of the cake."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.patches import Circle

from cs5045ae.figures.board import CODE, DATA, LAYER, NOISE, Board
from cs5045ae.figures.picture import Picture, describe

__all__ = [
    "cake",
    "denoising",
    "layer_by_layer",
    "pca_network",
    "variational",
]


def cake() -> Picture:
    """Draw the cake of the slides: three ways to learn, by how much each is told.

    Source: deck, "Unsupervised learning"; the picture is Y. LeCun's (NIPS 2016).
    """
    board = Board(15, 5.6, "The cake: how much a machine is told per example")
    parts = [
        (0.1, 3.1, "#E8D3B0", "unsupervised: the cake", "the whole image"),
        (3.2, 0.7, "#A86B3C", "supervised: the icing", "one label, a few bits"),
    ]
    for low, height, colour, name, amount in parts:
        shape = [(1.2, low), (7.2, low), (7.2, low + height), (1.2, low + height)]
        board.axes.fill(
            *zip(*shape, strict=True), facecolor=colour, edgecolor="#6B4423"
        )
        middle = low + height / 2
        board.words(8, middle + 0.25, name, ha="left", fontweight="bold")
        board.words(8, middle - 0.3, amount, ha="left", color="#444444")
    board.axes.add_patch(Circle((4.2, 4.3), 0.4, color="#B3142B"))
    board.words(8, 4.95, "reinforcement: the cherry", ha="left", fontweight="bold")
    board.words(8, 4.4, "now and then one number", ha="left", color="#444444")
    board.arrow((7.8, 4.75), (4.75, 4.4))
    return describe(
        board.figure,
        "A cake. The large body is unsupervised learning, which is told the whole "
        "image; the thin icing is supervised learning, which is told one label; the "
        "cherry on top is reinforcement learning, which is told a number now and then.",
    )


def pca_network(input_size: int = 784, code_size: int = 32) -> Picture:
    """Draw PCA as a network of two linear layers that share their weights.

    Parameters
    ----------
    input_size, code_size : int
        Numbers per image and per code.
    """
    board = Board(16, 5.2, "PCA is an autoencoder with two linear layers")
    y = 2.9
    board.box(1.3, y, (1.6, 4), f"x\n{input_size:,}", DATA)
    board.wedge((3, 6.2), (4, 1.4), y, "subtract mean,\ntimes $C^T$", LAYER)
    board.box(7.9, y, (1.6, 1.4), f"z\n{code_size:,}", CODE)
    board.wedge((9.6, 12.8), (1.4, 4), y, "times $C$,\nadd mean", LAYER)
    board.box(14.5, y, (1.8, 4), f"x_hat\n{input_size:,}", DATA)
    for left, right in ((2.1, 3), (6.2, 7.1), (8.7, 9.6), (12.8, 13.6)):
        board.arrow((left, y), (right, y))
    board.words(4.6, 0.4, "encoder", color="#444444")
    board.words(11.2, 0.4, "decoder: the same $C$", color="#444444")
    return describe(
        board.figure,
        f"x with {input_size:,} numbers; the encoder subtracts the mean and multiplies "
        f"by C transposed, which gives z with {code_size:,} numbers; the decoder "
        "multiplies by the same C and adds the mean, which gives x_hat.",
    )


def denoising(clean: np.ndarray, noisy: np.ndarray) -> Picture:
    """Draw the one line that makes an autoencoder a denoising one.

    Parameters
    ----------
    clean, noisy : array of shape (784,)
        A digit, and the same digit with noise.
    """
    board = Board(16, 7, "The noisy digit goes in; the clean one is the target")
    y, top = 2.2, 5.6
    board.image(1.6, top, 2.2, clean)
    board.words(3, top, "x, clean", ha="left")
    board.image(1.6, y, 2.2, noisy)
    board.words(1.6, 0.6, "x + noise")
    board.wedge((4.2, 7.2), (3, 1.2), y, "encoder", LAYER)
    board.box(8.1, y, (0.9, 1.2), "z", CODE)
    board.wedge((9, 12), (1.2, 3), y, "decoder", LAYER)
    board.box(14.2, y, (2.2, 2.2), "x_hat", DATA)
    board.arrow((1.6, 4.4), (1.6, 3.4), NOISE)
    board.words(1.85, 3.9, "add noise", ha="left", color=NOISE)
    board.arrow((2.8, y), (4.1, y))
    board.arrow((12.1, y), (13, y))
    board.arrow((14.2, 3.4), (14.2, 5), CODE)
    board.arrow((5.2, top), (11.6, top), CODE)
    board.words(13.9, top, "loss: x_hat against\nthe clean x", color=CODE)
    return describe(
        board.figure,
        "A clean digit gets noise; the noisy digit goes through encoder, code z and "
        "decoder; the loss compares the output with the clean digit, not with the noisy"
        " one.",
    )


def layer_by_layer(sizes: Sequence[int]) -> Picture:
    """Draw layer-by-layer training: train each pair of layers, stack them, unroll.

    Parameters
    ----------
    sizes : sequence of int
        Numbers per layer of the encoder, from the input to the code.
    """
    count = len(sizes) - 1
    board = Board(16, 8.4, "Train one layer at a time, then unroll and fine-tune")
    step = 7.4 / count
    for i, (below, above) in enumerate(pairwise(sizes)):
        y = 0.8 + i * step
        colour = CODE if i == count - 1 else LAYER
        board.box(2, y, (2.6, 0.62), f"{below:,}", DATA if i == 0 else LAYER)
        board.box(2, y + 0.95, (2.6, 0.62), f"{above:,}", colour)
        board.arrow((2, y + 0.32), (2, y + 0.63))
        board.words(3.6, y + 0.48, f"{i + 1}. train this pair", ha="left")
        if i < count - 1:
            board.words(
                3.6, y + 1.1, "its codes are the next input", ha="left", color="#444444"
            )
    stack = [*sizes, *sizes[-2::-1]]
    gap = 7.4 / (len(stack) - 1)
    for i, size in enumerate(stack):
        y = 0.6 + i * gap
        colour = CODE if i == count else DATA if i in (0, 2 * count) else LAYER
        width = 1 + np.log2(size) / 3
        board.box(12.2, y, (width, gap * 0.62), f"{size:,}", colour)
        if i:
            board.arrow((12.2, y - gap * 0.68), (12.2, y - gap * 0.31))
    middle = 0.6 + count * gap
    board.words(15.4, (middle + 0.6) / 2, "encoder", rotation=90, color="#444444")
    board.words(15.4, (middle + 8) / 2, "decoder", rotation=90, color="#444444")
    board.arrow((8.1, middle), (9.6, middle))
    board.words(8.8, middle + 0.75, "stack,\nunroll", color="#444444")
    listed = ", ".join(f"{size:,}" for size in sizes)
    return describe(
        board.figure,
        f"On the left the {count} pairs of neighbouring layers of {listed} numbers, "
        "each trained on the codes of the pair below. On the right all of them stacked "
        "as the encoder, and once more in reverse order as the decoder, to be "
        "fine-tuned as one network.",
    )


def variational(input_size: int = 784, code_size: int = 2) -> Picture:
    """Draw the variational autoencoder, from x over mu and sigma to z and x_hat.

    Parameters
    ----------
    input_size, code_size : int
        Numbers per image and per code.
    """
    board = Board(16, 7.4, "The code of a VAE is drawn, not computed")
    y = 3.6
    board.box(1, y, (1.4, 3.6), f"x\n{input_size:,}", DATA)
    board.wedge((2.4, 4.8), (3.6, 2.2), y, "encoder", LAYER)
    board.box(6.2, y + 1, (1.5, 1.1), f"mu\n{code_size:,}", CODE)
    board.box(6.2, y - 1, (1.5, 1.1), f"sigma\n{code_size:,}", CODE)
    board.box(9.45, y, (3.1, 1.1), "z = mu\n+ sigma eps", CODE)
    board.box(9.45, 0.9, (3.1, 0.9), "eps from N(0, I)", NOISE)
    board.wedge((11.6, 13.6), (2.2, 3.6), y, "decoder", LAYER)
    board.box(15, y, (1.5, 3.6), f"x_hat\n{input_size:,}", DATA)
    for start, end in (
        ((1.7, y), (2.4, y)),
        ((4.8, y + 0.5), (5.4, y + 1)),
        ((4.8, y - 0.5), (5.4, y - 1)),
        ((7, y + 1), (7.85, y + 0.3)),
        ((7, y - 1), (7.85, y - 0.3)),
        ((11, y), (11.6, y)),
        ((13.6, y), (14.25, y)),
    ):
        board.arrow(start, end)
    board.arrow((9.45, 1.35), (9.45, y - 0.6), NOISE)
    board.words(6.2, 6.3, "KL divergence:\nkeep z near N(0, I)", color=CODE)
    board.words(15, 6.3, "error of\nx_hat", color=LAYER)
    return describe(
        board.figure,
        "x goes through the encoder to mu and sigma. The code z is mu plus sigma times "
        "eps, drawn from a standard normal. The decoder makes x_hat from z. The loss "
        "has two parts: the KL divergence of mu and sigma, and the error of x_hat.",
    )
