// SPDX-License-Identifier: MIT
package io.distdb.sql.describe;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.analyze.SequenceNames;
import io.distdb.sql.function.TypeOutput;
import io.distdb.sql.logical.Expression;
import java.time.ZoneOffset;
import java.util.Optional;

/** Constants with their types, as PostgreSQL writes them out. */
final class Constants {
  private Constants() {}

  /** Where the place would convert a number by itself. */
  static String bare(Expression.Literal literal) {
    return number(literal).orElseGet(() -> typed(literal, false));
  }

  /** Of exactly its type: {@code (0)::numeric}, {@code 'a'::text}. */
  static String typed(Expression.Literal literal, boolean pretty) {
    SqlType type = literal.type().unmodified();
    if (literal.value() instanceof Value.BooleanValue truth) {
      return Boolean.toString(truth.value());
    }
    Optional<String> number = number(literal);
    if (number.isEmpty()) {
      return quoted(literal) + "::" + typeName(type);
    }
    boolean whole = number.get().indexOf('.') < 0;
    boolean own = type == SqlType.SMALLINT || type == SqlType.INTEGER || type == SqlType.BIGINT;
    if (own || type == SqlType.NUMERIC && !whole) {
      return number.get();
    }
    return (pretty ? number.get() : "(" + number.get() + ")") + "::" + typeName(type);
  }

  /** A number as it was probably written; negative ones have quotes and a type. */
  private static Optional<String> number(Expression.Literal literal) {
    return switch (literal.value()) {
      case Value.SmallintValue v -> Optional.of(whole(v.value()));
      case Value.IntegerValue v -> Optional.of(whole(v.value()));
      case Value.BigintValue v -> Optional.of(whole(v.value()));
      case Value.NumericValue v when v.value().isFinite() -> Optional.of(decimal(literal));
      case Value.RealValue v when Float.isFinite(v.value()) -> Optional.of(decimal(literal));
      case Value.DoubleValue v when Double.isFinite(v.value()) -> Optional.of(decimal(literal));
      default -> Optional.empty();
    };
  }

  private static String whole(long value) {
    if (value != (int) value) {
      return "'" + value + "'::bigint";
    }
    return value < 0 ? "'" + value + "'::integer" : Long.toString(value);
  }

  private static String decimal(Expression.Literal literal) {
    String digits = TypeOutput.text(literal.value(), ZoneOffset.UTC);
    boolean whole = digits.matches("-?[0-9]{1,9}");
    if (whole) {
      return whole(Long.parseLong(digits));
    }
    return digits.startsWith("-") ? "'" + digits + "'::numeric" : digits;
  }

  static String quoted(Expression.Literal literal) {
    if (literal.value() instanceof Value.Null) {
      return "NULL";
    }
    String text = TypeOutput.text(literal.value(), ZoneOffset.UTC);
    String quoted = "'" + text.replace("'", "''") + "'";
    return text.indexOf('\\') >= 0 ? "E" + quoted.replace("\\", "\\\\") : quoted;
  }

  /** CHARACTER without a length is not {@code character}, which has one of 1. */
  static String typeName(SqlType type) {
    return type == SqlType.CHAR ? "bpchar" : type.sqlName();
  }

  /** The name of a sequence as {@code nextval} is given it; absent when it is not written out. */
  static Optional<String> sequence(Expression argument, VisibleNames names) {
    if (!(argument instanceof Expression.Literal literal)
        || !(literal.value() instanceof Value.TextValue text)) {
      return Optional.empty();
    }
    String written = text.value();
    try {
      written =
          new NameResolver(names.catalog(), NameResolver.DEFAULT_PATH)
              .sequence(SequenceNames.parse(text.value()))
              .map(sequence -> names.relation(sequence.schema(), sequence.name()))
              .orElse(text.value());
    } catch (DistDbException noName) {
      return Optional.empty();
    }
    return Optional.of("'" + written.replace("'", "''") + "'::regclass");
  }
}
