"""Is a download whole, verified and moved in one step, and a failure one clear error?

The pages come from a server on this machine; only the addresses are changed.
"""

import functools
import hashlib
import http.server
import socket
import threading

import numpy as np
import pytest

from cs5045ae.data import (
    DownloadError,
    fashion_mnist,
    fetch_fashion_mnist,
    fetch_mnist,
    load_fashion_mnist,
    load_mnist,
    mnist,
)
from cs5045ae.data.named_files import IDX_FILES
from tests.data.conftest import made_up, write_idx_folder

pytestmark = [
    pytest.mark.slow,  # Keras does the downloads, and takes long to import
    # It leaves the connection of a missing page to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
]


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serve a folder, count requests, and cut files short on demand."""

    def do_GET(self):
        self.server.requests.append(self.path)
        if self.server.cut:
            content = b"only the beginning"
            self.send_response(200)
            self.send_header("Content-Length", str(len(content) + 1000))
            self.end_headers()
            self.wfile.write(content)
        else:
            super().do_GET()

    def log_message(self, *_):
        pass


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    handler = functools.partial(Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.requests, server.cut, server.folder = [], False, folder
    server.url = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def digits_site(site, monkeypatch, made_up_is_published):
    path = site.folder / "mnist.npz"
    np.savez_compressed(path, **made_up(mnist.FULL))
    monkeypatch.setattr(mnist, "_URL", site.url + "mnist.npz")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    monkeypatch.setattr(mnist, "_SHA256", digest)
    return site


@pytest.fixture
def clothes_site(site, tmp_path, monkeypatch, made_up_is_published):
    write_idx_folder(site.folder, made_up(fashion_mnist.FULL))
    monkeypatch.setattr(fashion_mnist, "_URL", site.url)
    monkeypatch.setattr(fashion_mnist, "_DEBIAN_FOLDER", tmp_path / "no-package")
    return site


def failure(fetch, *words):
    with pytest.raises(DownloadError) as caught:
        fetch(progress=False)
    for word in (*words, "CS5045AE_DATA"):
        assert word in str(caught.value)


def test_fetched_digits_are_loaded_and_fetched_once(digits_site, cache):
    path = fetch_mnist()
    assert path == cache / "mnist.npz"
    assert path.read_bytes() == (digits_site.folder / "mnist.npz").read_bytes()
    assert load_mnist("full")[0][0].shape == (60000, 784)
    assert fetch_mnist() == path
    assert digits_site.requests == ["/mnist.npz"]
    assert list(cache.iterdir()) == [path]


def test_fetched_clothes_are_loaded_and_fetched_once(clothes_site, cache):
    path = fetch_fashion_mnist(progress=False)
    assert load_fashion_mnist()[1][0].shape == (10000, 784)
    assert fetch_fashion_mnist(progress=False) == path
    assert sorted(clothes_site.requests) == sorted(f"/{f}" for f in IDX_FILES.values())
    assert list(cache.iterdir()) == [path]


@pytest.mark.usefixtures("digits_site")
def test_the_bar_stays_on_its_line_and_can_be_switched_off(cache, capfd):
    fetch_mnist(progress=False)
    assert capfd.readouterr() == ("", "")
    (cache / "mnist.npz").unlink()
    fetch_mnist(progress=True)
    shown, complaints = capfd.readouterr()
    assert complaints == ""
    assert shown.count("\n") <= 2
    assert "\r" in shown or "\b" in shown


def test_a_damaged_copy_in_the_cache_is_replaced(digits_site, cache):
    cache.mkdir()
    (cache / "mnist.npz").write_text("damaged")
    fetch_mnist(progress=False)
    assert load_mnist("full")[0][0].shape == (60000, 784)


def test_a_file_of_another_content_is_refused(digits_site, cache):
    with (digits_site.folder / "mnist.npz").open("ab") as file:
        file.write(b"more")
    failure(fetch_mnist, digits_site.url, "hash", "load_mnist('small')")
    assert not list(cache.iterdir())


@pytest.mark.parametrize("content", ["other images", "no gzip file"])
def test_another_content_of_the_clothes_is_refused(clothes_site, cache, content):
    if content == "other images":
        other = made_up(fashion_mnist.FULL)
        other["x_test"][0, 0, 0] = 1
        write_idx_folder(clothes_site.folder, other)
    else:
        (clothes_site.folder / IDX_FILES["y_test"]).write_text("a page of a portal")
    failure(fetch_fashion_mnist, clothes_site.url, "SHA-256", "apt install")
    assert not list(cache.iterdir())


def test_a_download_that_ends_early_is_refused(digits_site, cache):
    digits_site.cut = True
    failure(fetch_mnist, digits_site.url)
    assert not list(cache.iterdir())


def test_a_missing_page_is_one_clear_error(clothes_site, cache):
    (clothes_site.folder / IDX_FILES["x_test"]).unlink()
    failure(fetch_fashion_mnist, clothes_site.url, "404")
    assert not list(cache.iterdir())


@pytest.mark.parametrize(
    ("module", "fetch", "page"),
    [(mnist, fetch_mnist, "mnist.npz"), (fashion_mnist, fetch_fashion_mnist, "")],
)
def test_without_a_network_the_error_names_the_alternatives(
    module, fetch, page, cache, monkeypatch
):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound but not listening: refuses connections
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        monkeypatch.setattr(module, "_URL", url + page)
        failure(fetch, url, "refused")
    assert not list(cache.iterdir())


def test_a_silent_server_is_given_up(cache, monkeypatch):
    from cs5045ae.data import download

    monkeypatch.setattr(download, "_STALL_SECONDS", 0.5)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()  # takes connections and never answers
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/mnist.npz"
        monkeypatch.setattr(mnist, "_URL", url)
        failure(fetch_mnist, url, "timed out")
    assert socket.getdefaulttimeout() is None


def test_the_file_of_a_user_is_left_alone(digits_site, mirror):
    own = mirror / "mnist.npz"
    own.write_text("damaged, but mine")
    fetch_mnist(progress=False)
    assert own.read_text() == "damaged, but mine"


def test_a_cache_that_is_not_writable_is_one_clear_error(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("CS5045AE_CACHE", str(tmp_path / "file" / "cache"))
    failure(fetch_mnist, "Can't write to the cache folder", "CS5045AE_CACHE")
