// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.SqlType;
import java.util.List;

/** A resolved function that returns rows of one column. NULL among its arguments: no rows. */
public record TableFunction(String name, List<SqlType> argumentTypes, SqlType resultType) {
  public TableFunction {
    argumentTypes = List.copyOf(argumentTypes);
  }
}
