// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.client.Client;
import io.distdb.client.Result;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Recovery;
import io.distdb.sql.session.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The guided run; each chapter is a method. */
final class Demo {
  private static final int ACKNOWLEDGED_BEFORE_KILL = 2_000;
  private static final int RUNS = 20;
  private static final String BY_CUSTOMER =
      "SELECT id, day, paid FROM orders WHERE customer_id = 4711 ORDER BY id";
  private static final String BEST_SELLERS =
      "SELECT p.name, sum(i.quantity) AS sold FROM order_items i"
          + " JOIN products p ON p.id = i.product_id"
          + " GROUP BY p.name ORDER BY sold DESC, p.name LIMIT 5";

  private final Path directory;
  private final Narrator narrator;
  private final Clock clock = Clock.system();

  Demo(Path directory, PrintWriter out) {
    this.directory = directory;
    this.narrator = new Narrator(out, clock);
  }

  /** Whether every check held. */
  boolean run() throws IOException {
    narrator.say("DistDB %s, embedded in this process. Data: %s", Main.version(), directory);
    narrator.say("Every commit is forced to the disk before it is acknowledged.");
    long orders;
    try (Client client = Client.open(Config.at(directory));
        Session session = client.newSession()) {
      schema(session);
      load(client);
      index(client, session);
      transactions(client, session);
      orders = count(client, "orders");
    }
    long acknowledged = pullThePlug(orders + 1);
    recover(orders, acknowledged);
    return narrator.conclude();
  }

  private void schema(Session session) {
    narrator.heading("A schema");
    for (String sql : Shop.SCHEMA) {
      narrator.run(session, sql);
    }
  }

  private void load(Client client) {
    narrator.heading("200,000 generated rows");
    for (Shop.Load load : Shop.Load.values()) {
      narrator.load(load.sql(), load.rows(), () -> client.transaction(load::run));
    }
    narrator.say("");
    for (Shop.Load load : Shop.Load.values()) {
      String table = load.name().toLowerCase(Locale.ROOT);
      long rows = count(client, table);
      narrator.check(String.format("%s has %,d rows", table, rows), rows == load.rows());
    }
  }

  private void index(Client client, Session session) {
    narrator.heading("Queries, and what an index changes");
    narrator.run(session, BEST_SELLERS);
    narrator.run(session, "EXPLAIN " + BY_CUSTOMER);
    List<Long> before = ids(client);
    narrator.run(session, BY_CUSTOMER);
    long scanNanos = bestNanos(client);
    narrator.run(session, "CREATE INDEX orders_by_customer ON orders (customer_id)");
    narrator.run(session, "EXPLAIN " + BY_CUSTOMER);
    narrator.check("EXPLAIN names the index", explain(client).contains("orders_by_customer"));
    narrator.run(session, BY_CUSTOMER);
    long indexNanos = bestNanos(client);
    narrator.check("the answer is the same", !before.isEmpty() && before.equals(ids(client)));
    narrator.say(
        "Best of %d runs: %.3f ms without the index, %.3f ms with it.",
        RUNS, scanNanos / 1e6, indexNanos / 1e6);
  }

  private long bestNanos(Client client) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long began = clock.nanoTime();
      ids(client);
      best = Math.min(best, clock.nanoTime() - began);
    }
    return best;
  }

  private static List<Long> ids(Client client) {
    return client.query(BY_CUSTOMER).toList(row -> row.getLong("id"));
  }

  private static String explain(Client client) {
    return String.join(
        "\n", client.query("EXPLAIN " + BY_CUSTOMER).toList(row -> row.getString(0)));
  }

  private void transactions(Client client, Session session) {
    narrator.heading("A transaction, and one that is rolled back");
    long orders = count(client, "orders");
    narrator.run(session, "BEGIN");
    narrator.run(session, "INSERT INTO orders VALUES (" + (orders + 1) + ", 4711, 365, true)");
    narrator.run(session, "INSERT INTO order_items VALUES (" + (orders + 1) + ", 1, 7, 2)");
    narrator.run(session, "UPDATE products SET stock = stock - 2 WHERE id = 7");
    narrator.check("others do not see it yet", count(client, "orders") == orders);
    narrator.run(session, "COMMIT");
    narrator.check("now they do", count(client, "orders") == orders + 1);
    narrator.run(session, "BEGIN");
    narrator.run(session, "DELETE FROM orders WHERE paid");
    narrator.run(session, "ROLLBACK");
    narrator.check("nothing of that happened", count(client, "orders") == orders + 1);
    narrator.run(session, "SELECT id, name, stock FROM products WHERE id = 7");
  }

  /** The last order that was acknowledged before the kill. */
  private long pullThePlug(long first) throws IOException {
    narrator.heading("SIGKILL in the middle of commits");
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=io/distdb/node/cli/logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                DemoWriter.class.getName(),
                directory.toString(),
                Long.toString(first))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    narrator.say("Process %d opens the same directory, inserts orders one commit", victim.pid());
    narrator.say("at a time, and prints the number of each that was acknowledged.");
    long last = first - 1;
    try (BufferedReader acknowledgements = victim.inputReader(StandardCharsets.UTF_8)) {
      long killAfter = first + ACKNOWLEDGED_BEFORE_KILL;
      String line = acknowledgements.readLine();
      while (line != null) {
        last = Long.parseLong(line);
        if (last == killAfter) {
          victim.toHandle().destroyForcibly();
        }
        line = acknowledgements.readLine();
      }
    }
    waitFor(victim);
    narrator.say(
        "Killed by SIGKILL after order %,d: %,d were acknowledged.", last, last - first + 1);
    narrator.check("it was killed while it wrote", last >= first + ACKNOWLEDGED_BEFORE_KILL);
    return last;
  }

  private static void waitFor(Process victim) {
    try {
      victim.waitFor();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new DistDbException(ErrorCode.QUERY_CANCELED, "the demo was interrupted", stop);
    }
  }

  private void recover(long ordersBefore, long acknowledged) {
    narrator.heading("Recovery");
    try (Client client = Client.open(Config.at(directory));
        Session session = client.newSession()) {
      Recovery recovery = client.recovery();
      narrator.say(
          "Open again in %.2f s: %,d journal records, %,d bytes of %d segments; torn at the end: %,d"
              + " bytes.%n",
          recovery.nanos() / 1e9,
          recovery.journal().records(),
          recovery.journal().bytes(),
          recovery.journal().segments(),
          recovery.journal().tornBytes());
      narrator.run(session, "SELECT count(*), max(id) FROM orders");
      long wanted = acknowledged - ordersBefore;
      long kept = countBetween(client, ordersBefore + 1, acknowledged);
      narrator.check(
          String.format("%,d of %,d acknowledged orders are there", kept, wanted), kept == wanted);
      long beyond = countBetween(client, acknowledged + 1, Long.MAX_VALUE);
      narrator.check("beyond them at most the one that was in flight: " + beyond, beyond <= 1);
      narrator.check(
          "everything older is untouched",
          countBetween(client, 1, ordersBefore) == ordersBefore
              && count(client, "order_items") == Shop.ORDER_ITEMS + 1
              && count(client, "customers") == Shop.CUSTOMERS);
      narrator.check("the index agrees with the table", indexAgrees(client));
    }
  }

  private static boolean indexAgrees(Client client) {
    long byIndex = client.query(BY_CUSTOMER).toList(row -> row.getLong("id")).size();
    String withoutIndex = "SELECT count(*) FROM orders WHERE customer_id + 0 = 4711";
    return byIndex == number(client, withoutIndex);
  }

  private static long count(Client client, String table) {
    return number(client, "SELECT count(*) FROM " + table);
  }

  private static long countBetween(Client client, long from, long to) {
    return number(client, "SELECT count(*) FROM orders WHERE id >= " + from + " AND id <= " + to);
  }

  private static long number(Client client, String sql) {
    try (Result result = client.query(sql)) {
      result.next();
      return result.getLong(0);
    }
  }

  /** Deletes what a demo left in {@code directory}. */
  static void delete(Path directory) {
    try (var below = Files.walk(directory)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
