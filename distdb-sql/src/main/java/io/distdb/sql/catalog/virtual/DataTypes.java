// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import io.distdb.api.type.SqlType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A type as {@code information_schema.columns} takes it apart; null is unknown or endless. */
record DataTypes(
    String name,
    Integer length,
    Integer octets,
    Integer precision,
    Integer radix,
    Integer scale,
    Integer datetimePrecision) {
  private static final Pattern MODIFIERS = Pattern.compile("\\((\\d+)(?:,(-?\\d+))?\\)");
  private static final int OCTETS_PER_CHARACTER = 4;
  private static final int OCTETS_MAX = 1 << 30;

  static DataTypes of(SqlType type) {
    if (type instanceof SqlType.Array) {
      return plain("ARRAY");
    }
    String base = type.unmodified().sqlName();
    Matcher matcher = MODIFIERS.matcher(type.sqlName());
    boolean modified = matcher.find();
    Integer first = modified ? Integer.valueOf(matcher.group(1)) : null;
    Integer second =
        modified && matcher.group(2) != null ? Integer.valueOf(matcher.group(2)) : null;
    return switch (base) {
      case "smallint" -> number(base, 16, 2, 0);
      case "integer" -> number(base, 32, 2, 0);
      case "bigint" -> number(base, 64, 2, 0);
      case "real" -> number(base, 24, 2, null);
      case "double precision" -> number(base, 53, 2, null);
      case "numeric" ->
          number(
              base, first, 10, first == null ? null : second == null ? Integer.valueOf(0) : second);
      case "text", "character varying", "character" ->
          new DataTypes(
              base,
              first,
              first == null ? OCTETS_MAX : first * OCTETS_PER_CHARACTER,
              null,
              null,
              null,
              null);
      case "date" -> new DataTypes(base, null, null, null, null, null, 0);
      default ->
          base.startsWith("time") || base.equals("interval")
              ? new DataTypes(base, null, null, null, null, null, first == null ? 6 : first)
              : plain(base);
    };
  }

  private static DataTypes plain(String name) {
    return new DataTypes(name, null, null, null, null, null, null);
  }

  private static DataTypes number(String name, Integer precision, int radix, Integer scale) {
    return new DataTypes(name, null, null, precision, radix, scale, null);
  }
}
