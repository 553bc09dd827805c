"""The idx format, in which MNIST and Fashion-MNIST are published, packed or not.

A file is a 4-byte magic number (two zero bytes, the element type, the number of
axes), one big-endian 32-bit length per axis, and the elements.
"""

import gzip
import hashlib
import math
import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cs5045ae.data.errors import damaged, what_it_is

_UINT8 = 0x08
GZIP = b"\x1f\x8b"


def read_idx(path: Path, shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """Read an idx file of bytes, all of it or not at all.

    Parameters
    ----------
    path : pathlib.Path
        The file, packed by gzip or not, whatever its ending says.
    shape : tuple of int
        The shape it must have, such as `(60000, 28, 28)`.

    Returns
    -------
    numpy.ndarray
        uint8 array of that shape.

    Raises
    ------
    DataError
        If the file can't be read, is something else, ends early, or holds another
        element type, another shape, or more bytes than it announces.
    """
    header_size = 4 + 4 * len(shape)
    content_size = header_size + math.prod(shape)
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == GZIP
        with gzip.open(path, "rb") if packed else path.open("rb") as file:
            content = file.read(content_size)
            # Reading to the end also verifies gzip's own checksum.
            rest = file.read(1)
    except EOFError:
        raise damaged(path, "is truncated: its gzip stream ends early") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise damaged(path, f"is not a sound gzip file ({error})") from error
    except OSError as error:
        raise damaged(path, f"can't be read ({error.strerror or error})") from error

    if not packed and (kind := what_it_is(path)):
        raise damaged(path, f"is {kind}, not an idx file")
    if len(content) < 4 or content[:2] != b"\0\0":
        raise damaged(path, "is not an idx file: its magic number is wrong")
    element_type, n_axes = content[2], content[3]
    if element_type != _UINT8:
        raise damaged(
            path, f"holds elements of idx type 0x{element_type:02x}, not bytes (0x08)"
        )
    if n_axes != len(shape):
        raise damaged(path, f"has {n_axes} axes, not {len(shape)}")
    if len(content) < header_size:
        raise damaged(path, "ends inside its idx header")
    lengths = struct.unpack(f">{n_axes}I", content[4:header_size])
    if lengths != shape:
        raise damaged(path, f"announces the shape {lengths}, not {shape}")
    if len(content) < content_size or rest:
        relation = "more" if rest else "fewer"
        raise damaged(path, f"holds {relation} elements than its header announces")
    return np.frombuffer(content, np.uint8, offset=header_size).reshape(shape)


def idx_sha256(array: NDArray[np.uint8]) -> str:
    """Return the SHA-256 of the idx file that holds an array, unpacked.

    It is the same whether the array came from idx files, packed or not, or from an
    `.npz` file, so it tells data sets apart by their bytes.

    Parameters
    ----------
    array : numpy.ndarray
        uint8 array of any shape.

    Examples
    --------
    >>> idx_sha256(np.zeros((1, 2, 2), np.uint8))[:8]
    'a5813403'
    """
    lengths = struct.pack(f">{array.ndim}I", *array.shape)
    digest = hashlib.sha256(bytes([0, 0, _UINT8, array.ndim]) + lengths)
    digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()
