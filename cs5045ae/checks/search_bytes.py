"""The checks of exercise 08_search on packed bits: task 3."""

from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.check import check
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.search import Function
from cs5045ae.reference import search

__all__ = [
    "check_pack_bits",
    "check_pack_unpack",
    "check_unpack_bits",
]

SHAPES = [(5, 24), (1, 16), (16, 16), (3, 8), (1, 8), (4, 256), (5, 24)]


@check(task="3")
def check_pack_bits(pack_bits: Function, *, rng: np.random.Generator) -> str:
    """Each bit has its place in a byte, in one of the two orders throughout."""
    cases = [np.array([[0, 0, 0, 0, 0, 1, 0, 1]], dtype=np.uint8)]
    cases += [rng.integers(0, 2, size=s).astype(np.uint8) for s in SHAPES]
    cases += [np.ones((2, 40), np.uint8), np.zeros((3, 16), np.uint8)]
    little = False
    for turn, bits in enumerate(cases):
        n, d = bits.shape
        big, small = (
            search.pack_bits(bits),
            np.packbits(bits, axis=1, bitorder="little"),
        )
        answer = call(pack_bits, bits=bits)
        got = answer.array(
            big.shape,
            whole=True,
            low=0,
            high=255,
            hint="The eight bits of a byte weigh 128, 64, 32, 16, 8, 4, 2 and 1.",
            shapes={
                (n,): "Each eight bits make a byte of their own, in their order.",
                (n * d // 8,): "Keep the rows: `axis=1`, or the bits of several images "
                "run together.",
                (-(-n // 8), d): "Pack along the bits of an image, which is axis 1.",
                (n, d): "Eight bits make one byte, so a row becomes 8 times shorter.",
                (n, d // 8, 8): "The eight bits of a byte become one number: add them "
                "up by their weights.",
            },
        )
        if turn == 0:  # the statement's case tells the order
            little = np.array_equal(got, small)
        blocks = bits.reshape(n, d // 8, 8)
        columns = bits.reshape(n, 8, d // 8).swapaxes(1, 2)
        answer.close(
            small if little else big,
            mistakes={
                "This counts the ones, or is off by one place: each place has its own "
                "weight, from 128 to 1.": (blocks.sum(axis=2)),
                "The bytes are in the reverse order; bits 0 to 7 make the first one.": (
                    (small if little else big)[:, ::-1]
                ),
                "The first place of a byte takes one of bits 0 to 7: reshape to "
                "(n, d // 8, 8), not to (n, 8, d // 8).": search.pack_bits(
                    columns.reshape(n, d)
                ),
                "All weights are twice what they should be: they end with 1.": (
                    2.0 * big
                ),
                "The order within a byte is not the same in all calls.": (
                    big if little else small
                ),
            },
            hint="The bits 0 to 7 make the first byte, worth 128, 64, 32, 16, 8, 4, 2 "
            "and 1.",
            shown=turn == 0,
            rtol=0,
            atol=0,
        )
    return "every bit takes its place in its byte"


@check(task="3")
def check_unpack_bits(unpack_bits: Function, *, rng: np.random.Generator) -> str:
    """Bits come out of bytes in one of the two orders, row by row."""
    cases = [np.array([[5]], dtype=np.uint8)]
    cases += [
        rng.integers(0, 256, size=(n, d // 8)).astype(np.uint8) for n, d in SHAPES
    ]
    cases += [np.array([[255, 0, 128, 1]], dtype=np.uint8)]
    little = False
    for turn, codes in enumerate(cases):
        n, b = codes.shape
        big = search.unpack_bits(codes)
        small = np.unpackbits(codes, axis=1, bitorder="little")
        answer = call(unpack_bits, codes=codes)
        got = answer.array(
            big.shape,
            whole=True,
            low=0,
            high=1,
            hint="Bits are 0 or 1. After a division or a shift keep the last bit: "
            "`% 2`, or `& 1`.",
            shapes={
                (8 * n * b,): "Keep the rows: `axis=1`, or all bits run together.",
                (8 * n, b): "The bits of a byte lie side by side in a row: axis 1.",
                (n, 7 * b): "A byte has eight bits, of the weights 128 to 1.",
                (
                    1,
                    3,
                ): "Zeros at the front of a byte count too. `bin` leaves them out; "
                'f"{5:08b}" does not.',
                (n, b, 8): "One row of bits for each image: reshape to (n, 8 * b).",
            },
        )
        if turn == 0:
            little = np.array_equal(got, small)
        want = small if little else big
        answer.close(
            want,
            mistakes={
                "The bytes are in the reverse order.": (
                    want.reshape(n, b, 8)[:, ::-1].reshape(n, 8 * b)
                ),
                "The eight bits of a byte come one after the other: the last axis is "
                "that of the places.": (
                    want.reshape(n, b, 8).swapaxes(1, 2).reshape(n, 8 * b)
                ),
                "The order within a byte is not the same in all calls.": (
                    big if little else small
                ),
            },
            hint="The first byte gives the bits 0 to 7, the second the bits 8 to 15.",
            shown=turn == 0,
            rtol=0,
            atol=0,
        )
    return "the bits come out of every byte in their order"


@check(task="3")
def check_pack_unpack(
    pack_bits: Function, unpack_bits: Function, *, rng: np.random.Generator
) -> str:
    """Codes are bytes, and unpacking gives back what was packed."""
    for shape in SHAPES:
        bits = rng.integers(0, 2, size=shape).astype(np.uint8)
        packed = call(pack_bits, bits=bits)
        codes = packed.array(
            (shape[0], shape[1] // 8),
            whole=True,
            low=0,
            high=255,
            hint="A byte holds 0 to 255: its bits weigh 128, 64 and so on down to 1.",
        )
        dtype = _dtype(packed)
        if dtype != np.uint8:
            raise CheckFailed(
                f"{packed.subject} numbers of type {dtype}, which take "
                f"{dtype.itemsize} byte{'s' * (dtype.itemsize > 1)} each.",
                "A code of 8 bits fits into one byte without a sign: end with "
                "`.astype(np.uint8)`.",
            )
        back = call(unpack_bits, codes=codes.astype(np.uint8)).array(bits.shape)
        if not np.array_equal(back, bits):
            same = np.array_equal(back.reshape(-1, 8)[:, ::-1].ravel(), bits.ravel())
            raise CheckFailed(
                f"unpack_bits(pack_bits(bits)) is not bits, for bits {shape}.",
                "One takes the first bit for the highest place, the other for the "
                "lowest: choose one order for both."
                if same
                else "Each has to undo the other. Try it with a single row of 8 bits.",
            )
    return "a code takes one byte for eight bits, and unpacking gives the bits back"


def _dtype(answer: Answer) -> np.dtype[Any]:
    return answer.numbers().dtype
