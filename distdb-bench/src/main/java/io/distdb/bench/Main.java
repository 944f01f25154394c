// SPDX-License-Identifier: MIT
package io.distdb.bench;

import io.distdb.bench.backup.BackupBench;
import io.distdb.bench.client.ClientBench;
import io.distdb.bench.client.CreateTableBench;
import io.distdb.bench.client.HeapBench;
import io.distdb.bench.client.LoadBench;
import io.distdb.bench.client.OpenBench;
import io.distdb.bench.client.QueryBench;
import io.distdb.bench.client.StartBench;
import io.distdb.bench.index.IndexBench;
import io.distdb.bench.journal.JournalBench;
import io.distdb.bench.rocksdb.RocksBench;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code distdb-bench/run}: what to run, then options. */
public final class Main {
  private static final String USAGE =
      """
      usage: distdb-bench/run all [--quick]
             distdb-bench/run index [--rows N] [--rounds N] [--millis N]
             distdb-bench/run journal [--rounds N] [--millis N]
             distdb-bench/run client [memory|durable|open|create|heap]... [--rows N] [--rounds N]
                                 [--millis N] [--sides NAME,...]
             distdb-bench/run load [ROWS [ROUNDS [copy,batch,h2,hsqldb,sqlite]]]
             distdb-bench/run queries [--rows N] [--rounds N] [--millis N] [--sides NAME,...]
             distdb-bench/run rocksdb [--rows N] [--rounds N] [--millis N] [--cases NAME,...]
             distdb-bench/run backup [--rows N] [--rounds N] [--millis N] [--share PERCENT]
                                 [--sides NAME,...]
             distdb-bench/run start [--rounds N]
             distdb-bench/run jdbc                 (a benchmark of JMH)
             distdb-bench/run jmh ARGUMENT...      (JMH's own arguments; -l lists the benchmarks)

      all      every table of docs/benchmarks.md, some twenty minutes; --quick: two short rounds of
               100,000 rows, to see that everything runs.
      index    B+tree and hash index beside the maps of the JDK.
      journal  durable writes of the journal beside bare loops and RocksDB, 1, 16 and 64 threads.
      client   DistDB beside H2, HSQLDB, SQLite and RocksDB: point statements in memory, durable
               inserts, opening and idling, CREATE TABLE, heap a row. Without a name: all five.
      queries  DistDB beside H2, HSQLDB, SQLite and DuckDB: rows by index and by range, reads and
               updates of two threads, an aggregate, a join of three tables.
      rocksdb  the RocksDB engine beside rocksdbjni itself, SQL on it beside SQLite on a file, and
               opening of both engines. Cases: load, get, range, forced, commits, backup, select,
               bytes, open, open_memory.
      backup   writers with and without a backup that runs all the time, on both engines.
      start    ./distdb sql --memory -c "select 1", as a whole process.
      jdbc     a prepared SELECT by primary key through JDBC: Client.dataSource() beside H2.
      load     COPY and batches of INSERT beside the batches of H2, HSQLDB and SQLite, in memory.

      Defaults: --rows 1000000 --rounds 5 --millis 2000 (all: 1000), all sides. Prints markdown;
      progress goes to standard error.
      """;

  private static final List<String> MEMORY_SIDES = List.of("distdb", "h2", "hsqldb", "sqlite");
  private static final List<String> ENGINES = List.of("memory", "rocksdb");
  private static final List<String> HEAP_SIDES = List.of("distdb", "h2", "hsqldb");
  private static final List<String> QUERY_SIDES =
      List.of("distdb", "h2", "hsqldb", "sqlite", "duckdb");
  private static final List<String> DURABLE_SIDES =
      List.of("distdb-sync", "append-force", "rocksdb-sync", "sqlite-sync");

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    String what = arguments.length == 0 ? "" : arguments[0];
    List<String> rest = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    switch (what) {
      case "all" -> all(out, rest.contains("--quick"));
      case "index" -> {
        Options options = new Options(2_000).read(rest);
        index(options.rows, options.rounds, options.millis);
      }
      case "journal" -> journal(out, new Options(2_000).read(rest));
      case "client" -> client(out, new Options(2_000).read(rest));
      case "load" -> LoadBench.main(rest.toArray(String[]::new));
      case "rocksdb" -> {
        Options options = new Options(2_000).read(rest);
        heading(out, options, "after one to warm up");
        new RocksBench(out, options.rows, options.rounds, options.millis, options.sides).run();
      }
      case "backup" -> {
        Options options = new Options(4_000).read(rest);
        heading(out, options, "after one to warm up");
        new BackupBench(out, options.rows, options.rounds, options.millis, options.sharePercent)
            .run(options.sides(ENGINES));
      }
      case "queries" -> queries(out, new Options(2_000).read(rest));
      case "start" -> start(out, new Options(2_000).read(rest));
      case "jdbc" -> org.openjdk.jmh.Main.main(new String[] {"JdbcPointBenchmark"});
      case "jmh" -> org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
      default -> out.print(USAGE);
    }
  }

  private static void all(PrintStream out, boolean quick) throws Exception {
    Options options = new Options(quick ? 300 : 1_000);
    if (quick) {
      options.rows = 100_000;
      options.rounds = 2;
    }
    index(options.rows, options.rounds, options.millis / 2);
    journal(out, options);
    client(out, options);
    queries(out, options);
    load(out, options);
    start(out, options);
  }

  private static void load(PrintStream out, Options options) throws Exception {
    String sides = "copy,batch,h2,hsqldb,sqlite";
    out.printf("%n### Loading %,d rows, in memory%n%n", options.rows);
    new LoadBench(out, (int) options.rows, options.rounds, sides).run();
  }

  private static void start(PrintStream out, Options options) throws Exception {
    new StartBench(out, Path.of(System.getProperty("distdb.root", ".")), options.rounds).run();
  }

  private static void queries(PrintStream out, Options options) throws Exception {
    heading(out, options, "after one of three times that to warm up");
    new QueryBench(out, options.rows, options.rounds, options.millis)
        .run(options.sides(QUERY_SIDES));
  }

  private static void index(long rows, int rounds, long millis) throws Exception {
    IndexBench.main(
        new String[] {Long.toString(rows), Integer.toString(rounds), Long.toString(millis)});
  }

  private static void journal(PrintStream out, Options options) throws Exception {
    heading(out, options, "after one of twice that to warm up");
    new JournalBench(out, options.rounds, options.millis).run();
  }

  private static void client(PrintStream out, Options options) throws Exception {
    heading(out, options, "after one of three times that to warm up");
    ClientBench bench = new ClientBench(out, options.rows, options.rounds, options.millis);
    if (options.wants("memory")) {
      bench.inMemory(options.sides(MEMORY_SIDES));
    }
    if (options.wants("durable")) {
      bench.durable(options.sides(DURABLE_SIDES));
    }
    if (options.wants("open")) {
      new OpenBench(out, options.rows, options.rounds).run();
    }
    if (options.wants("create")) {
      new CreateTableBench(out, options.rounds).run();
    }
    if (options.wants("heap")) {
      new HeapBench(out, options.rows, options.rounds).run(options.sides(HEAP_SIDES));
    }
  }

  private static void heading(PrintStream out, Options options, String warmUp) {
    out.printf(
        "%nJava %s, %d processors, %d rounds of %d ms, %s.%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        options.rounds,
        options.millis,
        warmUp);
  }

  /** What the command line says; the defaults are the issue's. */
  private static final class Options {
    private long rows = 1_000_000;
    private int rounds = 5;
    private long millis;
    private int sharePercent = 20;
    private List<String> sides = List.of();
    private final List<String> parts = new ArrayList<>();

    Options(long millis) {
      this.millis = millis;
    }

    Options read(List<String> arguments) {
      for (int i = 0; i < arguments.size(); i++) {
        switch (arguments.get(i)) {
          case "--rows" -> rows = Long.parseLong(arguments.get(++i));
          case "--rounds" -> rounds = Integer.parseInt(arguments.get(++i));
          case "--millis" -> millis = Long.parseLong(arguments.get(++i));
          case "--share" -> sharePercent = Integer.parseInt(arguments.get(++i));
          case "--sides", "--cases" -> sides = List.of(arguments.get(++i).split(","));
          case "memory", "durable", "open", "create", "heap" -> parts.add(arguments.get(i));
          default ->
              throw new IllegalArgumentException(
                  "neither an option nor a table: " + arguments.get(i));
        }
      }
      return this;
    }

    boolean wants(String part) {
      return parts.isEmpty() || parts.contains(part);
    }

    List<String> sides(List<String> all) {
      return sides.isEmpty() ? all : all.stream().filter(sides::contains).toList();
    }
  }
}
