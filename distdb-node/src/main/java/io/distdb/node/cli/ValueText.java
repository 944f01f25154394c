// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.type.Value;
import io.distdb.sql.function.DoubleText;
import io.distdb.sql.function.TypeOutput;
import java.time.ZoneOffset;

/** Values as PostgreSQL prints them. */
final class ValueText {
  private ValueText() {}

  /** Nothing for NULL; TIMESTAMPTZ in UTC. */
  static String of(Value value) {
    return value.equals(Value.NULL) ? "" : TypeOutput.text(value, ZoneOffset.UTC);
  }

  /** The shortest digits that read back as {@code number}. */
  static String of(double number) {
    return DoubleText.of(number);
  }
}
