// SPDX-License-Identifier: MIT
package io.distdb.bench;

import io.distdb.bench.client.ClientBench;
import io.distdb.bench.client.OpenBench;
import io.distdb.bench.journal.JournalBench;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code distdb-bench/run}: what to run, then options. */
public final class Main {
  private static final String USAGE =
      """
      usage: distdb-bench/run client [memory|durable|open]... [--rows N] [--rounds N] [--millis N]
                                 [--sides NAME,...]
             distdb-bench/run journal [--rounds N] [--millis N]
             distdb-bench/run jmh ARGUMENT...      (JMH's own arguments; -l lists the benchmarks)

      journal  durable writes of the journal beside bare loops and RocksDB, 1, 16 and 64 threads.
      client   DistDB beside H2, HSQLDB, SQLite and RocksDB: point statements in memory, durable
               inserts, opening and idling. Without a name: all three. Defaults: --rows 1000000
               --rounds 5 --millis 2000, all sides. Prints markdown; progress goes to standard error.
      """;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (arguments.length > 0 && arguments[0].equals("jmh")) {
      org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
    } else if (arguments.length > 0 && arguments[0].equals("journal")) {
      journal(out, List.of(arguments).subList(1, arguments.length));
    } else if (arguments.length > 0 && arguments[0].equals("client")) {
      client(out, List.of(arguments).subList(1, arguments.length));
    } else {
      out.print(USAGE);
    }
  }

  private static void journal(PrintStream out, List<String> arguments) throws Exception {
    int rounds = 5;
    long millis = 2_000;
    for (int i = 0; i + 1 < arguments.size(); i += 2) {
      switch (arguments.get(i)) {
        case "--rounds" -> rounds = Integer.parseInt(arguments.get(i + 1));
        case "--millis" -> millis = Long.parseLong(arguments.get(i + 1));
        default -> throw new IllegalArgumentException("unknown option " + arguments.get(i));
      }
    }
    new JournalBench(out, rounds, millis).run();
  }

  private static void client(PrintStream out, List<String> arguments) throws Exception {
    long rows = 1_000_000;
    int rounds = 5;
    long millis = 2_000;
    List<String> memory = List.of("distdb", "h2", "hsqldb", "sqlite");
    List<String> durable = List.of("distdb-sync", "append-force", "rocksdb-sync", "sqlite-sync");
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      switch (arguments.get(i)) {
        case "--rows" -> rows = Long.parseLong(arguments.get(++i));
        case "--rounds" -> rounds = Integer.parseInt(arguments.get(++i));
        case "--millis" -> millis = Long.parseLong(arguments.get(++i));
        case "--sides" -> {
          List<String> wanted = List.of(arguments.get(++i).split(","));
          memory = memory.stream().filter(wanted::contains).toList();
          durable = durable.stream().filter(wanted::contains).toList();
        }
        default -> parts.add(arguments.get(i));
      }
    }
    out.printf(
        "Java %s, %d processors, %d rounds of %d ms after one of three times that to warm up.%n",
        Runtime.version(), Runtime.getRuntime().availableProcessors(), rounds, millis);
    ClientBench bench = new ClientBench(out, rows, rounds, millis);
    if (parts.isEmpty() || parts.contains("memory")) {
      bench.inMemory(memory);
    }
    if (parts.isEmpty() || parts.contains("durable")) {
      bench.durable(durable);
    }
    if (parts.isEmpty() || parts.contains("open")) {
      new OpenBench(out, rows, rounds).run();
    }
  }
}
