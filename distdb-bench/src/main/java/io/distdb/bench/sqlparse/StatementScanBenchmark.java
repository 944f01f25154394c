// SPDX-License-Identifier: MIT
package io.distdb.bench.sqlparse;

import io.distdb.sql.parse.Fingerprint;
import io.distdb.sql.parse.SqlParser;
import io.distdb.sql.parse.StatementScanner;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The text side of a point statement whose literals are new every time: scan, look up, read the
 * literal; and for comparison the parse that this saves.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StatementScanBenchmark {
  private static final int STATEMENTS = 1_024;

  private final String[] statements = new String[STATEMENTS];
  private final StatementScanner scanner = new StatementScanner();
  private final Map<Fingerprint, String> plans = new HashMap<>();
  private int next;

  @Setup
  public void setUp() {
    for (int i = 0; i < STATEMENTS; i++) {
      statements[i] = "SELECT id, name, balance FROM account WHERE id = " + (1_000_000 + i * 7_919);
    }
    for (int i = 0; i < 100; i++) {
      scanner.scan("SELECT id, c" + i + " FROM account WHERE id = 1");
      plans.put(scanner.fingerprint().copy(), "plan " + i);
    }
    scanner.scan(statements[0]);
    plans.put(scanner.fingerprint().copy(), "the plan");
  }

  private String statement() {
    next = next + 1 & STATEMENTS - 1;
    return statements[next];
  }

  /** A hit of the plan cache: the plan's hash stands for its use. */
  @Benchmark
  public long cachedStatement() {
    scanner.scan(statement());
    return plans.get(scanner.fingerprint()).length() + scanner.literals().longValue(0);
  }

  /** A miss, without analysis and planning. */
  @Benchmark
  public Object parsedStatement() {
    return SqlParser.parse(statement());
  }
}
