// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import io.distdb.api.Bytes;
import io.distdb.api.type.CatalogReference;
import io.distdb.api.type.Interval;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.function.CatalogInput;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Values of every type, the ends of their ranges more often than chance would have them. */
public final class SqlValues {
  private SqlValues() {}

  /** Of columns of the catalog alone. */
  private static final Set<SqlType.Scalar> SYSTEM =
      Set.of(
          SqlType.Scalar.XID,
          SqlType.Scalar.ACLITEM,
          SqlType.Scalar.JSON,
          SqlType.Scalar.NODE_TREE,
          SqlType.Scalar.LSN,
          SqlType.Scalar.INET,
          SqlType.Scalar.ANYARRAY);

  /** Every scalar that tables store, and arrays of them. */
  public static Arbitrary<SqlType> types() {
    List<SqlType.Scalar> stored =
        Arrays.stream(SqlType.Scalar.values())
            .filter(type -> !type.isReference() && !SYSTEM.contains(type))
            .toList();
    return Arbitraries.oneOf(Arbitraries.of(stored), Arbitraries.of(stored).map(SqlType::arrayOf));
  }

  /** Every scalar, and arrays of them. */
  public static Arbitrary<SqlType> allTypes() {
    return Arbitraries.oneOf(
        Arbitraries.of(SqlType.Scalar.values()),
        Arbitraries.of(SqlType.Scalar.values()).map(SqlType::arrayOf));
  }

  public static Arbitrary<Value> of(SqlType type) {
    return switch (type) {
      case SqlType.Array array -> arrays(array.element());
      case io.distdb.api.type.RowType row ->
          throw new IllegalArgumentException("no column of rows");
      case SqlType.Modified modified -> of(modified.base());
      case SqlType.Scalar scalar ->
          switch (scalar) {
            case BOOLEAN -> Arbitraries.of(true, false).map(Value::of);
            case SMALLINT -> Arbitraries.shorts().map(Value.SmallintValue::new);
            case INTEGER -> Arbitraries.integers().map(Value::of);
            case BIGINT -> Arbitraries.longs().map(Value::of);
            case DATE -> Arbitraries.integers().map(Value.DateValue::new);
            case TIME ->
                Arbitraries.longs().between(0, Interval.MICROS_PER_DAY).map(Value.TimeValue::new);
            case TIMESTAMP -> Arbitraries.longs().map(Value.TimestampValue::new);
            case TIMESTAMPTZ -> Arbitraries.longs().map(Value.TimestamptzValue::new);
            case REAL ->
                Arbitraries.oneOf(
                        Arbitraries.floats(),
                        Arbitraries.of(
                            0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE))
                    .map(Value.RealValue::new);
            case DOUBLE_PRECISION ->
                Arbitraries.oneOf(
                        Arbitraries.doubles(),
                        Arbitraries.of(
                            0.0,
                            -0.0,
                            Double.NaN,
                            Double.POSITIVE_INFINITY,
                            Double.NEGATIVE_INFINITY,
                            Double.MIN_VALUE,
                            -Double.MIN_VALUE))
                    .map(Value::of);
            case NUMERIC -> numerics().map(Value.NumericValue::new);
            case TEXT, VARCHAR, CHAR -> texts().map(Value::of);
            case NAME -> texts().map(CatalogInput::name).map(Value::of);
            case INTERNAL_CHAR -> texts().map(CatalogInput::internalChar).map(Value::of);
            case ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY -> texts().map(Value::of);
            case OID, XID -> oids().map(oid -> new Value.OidValue(scalar, oid));
            case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR ->
                references(scalar);
            case REGNAMESPACE, REGROLE, REGCOLLATION -> references(scalar);
            case BYTEA ->
                Arbitraries.bytes()
                    .array(byte[].class)
                    .ofMaxSize(5)
                    .map(bytes -> new Value.ByteaValue(Bytes.wrap(bytes)));
            case UUID ->
                Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                    .as((high, low) -> new Value.UuidValue(new UUID(high, low)));
            case INTERVAL -> intervals();
          };
    };
  }

  private static Arbitrary<Long> oids() {
    return Arbitraries.longs().between(0, 0xffff_ffffL);
  }

  private static Arbitrary<Value> references(SqlType.Scalar type) {
    return oids()
        .map(oid -> new Value.ReferenceValue(new CatalogReference(type, oid, "name of " + oid)));
  }

  private static Arbitrary<Numeric> numerics() {
    Arbitrary<BigDecimal> scaled =
        Combinators.combine(Arbitraries.bigIntegers(), Arbitraries.integers().between(0, 30))
            .as(BigDecimal::new);
    Arbitrary<BigDecimal> near =
        Combinators.combine(
                Arbitraries.longs().between(-2_000, 2_000), Arbitraries.integers().between(0, 3))
            .as((unscaled, scale) -> BigDecimal.valueOf(unscaled, scale));
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(3, scaled.map(Numeric::of)),
        net.jqwik.api.Tuple.of(5, near.map(Numeric::of)),
        net.jqwik.api.Tuple.of(
            1,
            Arbitraries.of(
                Numeric.NAN, Numeric.POSITIVE_INFINITY, Numeric.NEGATIVE_INFINITY, Numeric.ZERO)));
  }

  private static Arbitrary<Value> intervals() {
    Arbitrary<Interval> any =
        Combinators.combine(
                Arbitraries.integers().between(-100_000, 100_000),
                Arbitraries.integers(),
                Arbitraries.longs())
            .as(Interval::new);
    Arbitrary<Interval> near =
        Combinators.combine(
                Arbitraries.integers().between(-2, 2),
                Arbitraries.integers().between(-60, 60),
                Arbitraries.of(-Interval.MICROS_PER_DAY, -1L, 0L, 1L, Interval.MICROS_PER_DAY))
            .as(Interval::new);
    return Arbitraries.oneOf(any, near).map(Value.IntervalValue::new);
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(6),
            Arbitraries.strings()
                .withChars('\0', '\1', '\2', 'a', ' ', '\uffff')
                .ofMaxLength(4)
                .map(s -> s.replace("\2", "\ud83d\ude00")))
        .map(SqlValues::scalarsOnly);
  }

  /** Lone surrogates have no UTF-8. */
  private static String scalarsOnly(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints().filter(c -> c < 0xd800 || c > 0xdfff).forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static Arbitrary<Value> arrays(SqlType element) {
    return Combinators.combine(
            of(element).injectNull(0.2).list().ofMaxSize(4), Arbitraries.integers().between(-1, 2))
        .as((elements, lower) -> {
          List<Value> values = elements.stream().map(v -> v == null ? Value.NULL : v).toList();
          List<SqlArray.Dimension> shape =
              values.isEmpty()
                  ? List.of()
                  : values.size() == 4 && lower == 2
                      ? List.of(new SqlArray.Dimension(1, 2), new SqlArray.Dimension(0, 2))
                      : List.of(new SqlArray.Dimension(lower, values.size()));
          return new Value.ArrayValue(new SqlArray(element, shape, values));
        });
  }
}
