"""Keras models that cross the wire, and descriptions that must not be believed."""

import copy
import json
import resource

import numpy as np
import pytest

from cs5045ae.grading.sandbox import SandboxedKernel
from cs5045ae.grading.wire.calls import make_proxy
from cs5045ae.grading.wire.errors import WireError
from cs5045ae.grading.wire.model_table import LAYERS, OPERATIONS, operations
from cs5045ae.grading.wire.models import read_model
from cs5045ae.grading.wire.table import array_node, weights_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def keras():
    from cs5045ae.backend import keras

    return keras


def content(model):
    """Return what the agent tells of a model."""
    weights = [array_node(weight) for weight in weights_of(model)]
    return {"ref": "#0", "config": json.loads(model.to_json()), "weights": weights}


def dense(keras):
    layers = keras.layers
    x = keras.Input((6,))
    z = layers.Dense(2, activation="relu", name="code")(x)
    return keras.Model(x, layers.Dense(6, activation="sigmoid")(z), name="small")


def convolutional(keras):
    layers = keras.layers
    x = keras.Input((8, 8, 1))
    y = layers.Conv2D(3, 3, strides=2, padding="same")(x)
    y = layers.LeakyReLU()(layers.BatchNormalization()(y))
    z = layers.Dense(4)(layers.Dropout(0.5, seed=1)(layers.Flatten()(y)))
    y = layers.Reshape((4, 4, 1))(layers.Dense(16)(z))
    y = layers.Conv2DTranspose(1, 3, strides=2, padding="same")(y)
    return keras.Model(x, layers.Activation("sigmoid")(y))


def nested(keras):
    layers = keras.layers
    encoder = keras.Sequential([keras.Input((6,)), layers.Dense(2)], name="encoder")
    decoder = keras.Sequential([keras.Input((2,)), layers.Dense(6)], name="decoder")
    x = keras.Input((6,))
    return keras.Model(x, [decoder(encoder(x)), encoder(x)])


def with_operations(keras):
    ops = keras.ops
    x = keras.Input((6,))
    y = keras.layers.Dense(4)(x)
    mu, log_var = y[:, :2], ops.clip(y[:, 2:], -5.0, 5.0)
    z = mu + ops.exp(0.5 * log_var) * 0.25 - ops.mean(y, axis=1, keepdims=True)
    return keras.Model(x, ops.concatenate([z, ops.relu(mu), ops.sqrt(mu * mu)]))


def sparse(keras):
    code = keras.layers.Dense(
        3, activity_regularizer=keras.regularizers.L1(0.01), kernel_initializer="ones"
    )
    return keras.Sequential([keras.Input((6,)), code, keras.layers.Dense(6)])


def course(keras):
    from cs5045ae.layers import MaxPoolWithLocations, Unpool

    x = keras.Input((8, 8, 1))
    pooled, where = MaxPoolWithLocations()(x)
    return keras.Model(x, [pooled, where] if Unpool else pooled)


@pytest.mark.parametrize(
    "build", [dense, convolutional, nested, with_operations, sparse, course]
)
def test_a_model_comes_back_the_same(keras, build):
    model = build(keras)
    rng = np.random.default_rng(5)
    for weight in weights_of(model):
        weight.assign(rng.uniform(0.1, 1, weight.shape))
    got = read_model(json.loads(json.dumps(content(model))))
    x = rng.uniform(size=(5, *model.input_shape[1:])).astype(np.float32)
    want, have = model(x), got(x)
    for a, b in zip(keras.tree.flatten(want), keras.tree.flatten(have), strict=True):
        np.testing.assert_allclose(np.asarray(b), np.asarray(a), rtol=1e-6)
    assert [layer.name for layer in got.layers] == [la.name for la in model.layers]
    assert len(got.losses) == len(model.losses)
    assert not got.compiled


def test_every_name_of_the_tables_is_keras_own(keras):
    assert {name for name in LAYERS if not hasattr(keras.layers, name)} == set()
    names = {name for part in OPERATIONS.values() for name in part.split()}
    assert names == set(operations())


def change(keras, way):
    told = content(dense(keras))
    layer = told["config"]["config"]["layers"][1]
    way(told, layer)
    return told


def put(**values):
    return lambda told, layer: layer["config"].update(values)


def code(kind, module="keras.layers", **config):
    return lambda told, layer: layer.update(
        {"class_name": kind, "module": module, "config": {"name": "code"} | config}
    )


FUNCTION = {"class_name": "function", "module": "builtins"}
ATTACKS = {
    "a Lambda": code("Lambda", function={"class_name": "__lambda__"}),
    "another module": code("Popen", module="subprocess", args="id"),
    "a class of its own": code("Dense", module="__main__", units=2),
    "a course module that is none": code("load_mnist", module="cs5045ae.data"),
    "a file": code("StringLookup", vocabulary="/etc/passwd"),
    "a texts layer": code("TextVectorization"),
    "a wrapper": code("TimeDistributed", layer={"class_name": "Lambda"}),
    "a saved layer": code("TFSMLayer", filepath="/tmp/x"),
    "an operation with code": code("Map", module="keras.src.ops.core"),
    "a huge layer": put(units=10**9),
    "a number as text": put(units="__import__('os')"),
    "a negative layer": put(units=-5),
    "a lambda as activation": put(activation={"class_name": "__lambda__"}),
    "a function of its own": put(
        activation=FUNCTION | {"config": "f", "registered_name": "f"}
    ),
    "a function of Keras that is no activation": put(
        activation=FUNCTION | {"config": "load_model", "registered_name": None}
    ),
    "a layer as a setting": put(use_bias={"class_name": "Lambda", "config": {}}),
    "a long text": put(name="x" * 1000),
    "an odd text": put(name="a\nb"),
    "a type spec": put(x={"class_name": "__typespec__", "config": []}),
    "an unknown setting": put(nonsense=1),
    "deep settings": put(units=json.loads("[" * 50 + "]" * 50)),
    "a wrong weight": lambda told, _: told["weights"].pop(),
    "a weight of another shape": lambda told, _: told["weights"].__setitem__(
        0, array_node(np.zeros((2, 6)))
    ),
    "a weight that is no array": lambda told, _: told["weights"].__setitem__(0, 5),
    "no description": lambda told, _: told.update(config=None),
    "a list as description": lambda told, _: told.update(config=[1]),
    "no layers": lambda told, _: told["config"]["config"].pop("layers"),
    "layers that are none": lambda told, _: told["config"]["config"].update(layers=[5]),
    "many layers": lambda told, layer: told["config"]["config"].update(
        layers=[copy.deepcopy(layer) for _ in range(5000)]
    ),
    "a call without tensors": lambda told, layer: layer.update(
        inbound_nodes=[{"args": [5], "kwargs": {}}]
    ),
    "calls that are none": lambda told, layer: layer.update(inbound_nodes=[None]),
    "no inputs": lambda told, _: told["config"]["config"].update(input_layers=[]),
    "odd inputs": lambda told, _: told["config"]["config"].update(input_layers=5),
    "a loop": lambda told, layer: layer["inbound_nodes"][0]["args"][0]["config"].update(
        keras_history=["code", 0, 0]
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_a_description_that_is_not_in_the_table_is_refused(keras, name):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(WireError, match="no usable answer"):
        read_model(change(keras, ATTACKS[name]))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB


def test_weights_are_counted_before_they_are_made(keras):
    told = content(dense(keras))
    for layer in told["config"]["config"]["layers"][1:]:
        layer["config"]["units"] = 5_000  # 25 million weights in the second
    with pytest.raises(WireError, match="too many weights"):
        read_model(told)


def test_models_in_models_are_read_to_a_depth(keras):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2)])
    for _ in range(8):
        model = keras.Sequential([keras.Input((2,)), model])
    with pytest.raises(WireError, match="nested too deeply"):
        read_model(content(model))


def test_a_small_model_that_gives_out_much_is_refused(keras):
    x = keras.Input((8, 8, 1))
    y = keras.layers.UpSampling2D(1000)(x)
    with pytest.raises(WireError, match="gives out too much"):
        read_model(content(keras.Model(x, y)))


def test_add_weight_is_as_before(keras):
    before = keras.layers.Layer.add_weight
    read_model(content(dense(keras)))
    with pytest.raises(WireError):
        read_model(change(keras, ATTACKS["a huge layer"]))
    assert keras.layers.Layer.add_weight is before


def test_models_are_built_and_trained_behind_the_wall(keras):
    code = """
from cs5045ae.backend import keras
layers = keras.layers

def build(size):
    model = keras.Sequential([keras.Input((6,)), layers.Dense(size), layers.Dense(6)])
    model.compile("adam", "mse")
    return model

def train(model, x):
    return model.fit(x, x, epochs=2, verbose=0).history["loss"]

def encode(model, x):
    return model(x)

def own():
    return keras.Sequential([keras.Input((6,)), layers.Lambda(lambda x: x)])

def symbolic():
    return keras.Input((3,))
"""
    rng = np.random.default_rng(5)
    x = rng.uniform(size=(64, 6)).astype(np.float32)
    with SandboxedKernel() as kernel:
        assert kernel.run(code, 120).ok
        proxy = {n: make_proxy(kernel, n) for n in ("build", "train", "encode", "own")}
        model = proxy["build"](3)
        assert [layer.units for layer in model.layers] == [3, 6]
        before = model.get_weights()
        first, second = proxy["train"](model, x)  # compiled there, as it was
        assert second < first
        moved = [
            np.abs(a - b).max()
            for a, b in zip(before, model.get_weights(), strict=True)
        ]
        assert min(moved) > 0
        np.testing.assert_allclose(proxy["encode"](model, x), model(x), rtol=1e-5)
        mine = dense(keras)
        np.testing.assert_allclose(proxy["encode"](mine, x), mine(x), rtol=1e-5)
        with pytest.raises(WireError, match="a layer of the kind Lambda"):
            proxy["own"]()
        kind = type(make_proxy(kernel, "symbolic")()).__name__
        assert kind == "KerasTensor"
