// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.ast.LiteralKind;
import io.distdb.sql.ast.NumberText;
import io.distdb.sql.function.Environment;
import io.distdb.sql.function.TypeInput;
import java.util.Arrays;

/**
 * The literals that {@link StatementScanner} lifted out of a statement, in text order: the values
 * of parameters 0, 1, … of the cached plan. Numbers are kept as primitives; a string is cut out of
 * the statement when it is asked for.
 */
public final class LiftedLiterals {
  private static final LiteralKind[] KINDS = LiteralKind.values();

  private String source = "";
  private int count;
  private byte[] kinds = new byte[16];
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private long[] numbers = new long[16];

  LiftedLiterals() {}

  void reset(String newSource) {
    source = newSource;
    count = 0;
  }

  boolean addString(int start, int end) {
    return add(LiteralKind.STRING, start, end, 0);
  }

  /** Its kind, or null when there is no room. */
  LiteralKind addNumber(char[] text, int length, int start, int digits, int end) {
    boolean whole = end == LexicalRules.endOfInteger(text, length, digits);
    boolean plain = whole && (end - digits < 2 || text[digits] != '0');
    LiteralKind kind = LiteralKind.DECIMAL;
    long value = 0;
    if (whole) {
      boolean negative = start != digits;
      NumberText number = plain ? null : NumberText.of(source.substring(digits, end), negative);
      long negated = plain ? negated(text, digits, end) : number.negated();
      if (negated <= 0 && (negative || negated != Long.MIN_VALUE)) {
        value = negative ? negated : -negated;
        kind = value == (int) value ? LiteralKind.INTEGER : LiteralKind.BIGINT;
      }
    }
    return add(kind, start, end, value) ? kind : null;
  }

  /** The negated value of decimal digits, or 1 when it does not fit. */
  private static long negated(char[] text, int start, int end) {
    long negated = 0;
    for (int at = start; at < end; at++) {
      if (text[at] == '_') {
        continue;
      }
      int digit = text[at] - '0';
      if (negated < Long.MIN_VALUE / 10 || negated * 10 < Long.MIN_VALUE + digit) {
        return 1;
      }
      negated = negated * 10 - digit;
    }
    return negated;
  }

  private boolean add(LiteralKind kind, int start, int end, long number) {
    if (count == StatementScanner.LITERALS_MAX) {
      return false;
    }
    if (count == kinds.length) {
      kinds = Arrays.copyOf(kinds, count * 2);
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
      numbers = Arrays.copyOf(numbers, count * 2);
    }
    kinds[count] = (byte) kind.ordinal();
    starts[count] = start;
    ends[count] = end;
    numbers[count] = number;
    count++;
    return true;
  }

  public int count() {
    return count;
  }

  public LiteralKind kind(int ordinal) {
    return KINDS[kinds[ordinal]];
  }

  /** Where the literal, sign included, starts in the text: a char index from 0. */
  public int start(int ordinal) {
    return starts[ordinal];
  }

  /** The ordinal of the literal that starts at char {@code start} of the text, or -1. */
  int ordinalAt(int start) {
    int found = Arrays.binarySearch(starts, 0, count, start);
    return found >= 0 ? found : -1;
  }

  /** An INTEGER or BIGINT literal. */
  public long longValue(int ordinal) {
    Invariant.check(
        kinds[ordinal] <= LiteralKind.BIGINT.ordinal(), "literal is not a whole number");
    return numbers[ordinal];
  }

  /** The value of a number of any kind as DOUBLE PRECISION. */
  public double doubleValue(int ordinal) {
    return kinds[ordinal] == LiteralKind.DECIMAL.ordinal()
        ? decimal(ordinal).doubleValue()
        : numbers[ordinal];
  }

  private NumberText decimal(int ordinal) {
    String written = source.substring(starts[ordinal], ends[ordinal]);
    boolean negative = written.startsWith("-");
    return NumberText.of(negative ? written.substring(1).strip() : written, negative);
  }

  /** What a STRING literal says, its quotes and doubled quotes resolved. */
  public String textValue(int ordinal) {
    Invariant.check(kinds[ordinal] == LiteralKind.STRING.ordinal(), "literal is not a string");
    int start = starts[ordinal] + 1;
    int end = ends[ordinal] - 1;
    String body = source.substring(start, end);
    return body.indexOf('\'') < 0 ? body : body.replace("''", "'");
  }

  /**
   * The value as {@code type}, which is what the analyzer said of the parameter.
   *
   * @throws DistDbException {@code INVALID_TEXT_REPRESENTATION}, {@code
   *     NUMERIC_VALUE_OUT_OF_RANGE}: a string is no such value; with its position
   */
  public Value value(int ordinal, SqlType type, Environment environment) {
    if (kind(ordinal) == LiteralKind.STRING) {
      return read(ordinal, type, environment);
    }
    return switch (type) {
      case SqlType.Scalar scalar ->
          switch (scalar) {
            case INTEGER -> Value.of(Math.toIntExact(longValue(ordinal)));
            case BIGINT -> Value.of(longValue(ordinal));
            case NUMERIC -> Value.of(numericValue(ordinal));
            case REAL -> new Value.RealValue(floatValue(ordinal));
            case DOUBLE_PRECISION -> Value.of(doubleValue(ordinal));
            case BOOLEAN, SMALLINT, TEXT, VARCHAR, CHAR, BYTEA, UUID -> throw noNumber(type);
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> throw noNumber(type);
            case OID, XID, NAME, INTERNAL_CHAR, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY ->
                throw noNumber(type);
            case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR ->
                throw noNumber(type);
            case REGNAMESPACE, REGROLE, REGCOLLATION -> throw noNumber(type);
          };
      case SqlType.Modified modified -> throw noNumber(type);
      case SqlType.Array array -> throw noNumber(type);
      case RowType row -> throw noNumber(type);
    };
  }

  private static IllegalStateException noNumber(SqlType type) {
    return new IllegalStateException("a number was analyzed as " + type.sqlName());
  }

  private Numeric numericValue(int ordinal) {
    return kinds[ordinal] == LiteralKind.DECIMAL.ordinal()
        ? decimal(ordinal).numericValue()
        : Numeric.of(numbers[ordinal]);
  }

  private float floatValue(int ordinal) {
    return kinds[ordinal] == LiteralKind.DECIMAL.ordinal()
        ? decimal(ordinal).floatValue()
        : numbers[ordinal];
  }

  private Value read(int ordinal, SqlType type, Environment environment) {
    String text = textValue(ordinal);
    if (text.indexOf('\0') >= 0) {
      throw new DistDbException(
          ErrorCode.CHARACTER_NOT_IN_REPERTOIRE, "text must not contain the character U+0000");
    }
    try {
      return TypeInput.read(text, type, environment);
    } catch (DistDbException e) {
      throw e.at(source.codePointCount(0, starts[ordinal]) + 1);
    }
  }
}
