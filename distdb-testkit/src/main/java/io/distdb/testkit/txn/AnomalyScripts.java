// SPDX-License-Identifier: MIT
package io.distdb.testkit.txn;

import io.distdb.api.Bytes;
import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.txn.WaitPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * One script for each {@link Anomaly}: two or three sessions over rows 1 (value 10) and 2 (20).
 * Each method says whether the anomaly was seen; a session that had to wait or was aborted is one
 * way of not seeing it.
 */
final class AnomalyScripts implements AutoCloseable {
  private final TransactionManager manager;
  private final IndexId index;
  private final IsolationLevel level;
  private final List<Session> sessions = new ArrayList<>();

  AnomalyScripts(TransactionManager manager, IsolationLevel level) {
    this.manager = manager;
    this.level = level;
    index = manager.newIndexId();
    try (Transaction setup = manager.begin(TransactionOptions.DEFAULT)) {
      setup.createIndex(index, IndexKind.BTREE);
      setup.put(index, Bytes.of(1), Bytes.of(10));
      setup.put(index, Bytes.of(2), Bytes.of(20));
      setup.commit();
    }
  }

  boolean observed(Anomaly anomaly) {
    return switch (anomaly) {
      case G0 -> writeCycle();
      case G1A -> abortedRead();
      case G1B -> intermediateRead();
      case G1C -> circularFlow();
      case OTV -> vanishing();
      case PMP -> phantom();
      case P4 -> lostUpdate();
      case G_SINGLE -> readSkew();
      case G2_ITEM -> itemWriteSkew();
      case G2 -> predicateWriteSkew();
    };
  }

  private boolean writeCycle() {
    Session one = session();
    Session two = session();
    one.run(write(1, 11));
    two.start(write(1, 12));
    one.run(write(2, 21));
    one.commit();
    two.run(write(2, 22));
    two.commit();
    List<Integer> rows = committedRows();
    return !rows.equals(List.of(11, 21)) && !rows.equals(List.of(12, 22));
  }

  private boolean abortedRead() {
    Session one = session();
    Session two = session();
    one.run(write(1, 101));
    Session.Pending<Integer> first = two.start(read(1));
    one.rollback();
    Session.Pending<Integer> second = two.start(read(1));
    return is(first.result(), 101) || is(second.result(), 101);
  }

  private boolean intermediateRead() {
    Session one = session();
    Session two = session();
    one.run(write(1, 101));
    Session.Pending<Integer> first = two.start(read(1));
    one.run(write(1, 11));
    one.commit();
    return is(first.result(), 101) || is(two.run(read(1)), 101);
  }

  private boolean circularFlow() {
    Session one = session();
    Session two = session();
    one.run(write(1, 11));
    two.run(write(2, 22));
    Session.Pending<Integer> readTwo = one.start(read(2));
    Session.Pending<Integer> readOne = two.start(read(1));
    boolean circle = is(readTwo.result(), 22) & is(readOne.result(), 11);
    return one.commit() & two.commit() && circle;
  }

  private boolean vanishing() {
    Session one = session();
    Session two = session();
    Session three = session();
    one.run(write(1, 11));
    one.run(write(2, 19));
    two.start(write(1, 12));
    one.commit();
    Session.Pending<Integer> firstOne = three.start(read(1));
    two.run(write(2, 18));
    Session.Pending<Integer> firstTwo = firstOne.isDone() ? three.start(read(2)) : firstOne;
    two.commit();
    Integer before = firstOne.result();
    Integer between = firstOne == firstTwo ? before : firstTwo.result();
    Integer secondTwo = three.run(read(2));
    Integer secondOne = three.run(read(1));
    return is(before, 12) && is(between, 19) || is(secondTwo, 18) && is(secondOne, 11);
  }

  private boolean phantom() {
    Session one = session();
    Session two = session();
    one.run(count(value -> value == 30));
    Session.Pending<Boolean> insert = two.start(writeAndCommit(3, 30));
    int found = one.run(count(value -> value % 3 == 0));
    one.commit();
    insert.result();
    return found > 0;
  }

  private boolean lostUpdate() {
    Session one = session();
    Session two = session();
    one.run(read(1));
    two.run(read(1));
    Session.Pending<Boolean> first = one.start(write(1, 11));
    Session.Pending<Boolean> second = two.start(write(1, 12));
    first.result();
    one.commit();
    second.result();
    return two.commit() & one.committed();
  }

  private boolean readSkew() {
    Session one = session();
    Session two = session();
    Integer before = one.run(read(1));
    two.run(read(1));
    two.run(read(2));
    Session.Pending<Boolean> update =
        two.start(transaction -> {
          write(1, 12).run(transaction);
          write(2, 18).run(transaction);
          transaction.commit();
          return true;
        });
    Integer after = one.run(read(2));
    one.commit();
    update.result();
    return is(before, 10) && is(after, 18);
  }

  private boolean itemWriteSkew() {
    Session one = session();
    Session two = session();
    for (Session session : List.of(one, two)) {
      session.run(read(1));
      session.run(read(2));
    }
    Session.Pending<Boolean> first = one.start(write(1, 11));
    Session.Pending<Boolean> second = two.start(write(2, 21));
    return endBoth(one, two, first, second);
  }

  private boolean predicateWriteSkew() {
    Session one = session();
    Session two = session();
    one.run(count(value -> value % 3 == 0));
    two.run(count(value -> value % 3 == 0));
    Session.Pending<Boolean> first = one.start(write(3, 30));
    Session.Pending<Boolean> second = two.start(write(4, 42));
    return endBoth(one, two, first, second);
  }

  /** Commits whichever can go first. */
  private static boolean endBoth(
      Session one, Session two, Session.Pending<Boolean> first, Session.Pending<Boolean> second) {
    if (first.isDone()) {
      one.commit();
      second.result();
      two.commit();
    } else {
      second.result();
      two.commit();
      first.result();
      one.commit();
    }
    return one.committed() && two.committed();
  }

  // --- statements ---

  private Session session() {
    Session session = new Session(manager, TransactionOptions.DEFAULT.withIsolation(level));
    sessions.add(session);
    return session;
  }

  private Session.Step<Integer> read(int row) {
    return transaction -> {
      transaction.beginStatement();
      Bytes value = transaction.get(index, Bytes.of(row));
      return value == null ? null : value.at(0);
    };
  }

  private Session.Step<Boolean> write(int row, int value) {
    return transaction -> {
      transaction.beginStatement();
      transaction.lock(index, Bytes.of(row), LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
      transaction.put(index, Bytes.of(row), Bytes.of(value));
      return true;
    };
  }

  private Session.Step<Boolean> writeAndCommit(int row, int value) {
    return transaction -> {
      write(row, value).run(transaction);
      transaction.commit();
      return true;
    };
  }

  private Session.Step<Integer> count(IntPredicate condition) {
    return transaction -> {
      transaction.beginStatement();
      int found = 0;
      try (IndexCursor rows = transaction.range(index, KeyRange.ALL, Direction.FORWARD)) {
        while (rows.next()) {
          found += condition.test(rows.value().at(0)) ? 1 : 0;
        }
      }
      return found;
    };
  }

  private List<Integer> committedRows() {
    try (Transaction reader = manager.begin(TransactionOptions.DEFAULT)) {
      return List.of(reader.get(index, Bytes.of(1)).at(0), reader.get(index, Bytes.of(2)).at(0));
    }
  }

  private static boolean is(Integer actual, int expected) {
    return actual != null && actual == expected;
  }

  @Override
  public void close() {
    sessions.forEach(Session::close);
  }
}
