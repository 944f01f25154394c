// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.TypeName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names of types, PostgreSQL's aliases among them. */
final class TypeNames {
  /** {@code FLOAT(n)} up to this is REAL, beyond it DOUBLE PRECISION. */
  private static final int REAL_BITS = 24;

  private static final int DOUBLE_BITS = 53;

  /** Longest VARCHAR(n) and CHAR(n). */
  private static final int LENGTH_MAX = 10_485_760;

  private static final int PRECISION_MAX = 1_000;
  private static final int SECONDS_DIGITS_MAX = 6;

  private static final Map<String, SqlType> TYPES =
      Map.ofEntries(
          Map.entry("boolean", SqlType.BOOLEAN),
          Map.entry("bool", SqlType.BOOLEAN),
          Map.entry("smallint", SqlType.SMALLINT),
          Map.entry("int2", SqlType.SMALLINT),
          Map.entry("integer", SqlType.INTEGER),
          Map.entry("int", SqlType.INTEGER),
          Map.entry("int4", SqlType.INTEGER),
          Map.entry("bigint", SqlType.BIGINT),
          Map.entry("int8", SqlType.BIGINT),
          Map.entry("real", SqlType.REAL),
          Map.entry("float4", SqlType.REAL),
          Map.entry("double precision", SqlType.DOUBLE_PRECISION),
          Map.entry("float8", SqlType.DOUBLE_PRECISION),
          Map.entry("float", SqlType.DOUBLE_PRECISION),
          Map.entry("numeric", SqlType.NUMERIC),
          Map.entry("decimal", SqlType.NUMERIC),
          Map.entry("dec", SqlType.NUMERIC),
          Map.entry("text", SqlType.TEXT),
          Map.entry("name", SqlType.NAME),
          Map.entry("\"char\"", SqlType.INTERNAL_CHAR),
          Map.entry("oid", SqlType.OID),
          Map.entry("xid", SqlType.XID),
          Map.entry("int2vector", SqlType.INT2VECTOR),
          Map.entry("oidvector", SqlType.OIDVECTOR),
          Map.entry("regclass", SqlType.REGCLASS),
          Map.entry("regtype", SqlType.REGTYPE),
          Map.entry("regproc", SqlType.REGPROC),
          Map.entry("regprocedure", SqlType.Scalar.REGPROCEDURE),
          Map.entry("regoper", SqlType.Scalar.REGOPER),
          Map.entry("regoperator", SqlType.Scalar.REGOPERATOR),
          Map.entry("regnamespace", SqlType.Scalar.REGNAMESPACE),
          Map.entry("regrole", SqlType.Scalar.REGROLE),
          Map.entry("regcollation", SqlType.Scalar.REGCOLLATION),
          Map.entry("pg_node_tree", SqlType.Scalar.NODE_TREE),
          Map.entry("aclitem", SqlType.Scalar.ACLITEM),
          Map.entry("varchar", SqlType.VARCHAR),
          Map.entry("character varying", SqlType.VARCHAR),
          Map.entry("char varying", SqlType.VARCHAR),
          Map.entry("bpchar", SqlType.CHAR),
          Map.entry("char", SqlType.character(1)),
          Map.entry("character", SqlType.character(1)),
          Map.entry("bytea", SqlType.BYTEA),
          Map.entry("uuid", SqlType.UUID),
          Map.entry("date", SqlType.DATE),
          Map.entry("time", SqlType.TIME),
          Map.entry("time without time zone", SqlType.TIME),
          Map.entry("timestamp", SqlType.TIMESTAMP),
          Map.entry("timestamp without time zone", SqlType.TIMESTAMP),
          Map.entry("timestamptz", SqlType.TIMESTAMPTZ),
          Map.entry("timestamp with time zone", SqlType.TIMESTAMPTZ),
          Map.entry("interval", SqlType.INTERVAL));

  private static final Set<String> NOT_YET =
      Set.of(
          "timetz",
          "time with time zone",
          "json",
          "jsonb",
          "xml",
          "inet",
          "cidr",
          "macaddr",
          "money",
          "bit",
          "varbit",
          "bit varying",
          "serial",
          "bigserial",
          "smallserial",
          "serial4",
          "serial8",
          "serial2",
          "point",
          "line",
          "box",
          "path",
          "polygon",
          "circle",
          "tsvector",
          "tsquery",
          "hstore",
          "int4range",
          "int8range",
          "numrange",
          "tsrange",
          "tstzrange",
          "daterange");

  private TypeNames() {}

  static SqlType resolve(TypeName type) {
    String name = type.name();
    String base = name.startsWith("pg_catalog.") ? name.substring("pg_catalog.".length()) : name;
    if (NOT_YET.contains(base)) {
      throw notYet(base, type);
    }
    SqlType found = TYPES.get(base);
    if (found == null) {
      throw undefined(type);
    }
    SqlType whole = type.modifiers().isEmpty() ? found : modified(found.unmodified(), base, type);
    if (type.array() && whole instanceof SqlType.Array) {
      throw notYet(base + "[]", type);
    }
    return type.array() ? new SqlType.Array(whole) : whole;
  }

  /** The type of a column that is stored. */
  static SqlType stored(TypeName written) {
    SqlType type = resolve(written);
    SqlType element = type instanceof SqlType.Array array ? array.element() : type;
    boolean vector = type instanceof SqlType.Array array && array.vector();
    boolean bare = element == SqlType.OID || element == SqlType.NAME;
    boolean own = bare || element == SqlType.INTERNAL_CHAR;
    if (vector || !own && CatalogCasts.concern(element.unmodified(), element.unmodified())) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              "columns of type " + type.sqlName() + " are not supported in tables")
          .at(written.span().position());
    }
    return type;
  }

  private static SqlType modified(SqlType found, String base, TypeName type) {
    int first = type.modifiers().getFirst();
    if (base.equals("float")) {
      return floating(first, type);
    }
    if (found == SqlType.NUMERIC) {
      return numeric(type);
    }
    if (type.modifiers().size() == 1) {
      if (found == SqlType.VARCHAR || found == SqlType.CHAR) {
        return text(found, first, type);
      }
      boolean seconds =
          found == SqlType.TIME
              || found == SqlType.TIMESTAMP
              || found == SqlType.TIMESTAMPTZ
              || found == SqlType.INTERVAL;
      if (seconds) {
        int digits = Math.min(first, SECONDS_DIGITS_MAX);
        return new SqlType.Modified(SqlType.scalarOf(found).orElseThrow(), digits, 0);
      }
    }
    throw new DistDbException(
            ErrorCode.SYNTAX_ERROR, "type modifier is not allowed for type \"" + base + "\"")
        .at(type.span().position());
  }

  private static SqlType floating(int bits, TypeName type) {
    if (bits < 1 || bits > DOUBLE_BITS) {
      throw invalid(
          type,
          bits < 1
              ? "precision for type float must be at least 1 bit"
              : "precision for type float must be less than 54 bits");
    }
    return bits <= REAL_BITS ? SqlType.REAL : SqlType.DOUBLE_PRECISION;
  }

  private static SqlType text(SqlType found, int length, TypeName type) {
    String name = found == SqlType.CHAR ? "char" : "varchar";
    if (length < 1) {
      throw invalid(type, "length for type " + name + " must be at least 1");
    }
    if (length > LENGTH_MAX) {
      throw invalid(type, "length for type " + name + " cannot exceed " + LENGTH_MAX);
    }
    return found == SqlType.CHAR ? SqlType.character(length) : SqlType.varchar(length);
  }

  private static SqlType numeric(TypeName type) {
    int precision = type.modifiers().getFirst();
    int scale = type.modifiers().size() > 1 ? type.modifiers().get(1) : 0;
    if (type.modifiers().size() > 2) {
      throw invalid(type, "invalid NUMERIC type modifier");
    }
    if (precision < 1 || precision > PRECISION_MAX) {
      throw invalid(
          type, "NUMERIC precision " + precision + " must be between 1 and " + PRECISION_MAX);
    }
    if (scale < -PRECISION_MAX || scale > PRECISION_MAX) {
      throw invalid(
          type,
          "NUMERIC scale "
              + scale
              + " must be between -"
              + PRECISION_MAX
              + " and "
              + PRECISION_MAX);
    }
    return SqlType.numeric(precision, scale);
  }

  private static DistDbException invalid(TypeName type, String message) {
    return new DistDbException(ErrorCode.INVALID_PARAMETER_VALUE, message)
        .at(type.span().position());
  }

  private static DistDbException notYet(String name, TypeName type) {
    return new DistDbException(
            ErrorCode.FEATURE_NOT_SUPPORTED, "type " + name + " is not supported yet")
        .withHint("docs/sql-compatibility.md lists the types there are.")
        .at(type.span().position());
  }

  private static DistDbException undefined(TypeName type) {
    DistDbException error =
        new DistDbException(
                ErrorCode.UNDEFINED_OBJECT, "type \"" + type.name() + "\" does not exist")
            .at(type.span().position());
    List<String> names = TYPES.keySet().stream().sorted().toList();
    return Suggestion.nearest(type.name(), names)
        .map(near -> error.withHint("Perhaps you meant " + near + "."))
        .orElse(error);
  }
}
