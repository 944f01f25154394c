// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.SqlType;
import java.util.List;

/** A resolved aggregate, such as {@code sum(integer) -> bigint}. */
public record AggregateFunction(String name, List<SqlType> argumentTypes, SqlType resultType)
    implements WindowedFunction {
  public AggregateFunction {
    argumentTypes = List.copyOf(argumentTypes);
  }
}
