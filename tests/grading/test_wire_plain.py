"""What a stranger's kernel may answer, and what ends as no usable answer."""

import base64
import json
import math
import pickle
import tracemalloc

import numpy as np
import pytest

from cs5045ae.grading.wire import messages
from cs5045ae.grading.wire.bounded import clean, load_json
from cs5045ae.grading.wire.errors import WireError
from cs5045ae.grading.wire.plain import DTYPES, Opaque, Reader, read_array
from cs5045ae.grading.wire.table import decode, encode


def refuse(*_):
    raise AssertionError("neither a function nor a model was sent")


READER = Reader(refuse, refuse)


def there_and_back(value):
    text = json.dumps(encode(value, lambda _: None))
    inside = decode(json.loads(text), refuse)
    text = json.dumps(encode(inside, lambda _: None))
    return READER.read(load_json(text.encode(), 1000))


def same(got, want):
    if isinstance(want, list | tuple):
        return (
            type(got) is type(want)
            and len(got) == len(want)
            and all(same(g, w) for g, w in zip(got, want, strict=True))
        )
    if isinstance(want, dict):
        return list(got) == list(want) and all(same(got[k], want[k]) for k in want)
    if isinstance(want, np.ndarray):
        return (
            type(got) is np.ndarray
            and (got.dtype, got.shape) == (want.dtype, want.shape)
            and got.tobytes() == want.tobytes()
        )
    return type(got) is type(want) and (got == want or (got != got and want != want))


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, False, 0, -7, 2**63, -(2**199), 0.1, -0.0, 1e-320, math.pi),
        *(math.nan, math.inf, -math.inf, 1 + 2j, complex(math.nan, -math.inf)),
        *("", "é∑\n\0'\"\\", "x" * 5000, [], (), {}, [[], ((),)]),
        {"loss": [0.5, math.nan], "nested": ({"a": (1, "b")},)},
        *(np.float64(0.1), np.float32(math.nan), np.int8(-3), np.bool_(True)),
        *(np.complex64(1j), np.array(["ä", "", "long"]), np.zeros((0, 3))),
        *(np.array(5.0), np.array(True), np.arange(6).reshape(1, 2, 3)),
    ],
    ids=repr,
)
def test_values_of_the_table_survive(value):
    assert same(there_and_back(value), value)


@pytest.mark.parametrize("dtype", sorted(DTYPES))
def test_arrays_of_each_type_survive_in_any_layout(dtype):
    rng = np.random.default_rng(5)
    for shape in [(), (1,), (7,), (0,), (3, 4), (2, 3, 5), (2, 0, 4)]:
        raw = rng.integers(0, 100, shape).astype(dtype)
        assert same(there_and_back(raw), raw)
        assert same(
            there_and_back(raw.T), np.ascontiguousarray(raw.T).reshape(raw.T.shape)
        )
        big = raw.astype(np.dtype(dtype).newbyteorder(">"))
        assert same(there_and_back(big), raw)


def test_random_nests_survive():
    rng = np.random.default_rng(11)

    def value(depth):
        kind = rng.integers(0, 9 if depth < 4 else 6)
        size = int(rng.integers(0, 4))
        if kind < 4:
            return [None, bool(size), float(rng.normal()), int(rng.integers(-99, 99))][
                kind
            ]
        if kind == 4:
            return "".join(map(chr, rng.integers(1, 0x2FF, size)))
        if kind == 5:
            return rng.normal(size=rng.integers(0, 4, size)).astype(np.float32)
        parts = [value(depth + 1) for _ in range(size)]
        return {6: list, 7: tuple}.get(
            kind, lambda p: dict(zip("abc", p, strict=False))
        )(parts)

    for _ in range(300):
        made = value(0)
        assert same(there_and_back(made), made)


def test_a_read_only_array_is_read_only_inside():
    array = np.arange(3.0)
    array.flags.writeable = False
    inside = decode(encode(array, lambda _: None), refuse)
    with pytest.raises(ValueError, match="read-only"):
        inside += 1


def test_subclasses_become_plain_and_other_things_opaque():
    masked = np.ma.masked_array([1.0, 2.0], [True, False])
    assert same(there_and_back(masked), np.array([1.0, 2.0]))
    assert same(there_and_back(range(3)), np.arange(3))

    class AlwaysEqual:
        def __eq__(self, other):
            return True

    for thing, name in [
        (AlwaysEqual(), "AlwaysEqual"),
        ({1, 2}, "set"),
        ({1: 2}, "dict"),
        (b"x", "bytes"),
        (2**300, "int"),
        (np.array([object()]), "ndarray"),
        (int, "type"),
    ]:
        node = json.loads(json.dumps(encode(thing, lambda _: None)))
        got = READER.read(node)
        assert isinstance(got, Opaque)
        assert type(got).__name__ == name
        assert got != thing or name == "AlwaysEqual"


def b64(data):
    return base64.b64encode(data).decode()


NODES = {
    "a shape of 100 GB": {"array": ["<f8", [12_500_000_000], b64(bytes(8))]},
    "a shape that overflows": {"array": ["<f8", [2**62, 2**62], b64(bytes(8))]},
    "a negative shape": {"array": ["<f8", [-1], b64(bytes(8))]},
    "no whole shape": {"array": ["<f8", [1.0], b64(bytes(8))]},
    "a shape of truth": {"array": ["<f8", [True], b64(bytes(8))]},
    "many dimensions": {"array": ["<f8", [1] * 1000, b64(bytes(8))]},
    "too few bytes": {"array": ["<f8", [2], b64(bytes(8))]},
    "bytes that are none": {"array": ["<f8", [1], "*" * 12]},
    "bytes that are a number": {"array": ["<f8", [1], 8]},
    "objects": {"array": ["|O", [1], b64(bytes(8))]},
    "records": {"array": ["<f8,<f8", [1], b64(bytes(16))]},
    "a type that runs": {"array": ["os.system", [1], b64(bytes(8))]},
    "a huge text type": {"array": ["<U1000000000", [0], ""]},
    "dates": {"array": ["<M8[s]", [1], b64(bytes(8))]},
    "a pickle": {"array": ["|u1", [1], b64(pickle.dumps(print))]},
    "a pickle by name": {"pickle": b64(pickle.dumps(print))},
    "an array without parts": {"array": []},
    "an array as text": {"array": "x"},
    "two kinds": {"list": [], "tuple": []},
    "no kind": {},
    "an unknown kind": {"lambda": "x"},
    "a bare list": [1, 2],
    "a list that is none": {"list": {"a": 1}},
    "a dict that is none": {"dict": [1]},
    "a float that is none": {"float": "1"},
    "a complex of text": {"complex": ["1", "2"]},
    "a complex of one": {"complex": [1.0]},
    "names without a shape": {"names": [[3], ["a"]]},
    "names of numbers": {"names": [[1], [5]]},
    "names that grow": {"names": [[20_000], ["x" * 100_000] + [""] * 19_999]},
    "a function without a name": {"function": ["f"]},
    "a function by number": {"function": [1, "f"]},
    "a model that is none": {"model": []},
    "a scalar of three": {"scalar": ["<f8", [3], b64(bytes(24))]},
}


@pytest.mark.parametrize("name", NODES)
def test_a_node_outside_the_table_is_no_usable_answer(name):
    tracemalloc.start()
    with pytest.raises(WireError, match="no usable answer"):
        READER.read({"list": [NODES[name]]})
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_what_holds_bytes_of_truth_is_true_or_false():
    got = read_array(["|b1", [3], b64(b"\x00\x01\x07")])
    assert got.tolist() == [False, True, True]
    assert got.view(np.uint8).tolist() == [0, 1, 1]


def test_arrays_can_be_written_to():
    read_array(["<f8", [1], b64(bytes(8))])[0] = 1


RAW = {
    "nothing": b"",
    "no JSON": b"{",
    "bytes that are no text": b'"\xff\xfe"',
    "NaN": b"[NaN]",
    "infinity": b"[-Infinity]",
    "a float out of range": b"[1e999]",
    "a huge number": b"[" + b"9" * 5_000_000 + b"]",
    "a number of many digits": b"[" + b"9" * 1000 + b"]",
    "deep brackets": b"[" * 900 + b"]" * 900,
    "deep braces": b'{"a":' * 900 + b"1" + b"}" * 900,
    "deeper brackets": b"[" * 100_000,
    "many empty lists": b"[" + b"[]," * 1_000_000 + b"[]]",
    "many numbers": b"[" + b"1," * 1_000_000 + b"1]",
}


@pytest.mark.parametrize("name", RAW)
def test_hostile_text_is_no_usable_answer(name):
    tracemalloc.start()
    with pytest.raises(WireError, match="no usable answer"):
        READER.read(load_json(RAW[name], 1_000))
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()


def test_text_can_be_written_anywhere():
    assert clean("a\ud800b", 10) == "a?b"
    assert clean("x" * 20, 10) == "x" * 10 + " …"


@pytest.mark.parametrize("depth", [18, 25, 200])
def test_nests_are_read_to_a_depth(depth):
    node = 1
    for _ in range(depth):
        node = {"list": [node]}
    if depth < 20:
        assert READER.read(node)
    else:
        with pytest.raises(WireError, match="levels deep"):
            READER.read(node)


@pytest.mark.parametrize(
    "name", ["", "a b", "x" * 500, "__import__('os')", "<script>", "é" * 3, None, 5]
)
def test_the_name_of_an_opaque_value_is_a_name(name):
    got = type(READER.read({"opaque": name})).__name__
    assert got.isidentifier() or got.strip("<>").isidentifier()


def test_messages_of_all_shapes_end_in_a_wire_error():
    for parts in ([], [b""], [messages.DELIMITER], [messages.DELIMITER] * 3):
        with pytest.raises(WireError):
            messages.parse(parts)
    head = [messages.DELIMITER, b"", b"{}", b"[1]", b"{}", b"{}"]
    assert messages.parse(head) == ("None", "None", b"{}")
    with pytest.raises(WireError):
        messages.parse([messages.DELIMITER, b"", b"x" * 20_000, b"", b"", b""])
    for raw in (b"[]", b"{", b'{"text": 5}', b'{"text": ["a"]}'):
        with pytest.raises(WireError):
            messages.output("stream", raw)
    assert messages.output("error", b'{"ename": "E", "evalue": "", "traceback": 5}')
    assert messages.output("display_data", b'{"data": {"text/html": "<b>"}}') is None
    assert messages.output("comm_open", b"[" * 10**6) is None


def test_random_bytes_never_end_in_another_exception():
    rng = np.random.default_rng(3)
    good = json.dumps(encode({"a": [1.5, np.arange(3), "x", (1j,)]}, lambda _: None))
    refused = 0
    for _ in range(3000):
        raw = bytearray(good.encode())
        for at in rng.integers(0, len(raw), 3):
            raw[at] = rng.integers(32, 127)
        try:
            READER.read(load_json(bytes(raw), 1000))
        except WireError:
            refused += 1
    assert refused > 1000
