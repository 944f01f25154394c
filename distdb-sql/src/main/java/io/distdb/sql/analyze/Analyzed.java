// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.SqlType;
import io.distdb.sql.access.Demand;
import io.distdb.sql.logical.BoundStatement;
import java.util.List;

/**
 * A statement ready for the optimizer.
 *
 * @param parameterTypes of parameters 0, 1, …: {@code $1}, {@code $2}, … or the lifted literals
 * @param demands what the role that runs it must be allowed
 */
public record Analyzed(
    BoundStatement statement, List<SqlType> parameterTypes, List<Demand> demands) {
  public Analyzed {
    demands = List.copyOf(demands);
    parameterTypes = List.copyOf(parameterTypes);
  }
}
