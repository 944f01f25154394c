// SPDX-License-Identifier: MIT
package io.distdb.testcluster.differential;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Node;
import io.distdb.sql.optimize.JoinMethod;
import io.distdb.sql.optimize.PlannerOptions;
import io.distdb.sql.session.DatabaseOptions;
import io.distdb.sql.session.Databases;
import io.distdb.sql.session.Session;
import io.distdb.sql.spill.SpillSpace;
import io.distdb.testkit.disk.SimulatedDisk;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The same rows in DistDB, with rules and indexes and without either, in H2, and in PostgreSQL when
 * it is named.
 */
final class ComparedDatabases implements AutoCloseable {
  private static final DatabaseOptions OPTIONS =
      new DatabaseOptions(IsolationLevel.READ_COMMITTED, 3_000, 0, 64);

  /** Nothing but loops over what is held, as it is written. */
  private static final PlannerOptions NAIVE =
      new PlannerOptions(
          List.of(), Set.of(JoinMethod.HASH, JoinMethod.MERGE, JoinMethod.INDEX), false);

  /** Merge joins wherever there is an equality between columns. */
  private static final PlannerOptions MERGING =
      PlannerOptions.DEFAULT.avoiding(Set.of(JoinMethod.HASH, JoinMethod.INDEX, JoinMethod.LOOP));

  /** Joins that hold a side or want it sorted, so that there is something to put on disk. */
  private static final PlannerOptions HOLDING =
      PlannerOptions.DEFAULT.avoiding(Set.of(JoinMethod.INDEX, JoinMethod.LOOP));

  private final Node node;
  private final Node plainNode;
  private final Databases rulesOn;
  private final Databases rulesOff;
  private final Session on;
  private final Session off;
  private final Databases mergeJoins;
  private final Session merging;
  private final SimulatedDisk files = new SimulatedDisk(1);
  private final Databases onDisk;
  private final Session spilling;
  private int merged;
  private int spilled;
  private final Connection h2;
  private final Optional<Connection> postgres;

  /**
   * What was found of a query.
   *
   * @param withH2 H2 answered it too
   * @param text the answers
   */
  record Verdict(Kind kind, boolean withH2, String text) {
    enum Kind {
      SAME,
      DIFFERENT,
      /** One of them failed by a value, which another order of evaluation may never meet. */
      UNDECIDED
    }
  }

  private ComparedDatabases(Connection h2, Optional<Connection> postgres) {
    Config config = Config.inMemory();
    node = Node.start(config);
    plainNode = Node.start(config);
    rulesOn = open(node, OPTIONS);
    rulesOff = open(plainNode, OPTIONS.withPlanning(NAIVE));
    on = rulesOn.main().newSession();
    off = rulesOff.main().newSession();
    mergeJoins = open(node, OPTIONS.withPlanning(MERGING));
    merging = mergeJoins.main().newSession();
    onDisk =
        Databases.open(
            node.transactions(),
            Scheduler.threads(),
            Clock.system(),
            OPTIONS.withPlanning(HOLDING),
            node.transactions(),
            SpillSpace.eager(files));
    spilling = onDisk.main().newSession();
    this.h2 = h2;
    this.postgres = postgres;
  }

  private static Databases open(Node node, DatabaseOptions options) {
    return Databases.open(node.transactions(), Scheduler.threads(), Clock.system(), options);
  }

  static ComparedDatabases open() throws SQLException {
    Connection h2 =
        DriverManager.getConnection("jdbc:h2:mem:;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE");
    String url = System.getProperty("distdb.postgres", "");
    Optional<Connection> postgres =
        url.isEmpty() ? Optional.empty() : Optional.of(DriverManager.getConnection(url));
    ComparedDatabases databases = new ComparedDatabases(h2, postgres);
    databases.fill();
    return databases;
  }

  private void fill() throws SQLException {
    Schema.statements().forEach(off::execute);
    for (String statement : indexed()) {
      on.execute(statement);
      try (Statement h2Statement = h2.createStatement()) {
        h2Statement.execute(statement);
      }
    }
    on.execute("ANALYZE");
    if (postgres.isPresent()) {
      try (Statement statement = postgres.get().createStatement()) {
        statement.execute("DROP SCHEMA IF EXISTS generated CASCADE");
        statement.execute("CREATE SCHEMA generated");
        statement.execute("SET search_path = generated");
        for (String sql : indexed()) {
          statement.execute(sql);
        }
      }
    }
  }

  private static List<String> indexed() {
    List<String> statements = new ArrayList<>(Schema.statements());
    statements.addAll(Schema.indexes());
    return statements;
  }

  Verdict judge(GeneratedQuery query) {
    Answer with = Answer.of(on, query.sql());
    Answer without = Answer.of(off, query.sql());
    Verdict verdict = compare(query, "with rules and indexes", with, "without", without);
    if (verdict.kind() == Verdict.Kind.SAME && usesMerge(query)) {
      merged++;
      verdict = compare(query, "merge joins", Answer.of(merging, query.sql()), "without", without);
    }
    if (verdict.kind() == Verdict.Kind.SAME) {
      long before = files.boundaries();
      verdict = compare(query, "on disk", Answer.of(spilling, query.sql()), "without", without);
      spilled += files.boundaries() > before ? 1 : 0;
    }
    if (verdict.kind() == Verdict.Kind.SAME && postgres.isPresent()) {
      Answer real = Answer.of(postgres.get(), query.sql());
      verdict = compare(query, "DistDB", with, "PostgreSQL", real);
    }
    if (verdict.kind() == Verdict.Kind.SAME && query.everywhere()) {
      return withH2(query, with);
    }
    return verdict;
  }

  /** How many queries were answered by merge joins too. */
  int merged() {
    return merged;
  }

  /** How many queries put rows into temporary files. */
  int spilled() {
    return spilled;
  }

  /** Temporary files that are there now. */
  List<String> filesLeft() {
    return files.list("");
  }

  private boolean usesMerge(GeneratedQuery query) {
    return Answer.of(merging, "EXPLAIN " + query.sql()) instanceof Answer.Rows plan
        && plan.rows().stream().anyMatch(line -> line.contains("Merge"));
  }

  private Verdict withH2(GeneratedQuery query, Answer ours) {
    Answer theirs = Answer.of(h2, query.sql());
    if (theirs instanceof Answer.Failure) {
      return new Verdict(Verdict.Kind.SAME, false, "");
    }
    Verdict verdict = compare(query, "DistDB", ours, "H2", theirs);
    return new Verdict(verdict.kind(), true, verdict.text());
  }

  private static Verdict compare(
      GeneratedQuery query, String oneName, Answer one, String otherName, Answer other) {
    String text = oneName + ": " + one + "\n" + otherName + ": " + other;
    if (Answer.agree(one, other, query.ordered())) {
      return new Verdict(Verdict.Kind.SAME, false, text);
    }
    boolean undecided = isOpen(one) && !isWrong(other) || isOpen(other) && !isWrong(one);
    return new Verdict(undecided ? Verdict.Kind.UNDECIDED : Verdict.Kind.DIFFERENT, false, text);
  }

  private static boolean isOpen(Answer answer) {
    return answer instanceof Answer.Failure failure
        && !isWrong(answer)
        && (failure.isOfValues() || failure.isTimeout());
  }

  private static boolean isWrong(Answer answer) {
    return answer instanceof Answer.Failure failure
        && !failure.isOfValues()
        && !failure.isTimeout();
  }

  @Override
  public void close() throws SQLException {
    on.close();
    off.close();
    merging.close();
    spilling.close();
    onDisk.close();
    mergeJoins.close();
    rulesOn.close();
    rulesOff.close();
    node.close();
    plainNode.close();
    h2.close();
    if (postgres.isPresent()) {
      postgres.get().close();
    }
  }
}
