// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlType;
import java.util.List;

/**
 * A column of a result: its heading, and the type of its values.
 *
 * @param table the catalog's number of the table whose column it shows as it is; 0: of none
 * @param ordinal of that column among those that its table has had, from 1; 0: of none
 */
public record ResultColumn(String name, SqlType type, long table, int ordinal) {
  /** Of no table. */
  public ResultColumn(String name, SqlType type) {
    this(name, type, 0, 0);
  }

  /** What is told of who reads it as an {@code asked}, which it is not. */
  public DistDbException notReadAs(String asked) {
    return new DistDbException(
        ErrorCode.DATATYPE_MISMATCH,
        "column \"" + name + "\" is of type " + type.sqlName() + ", it is not read as " + asked);
  }

  /**
   * A value of it.
   *
   * @throws DistDbException {@code NUMERIC_VALUE_OUT_OF_RANGE}
   */
  public int asInt(long number) {
    if (number != (int) number) {
      throw doesNotFit(Long.toString(number), "integer");
    }
    return (int) number;
  }

  /**
   * A value of it: a sum of BIGINT is NUMERIC, as in PostgreSQL, and yet nearly always a whole
   * number.
   *
   * @throws DistDbException {@code NUMERIC_VALUE_OUT_OF_RANGE}: it is none, or too large
   */
  public long asLong(Numeric number) {
    if (number.isFinite()) {
      try {
        return number.decimal().longValueExact();
      } catch (ArithmeticException outside) {
        throw doesNotFit(number.toString(), "bigint");
      }
    }
    throw doesNotFit(number.toString(), "bigint");
  }

  private DistDbException doesNotFit(String value, String asked) {
    return new DistDbException(
        ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
        "value " + value + " of column \"" + name + "\" is no " + asked);
  }

  /**
   * Whether a client that was told of {@code told} can read {@code given}: the same names and
   * types. The tables may be others: one that was dropped and made again.
   */
  public static boolean areAlike(List<ResultColumn> told, List<ResultColumn> given) {
    if (told == given) {
      return true;
    }
    boolean alike = told.size() == given.size();
    for (int i = 0; alike && i < told.size(); i++) {
      ResultColumn one = told.get(i);
      ResultColumn other = given.get(i);
      alike = one.name.equals(other.name) && one.type.equals(other.type);
    }
    return alike;
  }
}
