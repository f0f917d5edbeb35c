"""Wait until KaTeX's server listens: on a busy machine its socket file is there before.

The library waits for the file, and then connects once.
"""

import socket
import time
from subprocess import PIPE, Popen

from sphinxcontrib.katex import KaTeXServer


def start(rundir, timeout):
    """Start the server as the library does, and connect as soon as it answers."""
    path = rundir / "katex.sock"
    command = KaTeXServer.build_command(socket=path)
    process = Popen(command, stdin=PIPE, stdout=PIPE, cwd=rundir)
    connection = socket.socket(socket.AF_UNIX)
    end = time.monotonic() + timeout
    while connection.connect_ex(str(path)):
        if time.monotonic() > end:
            process.kill()  # it would keep the output of a build open
            raise KaTeXServer.timeout_error(timeout)
        time.sleep(0.01)
    return process, connection


def setup(app):
    """Start this way, where there are Unix sockets."""
    KaTeXServer.start_server_process = start
    return {"parallel_read_safe": True}
