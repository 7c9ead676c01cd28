"""Works and those who make them: music, films, books."""

from __future__ import annotations

from seedfast.values.kind import ValueKind
from seedfast.values.semantic.declare import code_kind, frames_kind, pool_kind, stem_kind
from seedfast.values.semantic.pools import pool
from seedfast.values.semantic.text import Words, group_of


def kinds() -> tuple[ValueKind, ...]:
    """Return the kinds that works have."""
    return (
        frames_kind("media.track_title", "titles of songs", "media/track"),
        frames_kind("media.album_title", "titles of albums", "media/album"),
        frames_kind("media.artist", "names of bands", "media/artist"),
        frames_kind("media.film_title", "titles of films", "media/film"),
        frames_kind("media.book_title", "titles of books", "media/book"),
        frames_kind("media.playlist", "names of playlists", "media/playlist"),
        frames_kind("media.plot", "what a film is about", "media/plot"),
        stem_kind(
            "media.genre",
            "genres of music, film or book",
            lambda p: Words(pool(f"media/genre.{p.get('of') or 'music'}"), group=group_of(p), purpose="genre"),
            params={"of": "music, film or book"},
        ),
        pool_kind("media.format", "formats of recordings", "media/format"),
        pool_kind("media.rating", "ratings by age", "media/rating"),
        pool_kind("media.feature", "extras of a recording", "media/feature"),
        code_kind("media.doi", "identifiers in the form of a DOI, of no paper", "'10.5555/'xxxxxxxx"),
    )
