// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.plan.NodeNote;
import java.util.Optional;

/** One run of one node of a plan: batches on demand. Used by one thread. */
interface Operator {
  /** The next rows, at least one; null when there are no more. */
  Batch next();

  /** What EXPLAIN ANALYZE tells of it; asked when it is closed, before that. */
  default Optional<NodeNote> note() {
    return Optional.empty();
  }

  /** Frees what it holds, inputs included. May be called twice. */
  void close();
}
