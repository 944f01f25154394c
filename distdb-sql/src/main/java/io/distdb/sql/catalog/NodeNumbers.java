// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.WaitPolicy;
import java.util.HashMap;
import java.util.Map;

/**
 * Small numbers of the nodes that serve a store, as one transaction sees them: by them the sessions
 * of several nodes are told apart. A node keeps its number for ever. Rows of the main database's
 * PROPERTIES.
 */
public final class NodeNumbers {
  /** From 1 on. */
  public static final int MAX = 2047;

  private static final String PREFIX = "node ";
  private static final String LOCK = "nodes";

  private final Transaction transaction;

  public NodeNumbers(Transaction transaction) {
    this.transaction = transaction;
  }

  /**
   * The number of a node, which gets one if it has none.
   *
   * @throws DistDbException {@code CONFIGURATION_LIMIT_EXCEEDED}: all are given out
   */
  public int of(String node) {
    Integer known = all().get(node);
    if (known != null) {
      return known;
    }
    transaction.lock(
        SystemTables.PROPERTIES, SystemTables.key(LOCK), LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
    transaction.beginStatement();
    Map<String, Integer> taken = all();
    for (int number = 1; number <= MAX; number++) {
      if (!taken.containsValue(number)) {
        put(node, number);
        return number;
      }
    }
    throw new DistDbException(
        ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
        "the cluster has had " + MAX + " nodes: there is no number for node " + node);
  }

  private void put(String node, int number) {
    String name = PREFIX + node;
    transaction.put(
        SystemTables.PROPERTIES,
        SystemTables.key(name),
        SystemRows.row(SystemTables.PROPERTIES_ROW, name, Integer.toString(number)));
  }

  /** Numbers by node. */
  public Map<String, Integer> all() {
    Map<String, Integer> numbers = new HashMap<>();
    try (IndexCursor cursor =
        transaction.range(SystemTables.PROPERTIES, KeyRange.ALL, Direction.FORWARD)) {
      while (cursor.next()) {
        Bytes row = cursor.value();
        String name = SystemTables.PROPERTIES_ROW.getText(row, 0);
        if (name.startsWith(PREFIX)) {
          numbers.put(
              name.substring(PREFIX.length()),
              Integer.valueOf(SystemTables.PROPERTIES_ROW.getText(row, 1)));
        }
      }
    }
    return numbers;
  }
}
