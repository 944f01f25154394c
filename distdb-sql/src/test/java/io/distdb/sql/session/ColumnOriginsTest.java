// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.sql.fake.FakeTransactionManager;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnOriginsTest {
  @Test
  void columnsAreTracedToTheirTables() {
    try (Database database =
            Database.open(
                new FakeTransactionManager(),
                Scheduler.threads(),
                Clock.system(),
                DatabaseOptions.DEFAULT);
        Session session = database.newSession()) {
      session.execute("CREATE TABLE a (id int PRIMARY KEY, n text)");
      session.execute("CREATE TABLE b (x int, id int)");
      Prepared joined =
          session.prepare("SELECT b.id, n AS m, a.id + 1, t.x FROM a, b, (SELECT x FROM b) t");
      assertThat(ordinals(joined)).containsExactly(2, 2, 0, 1);
      List<ResultColumn> columns = joined.columns();
      assertThat(columns.get(0).table()).isEqualTo(columns.get(3).table()).isNotZero();
      assertThat(columns.get(1).table()).isNotEqualTo(columns.get(0).table()).isNotZero();
      assertThat(columns.get(2).table()).isZero();
      assertThat(ordinals(session.prepare("SELECT id FROM a UNION SELECT x FROM b")))
          .containsExactly(0);
      assertThat(ordinals(session.prepare("SELECT n, count(*) FROM a GROUP BY n ORDER BY 2")))
          .containsExactly(2, 0);
    }
  }

  private static List<Integer> ordinals(Prepared prepared) {
    return prepared.columns().stream().map(ResultColumn::ordinal).toList();
  }
}
