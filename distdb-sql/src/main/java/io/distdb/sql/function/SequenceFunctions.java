// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.SqlType;
import java.util.List;

/** nextval and its kin. */
final class SequenceFunctions {
  static final List<ScalarFunction> ALL =
      List.of(
          of("nextval", SqlType.TEXT),
          of("currval", SqlType.TEXT),
          of("lastval"),
          of("setval", SqlType.TEXT, SqlType.BIGINT),
          of("setval", SqlType.TEXT, SqlType.BIGINT, SqlType.BOOLEAN));

  private SequenceFunctions() {}

  private static ScalarFunction of(String name, SqlType... arguments) {
    return new ScalarFunction(name, List.of(arguments), SqlType.BIGINT, false, Volatility.VOLATILE);
  }
}
