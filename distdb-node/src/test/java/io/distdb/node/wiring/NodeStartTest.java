// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.node.config.Config;
import io.distdb.sharding.txn.ShardTransactionManager;
import io.distdb.sql.session.Session;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeStartTest {
  @TempDir private Path directory;

  @Test
  void aNodeKeepsItsName() {
    Config first = Config.builder().directory(directory).nodeId("a").build();
    Node.start(first).close();
    Node.start(first).close();
    assertThatThrownBy(() -> Node.start(first.toBuilder().nodeId("b").build()))
        .hasMessageContaining("belongs to the nodes [a], this node is b");
  }

  /** The timestamp before the last change, after every version that may go is gone. */
  private static long beforeTheLastChange(Node node) {
    try (Session session = node.database().newSession()) {
      session.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT)");
      session.execute("INSERT INTO t VALUES (1, 0)");
      long before = node.transactions().timestamps().current();
      session.execute("UPDATE t SET n = 1");
      ((ShardTransactionManager) node.transactions()).collectGarbage();
      return before;
    }
  }

  @Test
  void oldVersionsAreKeptForTheRetentionAndNoLonger() {
    try (Node node = Node.start(Config.builder().versionRetentionMillis(3_600_000).build())) {
      long past = beforeTheLastChange(node);
      ShardTransactionManager transactions = (ShardTransactionManager) node.transactions();
      try (Transaction reader = transactions.beginAt(past, TransactionOptions.DEFAULT)) {
        assertThat(reader).isNotNull();
      }
    }
    try (Node node = Node.start(Config.inMemory())) {
      long past = beforeTheLastChange(node);
      ShardTransactionManager transactions = (ShardTransactionManager) node.transactions();
      assertThatThrownBy(() -> transactions.beginAt(past, TransactionOptions.DEFAULT))
          .isInstanceOfSatisfying(
              DistDbException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.SNAPSHOT_TOO_OLD));
    }
  }
}
