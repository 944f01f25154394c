// SPDX-License-Identifier: MIT
package io.distdb.sql.live;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.util.ArrayList;
import java.util.List;

/** One row in the making: values in the order of the columns. */
final class LiveRow {
  private final List<Value> values = new ArrayList<>();

  /**
   * @param text null for NULL
   */
  LiveRow text(String text) {
    values.add(Value.of(text));
    return this;
  }

  LiveRow integer(int number) {
    values.add(Value.of(number));
    return this;
  }

  LiveRow bigint(long number) {
    values.add(Value.of(number));
    return this;
  }

  LiveRow number(double number) {
    values.add(Value.of(number));
    return this;
  }

  LiveRow bool(boolean value) {
    values.add(Value.of(value));
    return this;
  }

  LiveRow oid(long number) {
    values.add(new Value.OidValue(SqlType.Scalar.OID, number));
    return this;
  }

  /**
   * @param micros since 1970-01-01 UTC; 0 for NULL
   */
  LiveRow moment(long micros) {
    values.add(micros == 0 ? Value.NULL : new Value.TimestamptzValue(micros));
    return this;
  }

  LiveRow nothing() {
    values.add(Value.NULL);
    return this;
  }

  /** So many columns of NULL. */
  LiveRow nothing(int columns) {
    for (int i = 0; i < columns; i++) {
      nothing();
    }
    return this;
  }

  LiveRow value(Value value) {
    values.add(value);
    return this;
  }

  List<Value> values() {
    return values;
  }
}
