// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.api.index.Direction;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.plan.AccessPath;
import java.util.List;

/**
 * One way to read a table.
 *
 * @param name for people
 * @param covered conjuncts that the path stands for
 * @param matched rows that it reads
 * @param cost of reading them all
 * @param ordered whether rows come in the order asked for
 */
record Candidate(
    String name,
    AccessPath path,
    Direction direction,
    List<Expression> covered,
    double matched,
    double cost,
    boolean ordered) {
  Candidate {
    covered = List.copyOf(covered);
  }
}
