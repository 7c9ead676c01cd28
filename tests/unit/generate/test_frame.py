"""What a batch of rows takes is given back when nobody holds the batch."""

from __future__ import annotations

import gc
import weakref

import numpy as np

from seedfast.generate.engine import Engine
from tests.unit.plan.written import planned, registry, table


def test_a_frame_goes_with_whoever_held_it() -> None:
    users = table("users", "id int!", "name text!", "created_at timestamptz!")
    posts = table("posts", "id int!", "user_id int! -> users", "reply_to_id int -> posts", "created_at timestamptz!")
    engine = Engine(planned(users, posts), registry(), {})
    gc.disable()
    try:
        frame = engine.frame(posts.name, np.arange(50, dtype=np.int64))
        for column in posts.columns:
            frame.column(column.name)
        held = weakref.ref(frame)
        del frame
        assert held() is None
    finally:
        gc.enable()
