"""SQLAlchemy (over psycopg2) against the node at PGHOST and PGPORT; run by clients/run."""

import decimal

import sqlalchemy as sa
from parts import equal, run
from sqlalchemy.orm import Session, declarative_base, relationship, selectinload

engine = sa.create_engine("postgresql+psycopg2://", future=True)
Base = declarative_base()


class Author(Base):
    __tablename__ = "author"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(40), nullable=False, comment="as printed")
    books = relationship("Book", back_populates="author", cascade="all, delete-orphan")
    __table_args__ = (sa.UniqueConstraint("name", name="author_name"), {"comment": "who writes"})


class Book(Base):
    __tablename__ = "book"
    id = sa.Column(sa.BigInteger, sa.Sequence("book_numbers"), primary_key=True)
    title = sa.Column(sa.Text, nullable=False)
    price = sa.Column(sa.Numeric(8, 2), server_default="9.99")
    author_id = sa.Column(sa.ForeignKey("author.id", ondelete="CASCADE", name="book_author"), nullable=False)
    author = relationship("Author", back_populates="books")
    __table_args__ = (sa.Index("book_title", "title"), sa.CheckConstraint("price > 0", name="book_price"))


def create_all():
    Base.metadata.create_all(engine)
    Base.metadata.create_all(engine)  # finds them
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE VIEW cheap AS SELECT id, title FROM book WHERE price < 10"))


def inspector_tables_and_columns():
    inspector = sa.inspect(engine)
    equal(["author", "book"], sorted(inspector.get_table_names()))
    equal(True, "public" in inspector.get_schema_names())
    equal(True, inspector.has_table("book"))
    columns = {column["name"]: column for column in inspector.get_columns("book")}
    equal(["id", "title", "price", "author_id"], list(columns))
    equal(["BIGINT", "TEXT", "NUMERIC(8, 2)", "INTEGER"], [str(column["type"]) for column in columns.values()])
    equal([False, False, True, False], [column["nullable"] for column in columns.values()])
    equal(True, "9.99" in columns["price"]["default"])
    name = inspector.get_columns("author")[1]
    equal(("VARCHAR(40)", "as printed"), (str(name["type"]), name["comment"]))
    equal(True, inspector.get_columns("author")[0]["autoincrement"])


def inspector_keys_indexes_and_constraints():
    inspector = sa.inspect(engine)
    equal({"constrained_columns": ["id"], "name": "book_pkey"},
          {key: inspector.get_pk_constraint("book")[key] for key in ("constrained_columns", "name")})
    key = inspector.get_foreign_keys("book")[0]
    equal(("book_author", ["author_id"], "author", ["id"], {"ondelete": "CASCADE"}),
          tuple(key[part] for part in ("name", "constrained_columns", "referred_table", "referred_columns", "options")))
    index = inspector.get_indexes("book")[0]
    equal(("book_title", ["title"], False), (index["name"], index["column_names"], index["unique"]))
    equal([("author_name", ["name"])], [(u["name"], u["column_names"]) for u in inspector.get_unique_constraints("author")])
    equal(["book_price"], [check["name"] for check in inspector.get_check_constraints("book")])


def inspector_views_comments_and_sequences():
    inspector = sa.inspect(engine)
    equal(["cheap"], inspector.get_view_names())
    equal(True, "book" in inspector.get_view_definition("cheap"))
    equal("who writes", inspector.get_table_comment("author")["text"])
    equal(True, "book_numbers" in inspector.get_sequence_names())


def orm_with_relations():
    with Session(engine) as session:
        author = Author(name="Ursula", books=[Book(title="One", price=decimal.Decimal("12.50")), Book(title="Two")])
        session.add_all([author, Author(name="Stanislaw", books=[Book(title="Three")])])
        session.commit()
        equal(decimal.Decimal("9.99"), author.books[1].price)
    with Session(engine) as session:
        found = session.scalars(sa.select(Author).options(selectinload(Author.books)).order_by(Author.name)).all()
        equal([("Stanislaw", ["Three"]), ("Ursula", ["One", "Two"])],
              [(author.name, [book.title for book in author.books]) for author in found])
        counts = session.execute(
            sa.select(Author.name, sa.func.count(Book.id)).join(Book).group_by(Author.name).order_by(Author.name)).all()
        equal([("Stanislaw", 1), ("Ursula", 2)], [tuple(row) for row in counts])
        found[1].books[0].title = "Changed"
        session.delete(found[0])
        session.commit()
        equal(["Changed", "Two"], session.scalars(sa.select(Book.title).order_by(Book.title)).all())


def rollback():
    with Session(engine) as session:
        session.add(Author(name="Gone"))
        session.flush()
        session.rollback()
        equal(1, session.scalar(sa.select(sa.func.count()).select_from(Author)))
        with session.begin_nested() as savepoint:
            session.add(Author(name="Gone"))
            session.flush()
            savepoint.rollback()
        equal(["Ursula"], session.scalars(sa.select(Author.name)).all())
    try:
        with Session(engine) as session:
            session.add(Author(name="Ursula"))
            session.commit()
        raise AssertionError("a second Ursula")
    except sa.exc.IntegrityError as error:
        equal("23505", error.orig.pgcode)


def reflection():
    metadata = sa.MetaData()
    book = sa.Table("book", metadata, autoload_with=engine)
    equal(["author", "book"], sorted(metadata.tables))
    equal("author.id", next(iter(book.c.author_id.foreign_keys)).target_fullname)
    equal(["book_title"], [index.name for index in book.indexes])
    with engine.connect() as connection:
        equal(2, len(connection.execute(sa.select(book)).all()))


def insert_on_conflict_and_returning():
    from sqlalchemy.dialects.postgresql import insert
    with engine.begin() as connection:
        statement = insert(Author).values(name="Ursula").on_conflict_do_update(
            constraint="author_name", set_={"name": "Ursula K."}).returning(Author.name)
        equal("Ursula K.", connection.scalar(statement))


def drop_all():
    with engine.begin() as connection:
        connection.execute(sa.text("DROP VIEW cheap"))
    Base.metadata.drop_all(engine)
    equal([], sa.inspect(engine).get_table_names())


run("sqlalchemy", [
    create_all, inspector_tables_and_columns, inspector_keys_indexes_and_constraints,
    inspector_views_comments_and_sequences, orm_with_relations, rollback, reflection,
    insert_on_conflict_and_returning, drop_all,
])
