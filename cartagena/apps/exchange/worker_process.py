"""What a reading process runs. It starts with nothing, so Django is set up before all else."""

import gc
from multiprocessing.connection import Connection


def work(pipe: Connection) -> None:
    """Read the chunks that come through the pipe until it closes; the first thing that comes says
    how they are read."""
    import django

    django.setup()
    # Records are read and handed on; to look for rings in what lives on costs a tenth of the time.
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    from cartagena.apps.exchange.workers import read_items

    try:
        reading = pipe.recv()
        pipe.send("ready")
        while True:
            pipe.send(read_items(pipe.recv(), reading))
    except (EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        return
