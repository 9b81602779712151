"""Serving the page: the address is printed once the page answers, and the first question finds everything loaded.

The index and the encoder load in one thread while Gradio, which takes longest, is imported in another.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
import webbrowser

from tutor.errors import PortError, TutorError
from tutor.flow import Tutor
from tutor.settings import Settings, load_settings


def serve() -> None:
    """Serve until interrupted."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    settings = load_settings()
    require_free(settings.host, settings.port)
    from tutor.ui.progress import bar

    with bar("Indexing the documentation") as progress:
        tutor = Tutor(settings, progress=progress)
        warming = threading.Thread(target=_warm, args=(tutor,), name="warm", daemon=True)
        warming.start()
        address = _launch(tutor, settings)
    sys.stdout.write(f"The tutor is at {address} (Ctrl+C stops it)\n")
    sys.stdout.flush()
    if has_display():
        webbrowser.open(address)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        sys.stdout.write("\n")
    finally:
        tutor.close()


def _launch(tutor: Tutor, settings: Settings) -> str:
    from tutor.ui.page import build_page, look

    page = build_page(tutor)
    page.launch(
        server_name=settings.host,
        server_port=settings.port,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        inbrowser=False,
        show_error=True,
        **look(),
    )
    shown = "localhost" if settings.host in ("127.0.0.1", "0.0.0.0", "::") else settings.host  # noqa: S104
    return f"http://{shown}:{settings.port}"


def _warm(tutor: Tutor) -> None:
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


def has_display() -> bool:
    """Whether somebody sits in front of a screen on which a browser can open."""
    if not sys.stdout.isatty() or os.environ.get("CI") or os.environ.get("SSH_CONNECTION"):
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
