"""A merchant never sees another's row: each statement on a merchant's table names merchant_id.

A statement that truly means all merchants says why, on the first or the last line of its string:
`# every merchant: the reason`.
"""

from __future__ import annotations

import ast
import re

from tests.house import sql, tree

WAIVER = re.compile(r"# every merchant: \S")
MIGRATION = """
def upgrade():
    op.create_table("message", sa.Column("id"), sa.Column("merchant_id", nullable=False))
    op.create_table("merchant", sa.Column("id"))
    op.execute("create table note (id integer, merchant_id integer)")
"""


def open_statements(source: str, tables: set[str]) -> list[str]:
    """The statements on these tables that name no merchant and give no reason."""
    lines = source.splitlines()
    return [
        f"{found.first}: {' '.join(found.text.split())[:80]}"
        for found in sql.statements(ast.parse(source))
        if found.tables & tables
        and not re.search(r"\bmerchant_id\b", found.text)
        and not any(WAIVER.search(lines[at - 1]) for at in (found.first, found.last))
    ]


def tables_here() -> set[str]:
    """All tables of the house that have a merchant_id."""
    migrations = tree.under("kaiwa/migrations/versions")
    return set().union(*(sql.tables_of_merchants(tree.parse(path)) for path in migrations))


def test_every_statement_names_its_merchant() -> None:
    tables = tables_here()
    found = [
        f"{tree.short(path)}:{statement}"
        for path in tree.under("kaiwa")
        if not tree.is_migration(path)
        for statement in open_statements(path.read_text(encoding="utf-8"), tables)
    ]
    assert found == []


def test_tables_are_known_once_there_are_migrations() -> None:
    migrations = tree.under("kaiwa/migrations/versions")
    creates = any("create_table" in path.read_text(encoding="utf-8") for path in migrations)
    assert bool(tables_here()) == creates


def test_tables_are_read_from_a_migration() -> None:
    assert sql.tables_of_merchants(ast.parse(MIGRATION)) == {"message", "note"}


def test_an_open_statement_is_seen_however_it_is_written() -> None:
    source = '''
def f(s, extra):
    """Select a message from message: this is prose."""
    s.all("select id from message where id = :id")
    s.all(f"""
        SELECT m.id FROM note AS n, message m {extra}
    """)
    s.run("update message " + "set state = 1")
    s.run("with old as (delete from message returning id) select 1")
    s.run("insert into message (id) "
          "values (1)")
    s.one("select 1 from merchant join message on true")
'''
    assert [line.split(":")[0] for line in open_statements(source, {"message"})] == [
        "4", "5", "8", "9", "10", "12",
    ]  # fmt: skip


def test_a_closed_or_explained_statement_passes() -> None:
    source = '''
s.all("select id from message where merchant_id = :m")
s.all(f"select {COLUMNS} from message where {of(merchant_id)}")
s.all("select id from message")  # every merchant: the delivery worker claims for all
s.all("""
    delete from message
""")  # every merchant: retention
s.all("select message from setting")
say("Select a product from the list")
'''
    assert open_statements(source, {"message"}) == []


def test_a_waiver_needs_a_reason() -> None:
    source = 's.all("select id from message")  # every merchant: \n'
    assert open_statements(source, {"message"}) == ["1: select id from message"]
