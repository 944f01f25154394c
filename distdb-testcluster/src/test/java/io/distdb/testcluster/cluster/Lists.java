// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.api.txn.IsolationLevel;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.checker.ListAppendChecker;
import io.distdb.testkit.txn.ListAppendWorkload;

/** Transactions over lists at one level: nothing that the level forbids. */
final class Lists implements Patron {
  private static final int LISTS = 4;

  private final Tables tables;
  private final IsolationLevel level;
  private final SeededRandom random;
  private final Runnable pause;
  private final ListAppendWorkload workload = new ListAppendWorkload(LISTS);
  private long processes;

  Lists(Tables tables, IsolationLevel level, SeededRandom random, Runnable pause) {
    this.tables = tables;
    this.level = level;
    this.random = random;
    this.pause = pause;
  }

  @Override
  public void ask(Member.Life life) {
    long process = ++processes;
    ListClient client = new ListClient(life, tables.lists(), level, pause);
    workload.runOne(client, process, random.fork("process " + process));
  }

  /** The last read is of everything. */
  @Override
  public void settle(Member.Life leader) {
    workload.readAll(new ListClient(leader, tables.lists(), level, pause), ++processes);
  }

  @Override
  public void check(Member.Life leader) {
    boolean realTime = level == IsolationLevel.SERIALIZABLE;
    new ListAppendChecker(realTime).check(workload.history()).at(level).assertSound();
  }

  @Override
  public int answered() {
    return workload.committed();
  }
}
