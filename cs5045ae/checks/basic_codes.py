"""The checks of exercise 02_basic on codes in one byte a number: task 6."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.reference import basic

__all__ = ["check_dequantize", "check_quantize", "check_quantize_edges"]

Function = Callable[..., Any]


@check(task="6")
def check_quantize(quantize: Function, *, rng: np.random.Generator) -> str:
    """Look for the nearest of 256 levels, as uint8."""
    shown = np.array([[-1.0, 0.02], [0.98, 1.55]])
    for z in [shown, rng.normal(3, 2, size=(9, 4)), rng.exponential(size=(3, 7))]:
        _quantized(quantize, z, "Round to the nearest level.", shown=z is shown)
    return "each number is stored as the nearest of 256 levels, in one byte"


@check(task="6")
def check_quantize_edges(quantize: Function, *, rng: np.random.Generator) -> str:
    """Take constant codes, one code, float32, numbers far from 0."""
    for z, hint in [
        (np.full((3, 4), 2.5), "Here all numbers are equal: step = 0 and codes = 0."),
        (rng.normal(size=(1, 5)), "Here is one code only."),
        (rng.normal(size=(6, 3)).astype(np.float32), "Here z is float32."),
        (rng.normal(-5000, 30, size=(5, 4)), "Here all numbers are far below 0."),
        (0.4 + 2e-4 * rng.random((4, 6)), "Here all numbers are close together."),
    ]:
        _quantized(quantize, z, hint)
    return "constant codes, a single code, float32 and large numbers are right too"


@check(task="6")
def check_dequantize(dequantize: Function, *, rng: np.random.Generator) -> str:
    """Look at the numbers that the levels stand for."""
    shown = np.array([[0, 102], [198, 255]], dtype=np.uint8)
    fresh = rng.integers(0, 256, size=(6, 5)).astype(np.uint8)
    for codes, low, step in [
        (shown, -1.0, 0.01),
        (fresh, -3.75, 0.037),
        (fresh[:1], 2.5, 1.5),
        (np.zeros_like(fresh), 2.5, 0.0),
    ]:
        levels = codes.astype(float)
        call(dequantize, codes=codes, low=low, step=step).close(
            basic.dequantize(codes, low, step),
            mistakes={
                "`low` is missing: level 0 stands for low.": levels * step,
                "Add `low`, do not subtract it.": levels * step - low,
                "`low` is added to the level here. Multiply by step first.": (
                    (levels + low) * step
                ),
                "Multiply by `step`, do not divide by it.": low
                + levels / (step or 1.0),
                "A level is one step, not 1/255 of one.": low + levels / 255 * step,
                "These are whole numbers: keep floats.": np.trunc(low + levels * step),
                "These are rounded: keep floats as they are.": np.round(
                    low + levels * step
                ),
                "`low` and `step` are exchanged: level 0 stands for `low`.": (
                    step + levels * low
                ),
                "A level stands for one number, not for the middle between two.": (
                    low + (levels + 0.5) * step
                ),
                "Multiply by step first, then add `low`.": (levels - low) * step,
            },
            hint="Level 0 stands for `low`, and each level lies one step above the "
            "level before. Is the result an array of floats?",
            shown=codes is shown,
        )
    return "codes come back as the numbers of their levels"


def _quantized(
    quantize: Function, z: np.ndarray, hint: str, shown: bool = False
) -> None:
    _, want_low, want_step = basic.quantize(z)
    codes, low, step = call(quantize, z=z).parts("codes", "low", "step")
    codes.array(z.shape, shapes={(): "The order is codes, low, step."})
    kind = codes.numbers().dtype
    if kind != np.uint8:
        raise CheckFailed(
            f"{codes.subject} an array of {kind}, not of uint8.",
            "End with `.astype(np.uint8)`: numbers from 0 to 255, one byte each.",
        )
    levels = codes.array().astype(float)
    serve = "One `low` and one `step` serve all codes and columns."
    single = {z.shape[1:]: serve, (len(z), 1): serve, (1, z.shape[1]): serve}
    low.close(
        want_low,
        mistakes={
            "`low` is the smallest number in z, not 0.": 0.0,
            "The order is codes, low, step.": want_step,
        },
        hint="`low` is the smallest number in z, one number for all codes.",
        shown=shown,
        shapes=single,
    )
    spread = float(z.max()) - float(z.min())
    step.close(
        want_step,
        mistakes={
            "256 levels have 255 steps between them.": spread / 256,
            "This is the whole range; divide it by 255.": spread,
            "`low` is to be subtracted from the largest number.": z.max() / 255,
            "This is the largest number. The third part is `step`.": z.max(),
        },
        hint=f"{hint} `step` is the range of z, divided by 255.",
        shown=shown,
        shapes=single,
    )
    exact = (z.astype(float) - want_low) / want_step if want_step else 0 * levels
    # A number half-way between two levels may go to either.
    away = np.abs(levels - exact)
    if (away > 0.5 + 1e-2).any():
        # Rounding may lift the largest number above level 255.
        inner = exact < 254.5
        if want_step and not levels.any():
            hint = f"{hint} All codes are 0, which is right for equal numbers alone."
        elif np.array_equal(levels[inner], np.floor(exact[inner])):
            hint = "These are cut off; round to the nearest level instead."
        elif np.array_equal(levels[inner], np.ceil(exact[inner])):
            hint = "These are rounded up; round to the nearest level instead."
        elif want_step and _wrapped(levels, z / want_step):
            hint = "Subtract `low` before you divide: level 0 stands for it."
        elif want_step and np.abs(levels - (255 - exact)).max() < 1:
            hint = "These are numbered from the largest down: level 0 is `low`."
        elif want_step and (away > 200).any():
            hint = "Numbers have run over in uint8: the largest level is 255, not 256."
        raise CheckFailed(
            f"In {codes.told}, a level in codes is {away.max():.3g} steps away from "
            "its number.",
            hint,
        )


def _wrapped(levels: np.ndarray, want: np.ndarray) -> bool:
    """Tell whether levels are these numbers, run over in uint8."""
    gap = np.abs(levels - want)
    return bool(np.minimum(gap, np.abs(256 - gap)).max() <= 1)
