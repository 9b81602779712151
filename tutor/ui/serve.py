"""Serving the page: the address is printed once the page answers, and the first question finds everything loaded.

The database, the index and the encoder are opened in one thread while Gradio, which takes longest, is imported in
another. An address that cannot be listened on raises `PortError`, a proxy that cannot be used `SettingError`, a
database that cannot be used `StoreError`: no address is printed then.
"""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Mapping, MutableMapping
from concurrent.futures import Future
from urllib.request import getproxies

from tutor.errors import PortError, SettingError, TutorError
from tutor.flow import Tutor
from tutor.settings import Settings, load_settings


def serve() -> None:
    """Serve until interrupted."""
    settings = load_settings()
    require_free(settings.host, settings.port)
    reach_itself(os.environ, settings.host, getproxies())
    from tutor.ui.progress import bar

    with bar("Indexing the documentation") as progress:
        tutor = Tutor(settings, progress=progress)
        opened: Future[None] = Future()
        threading.Thread(target=_warm, args=(tutor, opened), name="warm", daemon=True).start()
        address = _launch(tutor, settings)
        opened.result()
    sys.stdout.write(f"The tutor is at {address} (Ctrl+C stops it)\n")
    sys.stdout.flush()
    if has_display():
        webbrowser.open(address)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service is ended so, and a program in the background
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        sys.stdout.write("\n")
    finally:
        tutor.close()


def _launch(tutor: Tutor, settings: Settings) -> str:
    from tutor.ui.page import build_page, look

    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    page = build_page(tutor)
    page.launch(
        server_name=host,
        server_port=settings.port,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        inbrowser=False,
        show_error=True,
        **look(),
    )
    shown = "localhost" if settings.host in ("127.0.0.1", "0.0.0.0", "::") else host  # noqa: S104
    return f"http://{shown}:{settings.port}"


def _warm(tutor: Tutor, opened: Future[None]) -> None:
    """Open the database first: without one there is nothing to serve, whereas the rest is tried again when asked."""
    try:
        tutor.conversations.all()
    except Exception as error:
        opened.set_exception(error)
        return
    opened.set_result(None)
    try:
        tutor.warm()
    except TutorError as error:
        sys.stderr.write(f"tutor: {error}\n")


def require_free(host: str, port: int) -> None:
    """Make sure that the address can be listened on, before anything slow is loaded."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortError(
                    f"Port {port} is taken by another program. Choose another one: PORT={port + 1} make app"
                ) from error
            raise PortError(f"Cannot listen on {host}:{port} ({error.strerror}). Set HOST and PORT.") from error


def reach_itself(environment: MutableMapping[str, str], host: str, proxies: Mapping[str, str]) -> None:
    """Let no proxy stand between this program and its own page, which Gradio asks for before it says that it serves.

    Proxies that the system knows are named in the environment as well, since who is told there what to reach without
    one no longer asks the system.
    """
    used = {kind: proxies[kind] for kind in ("http", "https", "all") if proxies.get(kind)}
    socks = [kind for kind, address in used.items() if address.lower().startswith("socks")]
    if socks == ["all"] and len(used) == 3:  # either kind of address has a proxy of its own
        for name in ("all_proxy", "ALL_PROXY"):
            environment.pop(name, None)
    elif socks:
        name = f"{socks[0].upper()}_PROXY"
        raise SettingError(
            f"{name}={used[socks[0]]} is a SOCKS proxy, which the tutor cannot use. It works without: unset {name}, "
            "or name an HTTP proxy."
        )
    if not used:
        return
    for kind in used.keys() - set(socks):
        if not environment.get(f"{kind}_proxy"):
            environment[f"{kind.upper()}_PROXY"] = used[kind]
    known = [environment.get(name, "") for name in ("no_proxy", "NO_PROXY")]
    without = ",".join(dict.fromkeys([*filter(None, known), "localhost", "127.0.0.1", "::1", host]))
    environment["no_proxy"] = environment["NO_PROXY"] = without


def has_display() -> bool:
    """Whether somebody sits in front of a screen on which a browser can open."""
    if not sys.stdout.isatty() or os.environ.get("CI") or os.environ.get("SSH_CONNECTION"):
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
