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

  private static final Map<String, SqlType> TYPES =
      Map.ofEntries(
          Map.entry("integer", SqlType.INTEGER),
          Map.entry("int", SqlType.INTEGER),
          Map.entry("int4", SqlType.INTEGER),
          Map.entry("bigint", SqlType.BIGINT),
          Map.entry("int8", SqlType.BIGINT),
          Map.entry("text", SqlType.TEXT),
          Map.entry("varchar", SqlType.TEXT),
          Map.entry("character varying", SqlType.TEXT),
          Map.entry("boolean", SqlType.BOOLEAN),
          Map.entry("bool", SqlType.BOOLEAN),
          Map.entry("double precision", SqlType.DOUBLE_PRECISION),
          Map.entry("float8", SqlType.DOUBLE_PRECISION),
          Map.entry("float", SqlType.DOUBLE_PRECISION));

  private static final Set<String> NOT_YET =
      Set.of(
          "smallint",
          "int2",
          "real",
          "float4",
          "numeric",
          "decimal",
          "dec",
          "char",
          "character",
          "bpchar",
          "bytea",
          "date",
          "time",
          "timetz",
          "timestamp",
          "timestamptz",
          "interval",
          "uuid",
          "json",
          "jsonb",
          "xml",
          "inet",
          "cidr",
          "macaddr",
          "money",
          "bit",
          "varbit",
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
          "name",
          "oid",
          "regclass",
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
    int zone = base.indexOf(" with");
    String first = zone < 0 ? base : base.substring(0, zone);
    if (NOT_YET.contains(first)) {
      throw notYet(base, type);
    }
    if (type.array()) {
      throw notYet(base + "[]", type);
    }
    SqlType found = TYPES.get(base);
    if (found == null) {
      throw undefined(type);
    }
    return type.modifiers().isEmpty() ? found : modified(found, type);
  }

  private static SqlType modified(SqlType found, TypeName type) {
    if (found.equals(SqlType.TEXT) && !type.name().equals("text")) {
      throw notYet(type.name() + "(n)", type);
    }
    int bits = type.modifiers().getFirst();
    if (type.name().equals("float") && bits >= 1 && bits <= DOUBLE_BITS) {
      if (bits <= REAL_BITS) {
        throw notYet("real", type);
      }
      return found;
    }
    throw new DistDbException(
            ErrorCode.SYNTAX_ERROR, "type modifier is not allowed for type \"" + type.name() + "\"")
        .at(type.span().position());
  }

  private static DistDbException notYet(String name, TypeName type) {
    return new DistDbException(
            ErrorCode.FEATURE_NOT_SUPPORTED, "type " + name + " is not supported yet")
        .withHint("Types are INTEGER, BIGINT, DOUBLE PRECISION, TEXT and BOOLEAN.")
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
