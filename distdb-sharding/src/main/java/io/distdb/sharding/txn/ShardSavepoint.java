// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.txn.Savepoint;

/**
 * How far the undo log, the runs and the schema steps had come. A class, as identity tells them
 * apart.
 */
final class ShardSavepoint implements Savepoint {
  final long undoMark;
  final int runsMark;
  final int schemaSteps;

  ShardSavepoint(long undoMark, int runsMark, int schemaSteps) {
    this.undoMark = undoMark;
    this.runsMark = runsMark;
    this.schemaSteps = schemaSteps;
  }
}
