// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.type.SqlType;
import io.distdb.sql.execute.Executable;
import io.distdb.sql.logical.BoundStatement;
import java.util.List;
import java.util.Optional;

/**
 * A statement analyzed, and, when it is a query or a change, planned and compiled, for one schema
 * version.
 */
record PreparedPlan(
    long schemaVersion,
    BoundStatement statement,
    List<SqlType> parameterTypes,
    List<ResultColumn> columns,
    Optional<Executable> executable,
    PlanBasis basis,
    UseCount uses,
    Permission permission) {

  /** Counts runs, roughly: threads may lose a few. */
  static final class UseCount {
    private static final int CHECK_EVERY = 256;
    private int count;

    /** Whether it is time to ask how the tables have grown. */
    boolean isDue() {
      return ++count % CHECK_EVERY == 0;
    }
  }
}
