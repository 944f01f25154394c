// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.txn.AnnouncementListener;
import io.distdb.api.txn.Savepoint;
import io.distdb.api.txn.Transaction;
import io.distdb.testkit.txn.AdjustableClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
  private final TestDatabase database =
      new TestDatabase(new AdjustableClock(), TestDatabase.LIMITS);
  private final IndexId index = database.createIndex(IndexKind.BTREE);
  private final List<String> heard = new ArrayList<>();

  @AfterEach
  void close() {
    database.close();
  }

  private void listen() {
    database
        .manager()
        .onAnnouncement(
            new AnnouncementListener() {
              @Override
              public void announced(Bytes message) {
                heard.add(message.toUtf8());
              }

              @Override
              public void missed() {
                heard.add("missed");
              }
            });
  }

  private static Bytes bytes(String text) {
    return Bytes.utf8(text);
  }

  @Test
  void commitsAnnounceInTheirOrder() {
    listen();
    try (Transaction second = database.begin();
        Transaction first = database.begin()) {
      second.announce(bytes("second"));
      second.put(index, bytes("b"), bytes("2"));
      first.put(index, bytes("a"), bytes("1"));
      first.announce(bytes("first"));
      first.announce(bytes("and more"));
      assertThat(heard).isEmpty();
      first.commit();
      assertThat(heard).containsExactly("first", "and more");
      second.commit();
    }
    assertThat(heard).containsExactly("first", "and more", "second");
    assertThat(database.read(index, "b")).isEqualTo("2");
  }

  @Test
  void whatIsRolledBackIsNotAnnounced() {
    listen();
    try (Transaction transaction = database.begin()) {
      transaction.announce(bytes("lost"));
    }
    try (Transaction transaction = database.begin()) {
      transaction.announce(bytes("kept"));
      Savepoint savepoint = transaction.savepoint();
      transaction.announce(bytes("undone"));
      transaction.put(index, bytes("a"), bytes("1"));
      transaction.rollbackTo(savepoint);
      transaction.commit();
    }
    assertThat(heard).containsExactly("kept");
  }

  @Test
  void anAnnouncementNeedsNoWrites() {
    listen();
    try (Transaction transaction = database.begin()) {
      transaction.announce(Bytes.EMPTY);
      transaction.commit();
    }
    assertThat(heard).containsExactly("");
  }

  @Test
  void nothingOfItStays() {
    try (Transaction transaction = database.begin()) {
      transaction.announce(bytes("before"));
      transaction.put(index, bytes("a"), bytes("1"));
      transaction.commit();
    }
    listen();
    database.restart();
    assertThat(heard).isEmpty();
    assertThat(database.read(index, "a")).isEqualTo("1");
  }
}
