// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Scheduler;
import io.distdb.api.transport.Calls;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sql.catalog.NodeNumbers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The other nodes, as the sessions of this one reach them; a node alone has none. Thread-safe. */
final class Neighbours {
  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Cluster cluster;
  private final int number;
  private final TransactionManager transactions;
  private final Scheduler scheduler;

  /** Those that were asked for; a number is never another node's. */
  private volatile Map<Integer, NodeId> byNumber = Map.of();

  /**
   * @param cluster null: there are no others
   * @param number this node's, see {@link NodeNumbers}; 0 when it is alone
   */
  Neighbours(Cluster cluster, int number, TransactionManager transactions, Scheduler scheduler) {
    this.cluster = cluster;
    this.number = number;
    this.transactions = transactions;
    this.scheduler = scheduler;
  }

  boolean isAlone() {
    return cluster == null;
  }

  int number() {
    return number;
  }

  /** Not of a node alone. */
  Cluster cluster() {
    return cluster;
  }

  /** All but this one. */
  List<NodeId> others() {
    return isAlone()
        ? List.of()
        : cluster.members().stream().filter(node -> !node.equals(cluster.self())).toList();
  }

  /** The other node that has, or had, the session of that number. */
  Optional<NodeId> home(int processId) {
    int wanted = SessionRegistry.nodeOf(processId);
    if (isAlone() || wanted == number || wanted == 0) {
      return Optional.empty();
    }
    NodeId known = byNumber.get(wanted);
    if (known == null) {
      byNumber = read();
      known = byNumber.get(wanted);
    }
    return Optional.ofNullable(known);
  }

  private Map<Integer, NodeId> read() {
    Map<Integer, NodeId> nodes = new HashMap<>();
    try (Transaction transaction =
        transactions.begin(TransactionOptions.DEFAULT.withReadOnly(true))) {
      new NodeNumbers(transaction)
          .all()
          .forEach((node, given) -> nodes.put(given, new NodeId(node)));
    }
    return Map.copyOf(nodes);
  }

  /** Answers to {@code service}; nobody asks a node alone. */
  void serve(String service, Calls.Handler handler) {
    if (!isAlone()) {
      cluster.calls().serve(service, handler);
    }
  }

  /**
   * @throws DistDbException as {@link Calls#call}
   */
  Bytes ask(NodeId node, String service, Bytes request) {
    return cluster
        .calls()
        .call(node, service, request, ANSWER_NANOS, Calls.Patience.of(scheduler.newWaiter()));
  }
}
