"""psycopg2 against the node at PGHOST and PGPORT; run by clients/run."""

import datetime
import decimal
import io
import select
import threading
import time
import uuid

import psycopg2
import psycopg2.errors
import psycopg2.extras
from parts import equal, run

psycopg2.extras.register_uuid()
connection = psycopg2.connect("")  # from PGHOST and its kin


def ask(sql, values=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def fails(kind, sql, values=None):
    try:
        ask(sql, values)
    except kind as error:
        connection.rollback()
        return error
    raise AssertionError(f"{sql} did not fail")


def parameters_and_types():
    values = (
        7, 2**62, "it's %", True, 1.5, decimal.Decimal("12.50"), datetime.date(2024, 2, 29),
        datetime.datetime(2024, 2, 29, 12, 30, 15, 250000), datetime.timedelta(days=1, hours=2), None,
        uuid.UUID("123e4567-e89b-12d3-a456-426614174000"),
    )
    equal([values], ask("SELECT %s, %s, %s, %s, %s::float8, %s, %s, %s, %s, %s, %s", values))
    equal(b"\x00\xff", bytes(ask("SELECT %s", (psycopg2.Binary(b"\x00\xff"),))[0][0]))
    zone = ask("SELECT timestamptz '2024-02-29 12:00:00+02'")[0][0]
    equal(datetime.datetime(2024, 2, 29, 10, tzinfo=datetime.timezone.utc), zone)


def arrays_and_lists():
    equal([([1, 2, 3], ["a,b", '"q"', None], True)], ask("SELECT %s, %s, 2 = ANY(%s)", ([1, 2, 3], ["a,b", '"q"', None], [1, 2])))
    equal([(True,)], ask("SELECT 2 IN %s", ((1, 2),)))


def transactions():
    ask("CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL)")
    connection.commit()
    ask("INSERT INTO item VALUES (1, 'one')")
    connection.rollback()
    equal([], ask("SELECT * FROM item"))
    with connection:
        equal(1, ask("INSERT INTO item VALUES (%(id)s, %(name)s)", {"id": 1, "name": "one"}))
    equal(psycopg2.extensions.TRANSACTION_STATUS_IDLE, connection.get_transaction_status())
    with connection, connection.cursor() as cursor:
        psycopg2.extras.execute_values(cursor, "INSERT INTO item VALUES %s", [(n, str(n)) for n in range(2, 102)])
    equal([(101,)], ask("SELECT count(*) FROM item"))
    connection.rollback()
    connection.set_session(isolation_level="SERIALIZABLE", readonly=True)
    fails(psycopg2.errors.ReadOnlySqlTransaction, "DELETE FROM item")
    connection.set_session(isolation_level="DEFAULT", readonly=False)


def copy_in_and_out():
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE copied (id int, name text)")
        cursor.copy_expert("COPY copied FROM STDIN CSV", io.StringIO('1,"o,ne"\n2,\n'))
        equal(2, cursor.rowcount)
        out = io.StringIO()
        cursor.copy_expert("COPY (SELECT * FROM copied ORDER BY id) TO STDOUT CSV", out)
        equal("1,\"o,ne\"\n2,\n", out.getvalue())
        cursor.copy_from(io.StringIO("3\tthree\n"), "copied", columns=("id", "name"))
        cursor.copy_to(out := io.StringIO(), "copied", columns=("name",))
        equal(["\\N", "o,ne", "three"], sorted(out.getvalue().split("\n")[:-1]))


def named_cursors():
    with connection, connection.cursor("numbers") as cursor:
        cursor.itersize = 40
        cursor.execute("SELECT n FROM generate_series(1, 100) n")
        equal([(1,), (2,)], cursor.fetchmany(2))
        equal(list(range(3, 101)), [row[0] for row in cursor])
    with connection, connection.cursor("moves", scrollable=True) as cursor:
        cursor.execute("SELECT n FROM generate_series(1, 10) n")
        cursor.scroll(4)
        equal((5,), cursor.fetchone())
        cursor.scroll(-2)
        equal((4,), cursor.fetchone())


def listen_and_notify():
    other = psycopg2.connect("")
    other.autocommit = True
    with other.cursor() as cursor:
        cursor.execute("LISTEN news")
    with connection:
        ask("NOTIFY news, 'hello'")
    deadline = time.monotonic() + 10
    while not other.notifies and time.monotonic() < deadline:
        select.select([other], [], [], 1)
        other.poll()
    equal([("news", "hello")], [(heard.channel, heard.payload) for heard in other.notifies])
    other.close()


def errors_have_code_and_diagnosis():
    error = fails(psycopg2.errors.UniqueViolation, "INSERT INTO item VALUES (1, 'x')")
    equal(("23505", "public", "item", "item_pkey"),
          (error.pgcode, error.diag.schema_name, error.diag.table_name, error.diag.constraint_name))
    equal("Key (id)=(1) already exists.", error.diag.message_detail)
    error = fails(psycopg2.errors.UndefinedColumn, "SELECT nam FROM item")
    equal(("42703", "8", "ERROR"), (error.pgcode, error.diag.statement_position, error.diag.severity))
    equal("name", fails(psycopg2.errors.NotNullViolation, "INSERT INTO item VALUES (500, NULL)").diag.column_name)
    fails(psycopg2.errors.FeatureNotSupported, "SELECT %s::jsonb", (psycopg2.extras.Json({"a": [1]}),))


def cancel():
    timer = threading.Timer(0.5, connection.cancel)
    timer.start()
    started = time.monotonic()
    fails(psycopg2.errors.QueryCanceled, "SELECT pg_sleep(30)")
    if time.monotonic() - started > 10:
        raise AssertionError("cancelled too late")
    timer.join()


def notices_and_parameters():
    with connection:
        ask("DROP TABLE IF EXISTS nothing")
    equal(True, any("does not exist, skipping" in notice for notice in connection.notices))
    equal("UTF8", connection.encoding)
    equal("on", connection.get_parameter_status("standard_conforming_strings"))
    equal(True, connection.server_version >= 150000)


run("psycopg2", [
    parameters_and_types, arrays_and_lists, transactions, copy_in_and_out, named_cursors, listen_and_notify,
    errors_have_code_and_diagnosis, cancel, notices_and_parameters,
], after_failure=connection.rollback)
