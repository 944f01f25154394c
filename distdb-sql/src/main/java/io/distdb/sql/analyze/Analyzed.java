// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.SqlType;
import io.distdb.sql.logical.BoundStatement;
import java.util.List;

/**
 * A statement ready for the optimizer.
 *
 * @param parameterTypes of parameters 0, 1, …: {@code $1}, {@code $2}, … or the lifted literals
 */
public record Analyzed(BoundStatement statement, List<SqlType> parameterTypes) {
  public Analyzed {
    parameterTypes = List.copyOf(parameterTypes);
  }
}
