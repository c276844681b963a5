"""Ctrl-C while we wait for somebody else: a pipe, a server, a process of our own."""

from __future__ import annotations

import signal
import threading

__all__ = ["let_interrupt"]


def let_interrupt() -> None:
    """Let Ctrl-C end the call that waits next. To be called just before each that may be long.

    Importing Polars sets ``SA_RESTART`` for SIGINT, after which the system resumes a read that
    Ctrl-C has ended, and Python never learns of it (pola-rs/polars#21739).
    """
    if hasattr(signal, "siginterrupt") and threading.current_thread() is threading.main_thread():
        signal.siginterrupt(signal.SIGINT, True)
