"""The checks of exercise 01_pca on the angle between two subspaces: task 7."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.reference import pca

__all__ = ["check_equal_spans", "check_largest_angle"]

Function = Callable[..., Any]
SMALLEST = (
    "If this is the smallest angle: the task asks for the largest. If it is not, look "
    "at the bases: `np.linalg.qr` takes the directions as columns."
)


@check(task="7")
def check_equal_spans(largest_angle: Function, *, rng: np.random.Generator) -> str:
    """Zero for two bases of one subspace, 90 degrees at right angles."""
    # Lines by the dozen: only some of them have a cosine that rounding lifts above 1.
    for n, k in [(6, 2), (9, 4), (30, 3), *[(8, 1)] * 36, (12, 5), (7, 3)]:
        basis = np.linalg.qr(rng.normal(size=(n, k)))[0].T
        a, b = _mixed(rng, basis), _mixed(rng, basis)
        answer = call(largest_angle, a=a, b=b)
        try:
            angle = answer.array((), shapes={(k,): "Only the largest angle is due."})
        except CheckFailed as failure:
            if "NaN" not in failure.complaint:
                raise
            raise CheckFailed(
                failure.complaint,
                "Rounding lifts a cosine a little above 1, where arccos has no value: "
                "clip the cosines to at most 1.",
            ) from None
        if abs(angle) > 1e-3:
            raise CheckFailed(
                f"{answer.subject} {angle:.4g} degrees for two bases of one subspace.",
                _not_zero(float(angle)),
            )
    for d in (4, 7):
        frame = np.linalg.qr(rng.normal(size=(d, d)))[0].T
        a, b = _mixed(rng, frame[:2]), _mixed(rng, frame[1:3])
        call(largest_angle, a=a, b=b).close(
            90.0,
            mistakes={
                "This is in radians; the task asks for degrees.": np.pi / 2,
                SMALLEST: 0.0,
                "This is the mean of the angles, the task asks for the largest.": 45.0,
            },
            hint="These subspaces share one direction, and the other two are at right "
            "angles.",
            atol=1e-5,
        )
    return "equal subspaces have the angle 0 whatever their bases"


@check(task="7")
def check_largest_angle(largest_angle: Function, *, rng: np.random.Generator) -> str:
    """Angles between two subspaces that differ."""
    plane = np.array([[1.0, 0, 0], [0, 1.0, 0]])
    tilted = np.array([[1.0, 0, 0], [0, 1.0, 1.0]])
    cases = [(plane, tilted), (plane[:1], -tilted[1:] - tilted[:1])]
    for k, d in [(3, 8), (2, 5), (1, 6), (4, 20)]:
        near = rng.normal(size=(k, d))
        cases.append((near, _mixed(rng, near + 0.4 * rng.normal(size=(k, d)))))
        cases.append((5 * near, rng.normal(size=(k, d))))
    for a, b in cases:
        angles = _angles(a, b)
        want = pca.largest_angle(a, b)
        call(largest_angle, a=a, b=b).close(
            want,
            mistakes={
                "This is in radians; the task asks for degrees.": np.radians(want),
                SMALLEST: angles[0],
                "This is the mean of the angles, the task asks for the largest.": (
                    angles.mean()
                ),
                "This is the sum of the angles, the task asks for the largest.": (
                    angles.sum()
                ),
                "This is the angle of the product of all cosines (a determinant); "
                "take the smallest singular value.": np.degrees(
                    np.arccos(np.prod(np.cos(np.radians(angles))))
                ),
                "Do not round.": np.round(want),
                "This is a cosine; the task asks for the angle.": np.cos(
                    np.radians(want)
                ),
                "A direction and its opposite span the same line: the angle is never "
                "above 90 degrees.": 180 - want,
            },
            hint="Orthonormal bases of both, the singular values of their product are "
            "the cosines, and the smallest cosine belongs to the largest angle.",
            shown=a is plane,
            shapes={(len(a),): "Only the largest angle is due."},
            atol=1e-5,
        )
    return "the largest angle between two subspaces is right, in degrees"


def _not_zero(angle: float) -> str:
    """Say why two bases of one subspace may come out at an angle."""
    if abs(angle) < 0.1:
        return "This is rounding: compute in float64, from the bases to the cosine."
    if abs(angle - 1) < 1e-6:
        return "Is this the cosine? The angle is due, in degrees."
    if abs(angle - 180) < 1e-3:
        return "A direction and its opposite span the same line: 0, not 180 degrees."
    if abs(angle - 90) < 1e-3:
        return (
            "With bases q_a and q_b as columns, the singular values of q_a.T @ q_b are "
            "the cosines: `np.arccos` makes angles of them."
        )
    return (
        "The rows of a and b are neither orthogonal nor of unit length: make an "
        "orthonormal basis of each first, `np.linalg.qr` of the transpose. The cosines "
        "are the singular values of q_a.T @ q_b, not its entries."
    )


def _mixed(rng: np.random.Generator, basis: np.ndarray) -> np.ndarray:
    """Return another basis of the same subspace, neither orthogonal nor of length 1."""
    k = len(basis)
    turn, _ = np.linalg.qr(rng.normal(size=(k, k)))
    return (turn * rng.uniform(1, 3, size=k)) @ (np.eye(k) + np.eye(k, k=1)) @ basis


def _angles(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    bases = [np.linalg.qr(rows.T)[0] for rows in (a, b)]
    cosines = np.linalg.svd(bases[0].T @ bases[1], compute_uv=False)
    return np.degrees(np.arccos(cosines.clip(0, 1)))
