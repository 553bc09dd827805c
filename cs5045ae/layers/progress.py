"""A training run told in one line, in place of hundreds."""

import time
from typing import Any

from tqdm.auto import tqdm

from cs5045ae.backend import keras

__all__ = ["ProgressBar"]


class ProgressBar(keras.callbacks.Callback):
    """Show a training run as one bar that updates in place, then as one line.

    Keras' own bar leaves hundreds of lines in a notebook. Pass ``verbose=0`` to
    ``fit`` and this in its place.

    Parameters
    ----------
    title : str
        What is being trained.

    Examples
    --------
    >>> model.fit(x, x, epochs=5, verbose=0, callbacks=[ProgressBar("32 numbers")])
    ... # doctest: +SKIP
    32 numbers: 5 epochs in 2.1 s, loss 0.1307
    """

    def __init__(self, title: str = "training") -> None:
        super().__init__()
        self.title = title

    def on_train_begin(self, logs: dict[str, float] | None = None) -> None:
        """Open the bar."""
        self.started = time.perf_counter()
        self.bar: Any = tqdm(
            total=self.params["epochs"], desc=self.title, unit="epoch", leave=False
        )

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Move the bar on, with the latest losses beside it."""
        self.logs = logs or {}
        self.bar.set_postfix(
            {name: f"{value:.4f}" for name, value in self.logs.items()}
        )
        self.bar.update()

    def on_train_end(self, logs: dict[str, float] | None = None) -> None:
        """Close the bar and leave one line."""
        epochs, seconds = self.bar.n, time.perf_counter() - self.started
        self.bar.close()
        names = {"loss": "loss", "val_loss": "on the test set"}
        told = [f"{names.get(k, k)} {v:.4f}" for k, v in self.logs.items()]
        print(f"{self.title}: {epochs} epochs in {seconds:.1f} s, {', '.join(told)}")
