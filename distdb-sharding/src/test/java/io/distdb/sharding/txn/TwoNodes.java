// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.Store;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.storage.memory.MemoryOptions;
import io.distdb.storage.memory.MemoryStorageEngine;
import io.distdb.testkit.txn.TransactionHome;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Transactions on a node that does not lead. */
final class TwoNodes implements TransactionHome {
  static final NodeId LEADER = new NodeId("n1");
  static final NodeId OTHER = new NodeId("n2");

  private final Clock clock;
  private final TransactionLimits limits;
  private final Scheduler scheduler = Scheduler.threads();
  private final List<MemoryStorageEngine> engines = new ArrayList<>();
  private final boolean together;
  private final CallFaults faults = new CallFaults();
  private volatile Runnable afterRestore = () -> {};
  private SharedLog log;
  private ShardTransactionManager leading;
  private ShardTransactionManager other;

  TwoNodes(Clock clock, TransactionLimits limits) {
    this(clock, limits, false);
  }

  /**
   * @param together a session waits for nothing but locks
   */
  TwoNodes(Clock clock, TransactionLimits limits, boolean together) {
    this.clock = clock;
    this.limits = limits;
    this.together = together;
    log = new SharedLog(together);
    start();
  }

  private void start() {
    Map<NodeId, DirectCalls> nodes = new ConcurrentHashMap<>();
    leading = open(LEADER, nodes);
    other = open(OTHER, nodes);
    log.lead(LEADER);
  }

  private ShardTransactionManager open(NodeId id, Map<NodeId, DirectCalls> nodes) {
    MemoryStorageEngine engine =
        MemoryStorageEngine.open(
            Optional.empty(),
            new MemoryOptions(256 << 20),
            scheduler,
            clock,
            Journal.Progress.SILENT);
    engines.add(engine);
    SharedLog.Member member = log.member(id);
    ShardTransactionManager manager =
        ShardTransactionManager.open(
            watched(engine.store(ShardId.SYSTEM)),
            member,
            scheduler,
            clock,
            limits,
            new DirectCalls(id, scheduler, nodes, together, faults),
            id);
    member.start(Journal.Progress.SILENT);
    return manager;
  }

  /** A store that says when its content was replaced, before anybody else hears of it. */
  private Store watched(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(store, arguments);
                if (method.getName().equals("restoreDurably")) {
                  afterRestore.run();
                }
                return result;
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  CallFaults faults() {
    return faults;
  }

  SharedLog log() {
    return log;
  }

  /** Done by a node within the installation of a snapshot, when its store has the later state. */
  void afterRestore(Runnable action) {
    afterRestore = action;
  }

  /** From now on the other node leads. */
  void changeLeader() {
    log.lead(OTHER);
  }

  /** From now on nobody leads. */
  void loseLeader() {
    log.loseLeader();
  }

  ShardTransactionManager leading() {
    return leading;
  }

  @Override
  public ShardTransactionManager manager() {
    return other;
  }

  @Override
  public void restart() {
    stop();
    log = log.restarted();
    start();
  }

  private void stop() {
    other.close();
    leading.close();
    log.close();
    engines.forEach(MemoryStorageEngine::close);
    engines.clear();
  }

  @Override
  public void close() {
    stop();
  }
}
