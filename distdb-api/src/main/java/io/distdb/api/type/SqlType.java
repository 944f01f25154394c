// SPDX-License-Identifier: MIT
package io.distdb.api.type;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A SQL type. {@link Scalar}s are the types without modifiers; {@link Modified} adds a length or
 * precision to one; {@link Array} is any number of dimensions of one.
 *
 * <p>Functions and operators are chosen by {@link #unmodified} types; a modifier matters where a
 * value goes into a column or through a cast.
 */
public sealed interface SqlType permits SqlType.Scalar, SqlType.Modified, SqlType.Array, RowType {
  /** The name as PostgreSQL prints it, such as {@code numeric(10,2)}. */
  String sqlName();

  /** The type without lengths and precisions. */
  SqlType unmodified();

  /** PostgreSQL's name for headings: {@code int4}, {@code _text}. */
  String shortName();

  /** Types without modifiers, and the bases of those with. */
  enum Scalar implements SqlType {
    BOOLEAN("boolean", "bool"),
    SMALLINT("smallint", "int2"),
    INTEGER("integer", "int4"),
    BIGINT("bigint", "int8"),
    REAL("real", "float4"),
    DOUBLE_PRECISION("double precision", "float8"),
    /** Unconstrained. */
    NUMERIC("numeric", "numeric"),
    TEXT("text", "text"),
    /** Of any length. */
    VARCHAR("character varying", "varchar"),
    /** {@code bpchar}: of any length; trailing blanks do not count. */
    CHAR("character", "bpchar"),
    BYTEA("bytea", "bytea"),
    DATE("date", "date"),
    TIME("time without time zone", "time"),
    TIMESTAMP("timestamp without time zone", "timestamp"),
    TIMESTAMPTZ("timestamp with time zone", "timestamptz"),
    INTERVAL("interval", "interval"),
    UUID("uuid", "uuid"),
    /** Number of an object of the catalog: 32 bits without sign. */
    OID("oid", "oid"),
    /** Name of an object of the catalog: a text of at most 63 bytes. */
    NAME("name", "name"),
    /** {@code "char"}: one byte. */
    INTERNAL_CHAR("\"char\"", "char"),
    REGCLASS("regclass", "regclass"),
    REGTYPE("regtype", "regtype"),
    REGPROC("regproc", "regproc"),
    REGPROCEDURE("regprocedure", "regprocedure"),
    REGOPER("regoper", "regoper"),
    REGOPERATOR("regoperator", "regoperator"),
    REGNAMESPACE("regnamespace", "regnamespace"),
    REGROLE("regrole", "regrole"),
    REGCOLLATION("regcollation", "regcollation"),
    /** Of columns of the catalog alone, as those below: 32 bits without sign. */
    XID("xid", "xid"),
    ACLITEM("aclitem", "aclitem"),
    /** What functions answer that make one; a text. */
    JSON("json", "json"),
    NODE_TREE("pg_node_tree", "pg_node_tree"),
    LSN("pg_lsn", "pg_lsn"),
    INET("inet", "inet"),
    /** An array whose element type differs from row to row. */
    ANYARRAY("anyarray", "anyarray");

    private final String sqlName;
    private final String shortName;

    Scalar(String sqlName, String shortName) {
      this.sqlName = sqlName;
      this.shortName = shortName;
    }

    @Override
    public String sqlName() {
      return sqlName;
    }

    @Override
    public String shortName() {
      return shortName;
    }

    @Override
    public SqlType unmodified() {
      return this;
    }

    /** Whether a value is a number of the catalog and the name that goes with it. */
    public boolean isReference() {
      return switch (this) {
        case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR -> true;
        case REGNAMESPACE, REGROLE, REGCOLLATION -> true;
        case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, NUMERIC -> false;
        case TEXT, VARCHAR, CHAR, BYTEA, DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> false;
        case INTERVAL, UUID, OID, NAME, INTERNAL_CHAR -> false;
        case XID, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY -> false;
      };
    }
  }

  /**
   * A type with modifiers.
   *
   * @param base NUMERIC, VARCHAR, CHAR, TIME, TIMESTAMP, TIMESTAMPTZ or INTERVAL
   * @param size the precision of NUMERIC, the length in characters of VARCHAR and CHAR, the digits
   *     of fractional seconds (0 to 6) of the others
   * @param scale of NUMERIC, which may be negative or above the precision; else 0
   */
  record Modified(Scalar base, int size, int scale) implements SqlType {
    public Modified {
      Objects.requireNonNull(base, "base");
    }

    @Override
    public String sqlName() {
      String name = base.sqlName();
      String modifiers = base == Scalar.NUMERIC ? size + "," + scale : Integer.toString(size);
      int words = base == Scalar.VARCHAR || base == Scalar.CHAR ? -1 : name.indexOf(' ');
      return words < 0
          ? name + "(" + modifiers + ")"
          : name.substring(0, words) + "(" + modifiers + ")" + name.substring(words);
    }

    @Override
    public String shortName() {
      return base.shortName();
    }

    @Override
    public SqlType unmodified() {
      return base;
    }
  }

  /**
   * @param element a scalar, with or without modifiers
   * @param vector whether it is {@code int2vector} or {@code oidvector}, the arrays of the catalog
   *     that count from 0 and are written without braces
   */
  record Array(SqlType element, boolean vector) implements SqlType {
    public Array {
      Objects.requireNonNull(element, "element");
      if (element instanceof Array) {
        throw new IllegalArgumentException("an array of arrays is an array of more dimensions");
      }
    }

    public Array(SqlType element) {
      this(element, false);
    }

    @Override
    public String sqlName() {
      return vector ? shortName() : element.sqlName() + "[]";
    }

    @Override
    public String shortName() {
      return vector ? element.shortName() + "vector" : "_" + element.shortName();
    }

    @Override
    public SqlType unmodified() {
      SqlType bare = element.unmodified();
      return bare.equals(element) ? this : new Array(bare);
    }
  }

  SqlType BOOLEAN = Scalar.BOOLEAN;
  SqlType SMALLINT = Scalar.SMALLINT;
  SqlType INTEGER = Scalar.INTEGER;
  SqlType BIGINT = Scalar.BIGINT;
  SqlType REAL = Scalar.REAL;
  SqlType DOUBLE_PRECISION = Scalar.DOUBLE_PRECISION;
  SqlType NUMERIC = Scalar.NUMERIC;
  SqlType TEXT = Scalar.TEXT;
  SqlType VARCHAR = Scalar.VARCHAR;
  SqlType CHAR = Scalar.CHAR;
  SqlType BYTEA = Scalar.BYTEA;
  SqlType DATE = Scalar.DATE;
  SqlType TIME = Scalar.TIME;
  SqlType TIMESTAMP = Scalar.TIMESTAMP;
  SqlType TIMESTAMPTZ = Scalar.TIMESTAMPTZ;
  SqlType INTERVAL = Scalar.INTERVAL;
  SqlType UUID = Scalar.UUID;
  SqlType OID = Scalar.OID;
  SqlType NAME = Scalar.NAME;
  SqlType INTERNAL_CHAR = Scalar.INTERNAL_CHAR;
  SqlType REGCLASS = Scalar.REGCLASS;
  SqlType REGTYPE = Scalar.REGTYPE;
  SqlType REGPROC = Scalar.REGPROC;
  SqlType XID = Scalar.XID;
  SqlType INT2VECTOR = new Array(Scalar.SMALLINT, true);
  SqlType OIDVECTOR = new Array(Scalar.OID, true);

  static SqlType numeric(int precision, int scale) {
    return new Modified(Scalar.NUMERIC, precision, scale);
  }

  static SqlType varchar(int length) {
    return new Modified(Scalar.VARCHAR, length, 0);
  }

  static SqlType character(int length) {
    return new Modified(Scalar.CHAR, length, 0);
  }

  /** The array type over {@code element}. */
  static SqlType arrayOf(SqlType element) {
    return new Array(element);
  }

  /** The scalar that {@code type} is, modifiers aside; absent for an array or a row. */
  static Optional<Scalar> scalarOf(SqlType type) {
    return switch (type) {
      case Scalar scalar -> Optional.of(scalar);
      case Modified modified -> Optional.of(modified.base());
      case Array array -> Optional.empty();
      case RowType row -> Optional.empty();
    };
  }

  /** The type that {@link #sqlName} calls {@code name}; absent when there is none. */
  static Optional<SqlType> named(String name) {
    if (name.endsWith("vector")) {
      return Stream.of(INT2VECTOR, OIDVECTOR).filter(v -> v.sqlName().equals(name)).findFirst();
    }
    if (name.endsWith("[]")) {
      return named(name.substring(0, name.length() - 2)).map(SqlType::arrayOf);
    }
    int open = name.indexOf('(');
    int close = name.indexOf(')');
    String bare = open < 0 ? name : name.substring(0, open) + name.substring(close + 1);
    for (Scalar scalar : Scalar.values()) {
      if (scalar.sqlName().equals(bare)) {
        return open < 0
            ? Optional.of(scalar)
            : Optional.of(modified(scalar, name.substring(open + 1, close)));
      }
    }
    return Optional.empty();
  }

  private static SqlType modified(Scalar base, String modifiers) {
    int comma = modifiers.indexOf(',');
    int size = Integer.parseInt(comma < 0 ? modifiers : modifiers.substring(0, comma));
    return new Modified(
        base, size, comma < 0 ? 0 : Integer.parseInt(modifiers.substring(comma + 1)));
  }
}
