// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sharding.remote.Ended;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ends of transactions of a node that does not lead, when what it tells the leader is lost. The
 * clock stands still, so that no lease ends.
 */
@Timeout(60)
class GatewayEndsTest {
  private static final Bytes KEY = Bytes.utf8("k");

  private final MovableClock clock = new MovableClock();
  private TwoNodes nodes;
  private IndexId index;

  @BeforeEach
  void open() {
    nodes = new TwoNodes(clock, TestDatabase.LIMITS);
    index = nodes.manager().newIndexId();
    try (Transaction transaction = begin(nodes.manager())) {
      transaction.createIndex(index, IndexKind.BTREE);
      transaction.commit();
    }
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  private static Transaction begin(TransactionManager manager) {
    return manager.begin(TransactionOptions.DEFAULT);
  }

  private RowLock lock(Transaction transaction) {
    return transaction.lock(index, KEY, LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
  }

  @Test
  void anEndThatGetsLostIsToldAgain() {
    nodes.faults().keepBack(Services.END);
    Transaction remote = begin(nodes.manager());
    lock(remote);
    remote.rollback();
    try (Transaction local = begin(nodes.leading())) {
      assertThat(lock(local)).isInstanceOf(RowLock.Held.class);
    }
  }

  @Test
  void anEndThatIsToldTwiceEndsNoOther() {
    nodes.faults().keepBack(Services.END);
    Transaction first = begin(nodes.manager());
    lock(first);
    first.rollback();
    try (Transaction second = begin(nodes.manager());
        Transaction local = begin(nodes.leading())) {
      lock(second);
      nodes.faults().letThrough();
      assertThat(local.lock(index, KEY, LockStrength.EXCLUSIVE, WaitPolicy.SKIP))
          .isInstanceOf(RowLock.Skipped.class);
      second.put(index, KEY, Bytes.utf8("v"));
      second.commit();
    }
  }

  @Test
  void aListOfEndsIsReadAsItWasWritten() {
    Ended ended = new Ended(7, List.of(1L, 200L, 1L << 40));
    assertThat(Ended.decode(ended.encode())).isEqualTo(ended);
  }
}
