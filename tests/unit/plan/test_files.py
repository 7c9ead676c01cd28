"""What a row says of its file agrees."""

from __future__ import annotations

import pytest

from seedfast.values.semantic import pools
from tests.unit.plan.written import drawn, planned, table

FILES = pools.columns("files")
MIME = dict(zip(FILES["extension"].texts, FILES["mime_type"].texts, strict=True))
SORT = dict(zip(FILES["extension"].texts, FILES["sort"].texts, strict=True))


@pytest.mark.parametrize("name", ["attachments", "uploads", "ticket_documents"])
def test_name_type_and_measures_are_of_one_file(name: str) -> None:
    made = table(
        name, "id int!", "file_name text!", "extension varchar(8)!", "content_type text!", "file_size bigint!",
        "storage_path text!", "download_url text!", "width int", "height int", "duration_seconds int",
    )  # fmt: skip
    rows = drawn(made, rows=500)[name]
    if name != "ticket_documents":
        assert len({row["extension"] for row in rows}) > 8
    for row in rows:
        ending = row["extension"]
        assert row["file_name"].endswith(f".{ending}") and row["content_type"] == MIME[ending]
        assert row["storage_path"].endswith(f"/{row['file_name']}") and row["download_url"].endswith(
            f"/{row['file_name']}"
        )
        low, high = (int(FILES[end].texts[FILES["extension"].texts.index(ending)]) for end in ("low", "high"))
        assert low <= row["file_size"] <= high
        assert (row["width"] is None or SORT[ending] in ("image", "video")) and row["height"] != 0
        assert row["duration_seconds"] is None or SORT[ending] in ("audio", "video")


def test_photos_are_pictures_with_a_width() -> None:
    rows = drawn(table("photos", "id int!", "filename text!", "mime_type text!", "width int!", "height int!"))["photos"]
    assert all(row["mime_type"].startswith("image/") and row["width"] > 0 for row in rows)


def test_a_file_has_a_name_of_its_own_where_it_must_and_room_for_its_ending_where_there_is_little() -> None:
    made = table(
        "files", "id int!", "filename varchar(14)!", "mime_type text!", "object_key text!", unique="object_key"
    )
    rows = drawn(made, rows=400)["files"]
    assert len({row["object_key"] for row in rows}) == 400
    assert all(MIME[row["filename"].rpartition(".")[2]] == row["mime_type"] for row in rows)


def test_a_request_is_no_file() -> None:
    made = table("requests", "id int!", "path text!", "content_type text!", "url text!", "bytes int!")
    kinds = {column.generators[0].kind for column in planned(made).table(made.name).columns}
    assert not any(kind.startswith("file.") for kind in kinds)
