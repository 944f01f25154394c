// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.type.Value;
import io.distdb.sql.fake.FakeTransactionManager;
import io.distdb.sql.optimize.JoinMethod;
import io.distdb.sql.optimize.PlannerOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Every way to join, in every order, gives the rows of loops in the written order. */
class JoinMethodsTest {
  private static final PlannerOptions NAIVE =
      PlannerOptions.DEFAULT
          .avoiding(Set.of(JoinMethod.HASH, JoinMethod.MERGE, JoinMethod.INDEX))
          .inWrittenOrder();

  private static final Pattern PLANNING = Pattern.compile("Planning Time: ([0-9.]+) ms");

  private final FakeTransactionManager manager = new FakeTransactionManager();
  private final Session naive = open(NAIVE);
  private final Session merging =
      open(
          PlannerOptions.DEFAULT.avoiding(
              EnumSet.of(JoinMethod.HASH, JoinMethod.INDEX, JoinMethod.LOOP)));
  private final Session usual = open(PlannerOptions.DEFAULT);

  private Session open(PlannerOptions planning) {
    return Database.open(
            manager,
            Scheduler.threads(),
            Clock.system(),
            DatabaseOptions.DEFAULT.withPlanning(planning))
        .newSession();
  }

  private static List<String> rows(Session session, String sql) {
    List<String> all = new ArrayList<>();
    StatementResult.Rows result = (StatementResult.Rows) session.execute(sql);
    try (ResultRows rows = result.rows()) {
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < rows.columns().size(); i++) {
          Value value = rows.get(i);
          row.append(value).append('|');
        }
        all.add(row.toString());
      }
    }
    return all;
  }

  private static String plan(Session session, String sql) {
    return String.join("\n", rows(session, "EXPLAIN " + sql));
  }

  private void isSame(String sql, String merge) {
    List<String> expected = sortedRows(naive, sql);
    assertThat(plan(naive, sql)).as(sql).contains("Nested Loop").doesNotContain("Hash");
    assertThat(plan(merging, sql)).as(sql).contains(merge);
    assertThat(sortedRows(merging, sql)).as(sql).isEqualTo(expected);
    assertThat(sortedRows(usual, sql)).as(sql).isEqualTo(expected);
  }

  /** In an order of their own: there may be hundreds of thousands to compare. */
  private static List<String> sortedRows(Session session, String sql) {
    List<String> all = rows(session, sql);
    Collections.sort(all);
    return all;
  }

  /** Keys from a small range, so that there are duplicates on both sides, and NULLs. */
  @Property(tries = 12)
  void mergeJoinFindsWhatLoopsFind(
      @ForAll @IntRange(min = 0, max = 2500) int left,
      @ForAll @IntRange(min = 0, max = 300) int right,
      @ForAll @IntRange(min = 1, max = 400) int keys,
      @ForAll @IntRange(min = 2, max = 9) int nulls) {
    naive.execute("CREATE TABLE l (id integer PRIMARY KEY, k integer, m bigint)");
    naive.execute("CREATE TABLE r (k bigint, m integer, t text)");
    fill("l", "i, CASE WHEN i % " + nulls + " > 0 THEN i * 7 % " + keys + " END, i % 3", left);
    fill("r", "CASE WHEN i % " + nulls + " > 0 THEN i % " + keys + " END, i % 4, 't' || i", right);
    try {
      isSame("SELECT l.id, r.t FROM l JOIN r ON l.k = r.k", "Merge Join");
      isSame("SELECT l.id, r.t FROM l JOIN r ON l.k = r.k AND l.m = r.m", "Merge Join");
      isSame("SELECT l.id, r.t FROM l JOIN r ON l.k = r.k AND l.id > r.m", "Merge Join");
      isSame("SELECT l.id, r.t FROM l LEFT JOIN r ON l.k = r.k", "Merge Left Join");
      isSame("SELECT l.id, r.t FROM l LEFT JOIN r ON l.k = r.k AND r.m < 2", "Merge Left Join");
      isSame("SELECT l.id FROM l WHERE k IN (SELECT k FROM r)", "Merge Semi Join");
      isSame(
          "SELECT id FROM l WHERE EXISTS (SELECT FROM r WHERE r.k = l.k AND r.m > l.m)",
          "Merge Semi Join");
      isSame(
          "SELECT id FROM l WHERE NOT EXISTS (SELECT FROM r WHERE r.k = l.k)", "Merge Anti Join");
    } finally {
      naive.execute("DROP TABLE l, r");
    }
  }

  private void fill(String table, String values, int count) {
    naive.execute(
        "INSERT INTO "
            + table
            + " SELECT "
            + values
            + " FROM generate_series(1, "
            + count
            + ") AS s(i)");
  }

  @Test
  void mergeJoinTakesTheOrderOfPrimaryKeys() {
    naive.execute("CREATE TABLE l (id integer PRIMARY KEY, v integer)");
    naive.execute("CREATE TABLE r (id integer, n integer, PRIMARY KEY (id, n))");
    fill("l", "i, i", 1500);
    fill("r", "i / 3, i", 4000);
    String sql = "SELECT l.v, r.n FROM l JOIN r ON l.id = r.id";
    assertThat(plan(merging, sql)).contains("Merge Join").doesNotContain("Sort");
    isSame(sql, "Merge Join");
    assertThat(plan(usual, sql)).contains("Merge Join").doesNotContain("Sort");
    String ordered = "SELECT l.id, r.n FROM l JOIN r ON l.id = r.id ORDER BY l.id";
    assertThat(plan(usual, ordered)).contains("Merge Join").doesNotContain("Sort");
    assertThat(rows(usual, ordered).getFirst()).isEqualTo(rows(naive, ordered).getFirst());
  }

  // --- orders ---

  private void fourTables() {
    naive.execute("CREATE TABLE a (id integer PRIMARY KEY, b integer, c integer, v integer)");
    naive.execute("CREATE TABLE b (id integer PRIMARY KEY, d integer, v integer)");
    naive.execute("CREATE TABLE c (id integer PRIMARY KEY, v integer)");
    naive.execute("CREATE TABLE d (id integer PRIMARY KEY, v integer)");
    fill("a", "i, i % 60, CASE WHEN i % 5 > 0 THEN i % 30 END, i % 11", 150);
    fill("b", "i, i % 20, i % 7", 50);
    fill("c", "i, i % 3", 20);
    fill("d", "i, i % 2", 10);
    naive.execute("ANALYZE");
  }

  @Test
  void outerJoinsMoveAmongInnerOnesWithoutLoss() {
    fourTables();
    List<String> queries =
        List.of(
            "SELECT a.id, b.v, c.v FROM a LEFT JOIN b ON a.b = b.id JOIN c ON a.c = c.id",
            "SELECT a.id, b.v, c.v FROM a JOIN c ON a.c = c.id LEFT JOIN b ON a.b = b.id",
            "SELECT a.id, d.v FROM a LEFT JOIN b ON a.b = b.id LEFT JOIN d ON b.d = d.id",
            "SELECT a.id, d.v FROM a LEFT JOIN b ON a.b = b.id LEFT JOIN d ON b.d = d.id"
                + " JOIN c ON c.id = a.c WHERE c.v = 1",
            "SELECT a.id, c.id FROM a LEFT JOIN b ON a.b = b.id JOIN c ON c.v = COALESCE(b.v, 1)",
            "SELECT a.id, b.id, c.id FROM a LEFT JOIN b ON a.b = b.id AND a.v > 3, c"
                + " WHERE a.c = c.id AND (b.id IS NULL OR b.v < c.v + 3)",
            "SELECT a.id FROM a JOIN b ON a.b = b.id WHERE a.c IN (SELECT id FROM c WHERE v = 2)"
                + " AND NOT EXISTS (SELECT FROM d WHERE d.id = b.d)",
            "SELECT a.id, b.id FROM a LEFT JOIN b ON TRUE JOIN c ON a.c = c.id WHERE c.id = 3",
            "SELECT a.id, b.id FROM a LEFT JOIN (b JOIN d ON b.d = d.id) ON a.b = b.id"
                + " JOIN c ON a.c = c.id",
            "SELECT a.id, x.id FROM a FULL JOIN b ON a.b = b.id JOIN a x ON x.id = b.d",
            "SELECT a.id, b.id, c.id, d.id FROM a, b, c, d WHERE a.b = b.id AND c.id + d.id = a.v");
    for (String sql : queries) {
      List<String> expected = sortedRows(naive, sql);
      assertThat(rows(usual, sql)).as(sql).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(rows(merging, sql)).as(sql).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(expected).as(sql).isNotEmpty();
    }
  }

  @Test
  void selectiveTableIsJoinedFirst() {
    fourTables();
    String sql = "SELECT count(*) FROM a JOIN b ON a.b = b.id JOIN d ON b.d = d.id WHERE d.id = 4";
    String plan = plan(usual, sql);
    assertThat(depth(plan, " on a")).as(plan).isLessThan(depth(plan, " on b"));
    assertThat(depth(plan, " on a")).as(plan).isLessThan(depth(plan, " on d"));
  }

  private static int depth(String plan, String what) {
    for (String line : plan.split("\n", -1)) {
      if (line.contains(what + " ") || line.endsWith(what)) {
        return line.indexOf("->");
      }
    }
    throw new AssertionError(what + " is not in\n" + plan);
  }

  @Test
  void equalityIsNoLoopWithoutAnIndex() {
    naive.execute("CREATE TABLE x (k integer)");
    naive.execute("CREATE TABLE y (k integer)");
    assertThat(plan(usual, "SELECT * FROM x JOIN y ON x.k = y.k")).doesNotContain("Nested Loop");
  }

  // --- ten and more tables ---

  private static String chain(int tables) {
    StringBuilder sql = new StringBuilder("SELECT count(*) FROM t0");
    for (int i = 1; i < tables; i++) {
      sql.append(", t").append(i);
    }
    for (int i = 1; i < tables; i++) {
      sql.append(i == 1 ? " WHERE t" : " AND t")
          .append(i - 1)
          .append(".n = t")
          .append(i)
          .append(".id");
    }
    return sql.toString();
  }

  private static String star(int tables) {
    StringBuilder sql = new StringBuilder("SELECT count(*) FROM t0");
    for (int i = 1; i < tables; i++) {
      sql.append(" JOIN t").append(i).append(" ON t0.n = t").append(i).append(".id");
    }
    return sql.toString();
  }

  private static String clique(int tables) {
    StringBuilder sql = new StringBuilder(star(tables)).append(" WHERE TRUE");
    for (int i = 1; i < tables; i++) {
      for (int j = i + 1; j < tables; j++) {
        sql.append(" AND t").append(i).append(".n = t").append(j).append(".n");
      }
    }
    return sql.toString();
  }

  @Test
  void manyTablesAreOrderedInTime() {
    for (int i = 0; i < 14; i++) {
      naive.execute("CREATE TABLE t" + i + " (id integer PRIMARY KEY, n integer)");
      fill("t" + i, "i, i % " + (i + 3), 20 + 10 * i);
    }
    naive.execute("ANALYZE");
    for (String sql : List.of(chain(10), star(10), clique(10), chain(14), star(14))) {
      double best = Double.MAX_VALUE;
      for (int run = 0; run < 60; run++) {
        List<String> lines = rows(usual, "EXPLAIN (SUMMARY) " + sql);
        Matcher time = PLANNING.matcher(lines.getLast());
        assertThat(time.find()).as(lines.getLast()).isTrue();
        best = Math.min(best, Double.parseDouble(time.group(1)));
      }
      System.out.printf("planned in %.2f ms at best: %.40s…%n", best, sql);
      assertThat(best).as(sql).isLessThan(200);
    }
    assertThat(rows(usual, star(10))).isEqualTo(rows(merging, star(10)));
    assertThat(rows(usual, chain(14))).isEqualTo(rows(merging, chain(14)));
  }
}
