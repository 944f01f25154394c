// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.sql.fake.FakeTransactionManager;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is heard of NOTIFY, by whom, and when. */
class NotificationTest {
  private Database database;
  private ServerSession listener;
  private ServerSession sender;

  @BeforeEach
  void open() {
    database =
        Database.open(
            new FakeTransactionManager(),
            Scheduler.threads(),
            Clock.system(),
            DatabaseOptions.DEFAULT);
    listener = database.newSession();
    sender = database.newSession();
    listener.execute("LISTEN a");
  }

  private static void run(Session session, String sql) {
    if (session.execute(sql) instanceof StatementResult.Rows rows) {
      try (ResultRows found = rows.rows()) {
        while (found.next()) {
          found.text(0);
        }
      }
    }
  }

  private List<String> heard() {
    return listener.takeNotifications().stream()
        .map(heard -> heard.channel() + ":" + heard.payload())
        .toList();
  }

  @Test
  void notificationsComeWithTheCommitInOrderAndOnce() {
    sender.execute("BEGIN");
    sender.execute("NOTIFY a, 'two'");
    sender.execute("NOTIFY a, 'one'");
    sender.execute("NOTIFY a, 'two'");
    run(sender, "SELECT pg_notify('b', 'nobody'), pg_notify('a', NULL)");
    assertThat(heard()).isEmpty();
    sender.execute("COMMIT");
    assertThat(heard()).containsExactly("a:two", "a:one", "a:");
    assertThat(heard()).isEmpty();
  }

  @Test
  void senderIsNamedAndMayHearItself() {
    run(listener, "SELECT pg_notify('a', 'self')");
    sender.execute("NOTIFY a, 'other'");
    assertThat(listener.takeNotifications())
        .containsExactly(
            new Notification(listener.processId(), "a", "self"),
            new Notification(sender.processId(), "a", "other"));
  }

  @Test
  void whatIsRolledBackWasNeverSaid() {
    sender.execute("BEGIN");
    sender.execute("NOTIFY a, '1'");
    sender.execute("SAVEPOINT s");
    sender.execute("NOTIFY a, '1'");
    sender.execute("NOTIFY a, '2'");
    sender.execute("ROLLBACK TO s");
    sender.execute("NOTIFY a, '2'");
    sender.execute("RELEASE s");
    sender.execute("COMMIT");
    assertThat(heard()).containsExactly("a:1", "a:2");
    sender.execute("BEGIN");
    sender.execute("NOTIFY a");
    sender.execute("ROLLBACK");
    assertThat(
            catchThrowableOfType(
                DistDbException.class, () -> run(sender, "SELECT pg_notify('a', 'x'), 1 / 0")))
        .isNotNull();
    run(sender, "SELECT 1");
    assertThat(heard()).isEmpty();
  }

  @Test
  void messageOfSeveralStatementsNotifiesAtItsEnd() {
    sender.beginImplicit();
    sender.execute("NOTIFY a, 'later'");
    assertThat(heard()).isEmpty();
    sender.endImplicit();
    assertThat(heard()).containsExactly("a:later");
  }

  @Test
  void listenerIsWokenAndLeavesWithItsSession() {
    AtomicInteger woken = new AtomicInteger();
    listener.onNotification(woken::incrementAndGet);
    sender.execute("NOTIFY a");
    assertThat(woken).hasValue(1);
    listener.execute("UNLISTEN *");
    sender.execute("NOTIFY a");
    assertThat(woken).hasValue(1);
    listener.execute("LISTEN a");
    listener.close();
    sender.execute("NOTIFY a");
    assertThat(woken).hasValue(1);
  }

  @Test
  void whoDoesNotTakeThemStopsOthersNotTheMemory() {
    String fill = "SELECT pg_notify('a', repeat('x', 7000) || i) FROM generate_series(1, 1000) i";
    run(sender, fill);
    DistDbException full =
        catchThrowableOfType(
            DistDbException.class,
            () -> {
              for (int i = 0; i < 5; i++) {
                run(sender, fill);
              }
            });
    assertThat(full.sqlState()).isEqualTo("54000");
    run(sender, "SELECT 1");
    sender.execute("BEGIN");
    sender.execute("NOTIFY a");
    assertThat(
            catchThrowableOfType(DistDbException.class, () -> sender.execute("COMMIT"))
                .getMessage())
        .isEqualTo("too many notifications in the NOTIFY queue");
    assertThat(sender.transactionStatus()).isEqualTo(TransactionStatus.IDLE);
    assertThat(listener.takeNotifications()).hasSizeGreaterThan(1000);
    sender.execute("NOTIFY a, 'again'");
    assertThat(heard()).containsExactly("a:again");
  }
}
