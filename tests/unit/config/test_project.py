"""What a project's own file says."""

import pytest

from seedfast import project
from seedfast.errors import UsageError


def test_the_nearest_file_above_is_the_projects(tmp_path):
    inside = tmp_path / "app" / "src"
    inside.mkdir(parents=True)
    (tmp_path / "seedfast.toml").write_text("[columns]\n")
    assert project.find(inside) == tmp_path / "seedfast.toml"
    (tmp_path / "app" / "seedfast.toml").write_text("[columns]\n")
    assert project.find(inside) == tmp_path / "app" / "seedfast.toml"


def test_columns_and_settings_are_named_in_quotes_or_below_their_table(tmp_path):
    path = tmp_path / "seedfast.toml"
    path.write_text(
        """
        [columns]
        "users.plan" = "person.job"
        "audit.log.what" = { values = ["a", "b"] }
        [columns.orders]
        kind = "web|shop"
        "odd.name" = 3
        [session]
        "app.tenant" = 7
        app.debug = true
        role = "ann"
        """
    )
    read = project.read(path)
    assert read.columns == {
        "users.plan": "person.job",
        "audit.log.what": {"values": ["a", "b"]},
        "orders.kind": "web|shop",
        'orders."odd.name"': 3,
    }
    assert read.session == {"app.tenant": "7", "app.debug": "true", "role": "ann"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[colums]\n", "[columns]"),
        ("columns = 3\n", "[columns]"),
        ("[columns]\nplan = 'x'\n", "TABLE.COLUMN"),
        ("[session]\n'app.tenant' = [1]\n", "app.tenant"),
        ("[columns\n", "TOML"),
    ],
)
def test_what_is_wrong_is_named_with_the_file(tmp_path, text, said):
    path = tmp_path / "seedfast.toml"
    path.write_text(text)
    with pytest.raises(UsageError) as error:
        project.read(path)
    assert error.value.code == "SF-PROJECT-FILE" and str(path) in error.value.message and said in error.value.hint
