// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import io.distdb.client.Client;
import io.distdb.client.PreparedStatement;
import io.distdb.node.config.Config;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/**
 * Loading a table with a primary key and a secondary index in one process, memory to memory: COPY
 * and batches of INSERT beside the peers' batches, in interleaved rounds after one to warm up.
 */
public final class LoadBench {
  private static final String CREATE =
      "CREATE TABLE item (id BIGINT PRIMARY KEY, category INTEGER, name TEXT, quantity INTEGER,"
          + " note TEXT)";
  private static final String INDEX = "CREATE INDEX item_category ON item (category)";
  private static final int BATCH = 10_000;

  private final PrintStream out;
  private final int rows;
  private final int rounds;
  private final String only;

  public LoadBench(PrintStream out, int rows, int rounds, String only) {
    this.out = out;
    this.rows = rows;
    this.rounds = rounds;
    this.only = only;
  }

  public static void main(String[] arguments) throws Exception {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    String only = arguments.length > 2 ? arguments[2] : "copy,batch,h2,hsqldb,sqlite";
    new LoadBench(System.out, rows, rounds, only).run();
  }

  /** Prints rows per second: median, least, most. */
  public void run() throws Exception {
    List<String> sides = List.of(only.split(","));
    double[][] measured = new double[sides.size()][rounds];
    byte[] text = text();
    for (int round = -1; round < rounds; round++) {
      for (int side = 0; side < sides.size(); side++) {
        System.gc();
        double rate = rows / seconds(sides.get(side), text);
        System.err.printf("%s round %d: %,.0f rows/s%n", sides.get(side), round, rate);
        if (round >= 0) {
          measured[side][round] = rate;
        }
      }
    }
    out.println("| load | rows/s | least | most |");
    out.println("|---|---|---|---|");
    for (int side = 0; side < sides.size(); side++) {
      double[] rates = measured[side];
      Arrays.sort(rates);
      out.printf(
          "| %s | %,.0f | %,.0f | %,.0f |%n",
          sides.get(side), rates[rounds / 2], rates[0], rates[rounds - 1]);
    }
  }

  private byte[] text() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(rows * 90);
    for (long id = 0; id < rows; id++) {
      String line =
          id
              + "\t"
              + Rows.category(id)
              + "\t"
              + Rows.name(id)
              + "\t"
              + Rows.quantity(id)
              + "\t"
              + Rows.note(id)
              + "\n";
      bytes.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  private double seconds(String side, byte[] text) throws SQLException {
    switch (side) {
      case "h2" -> {
        return seconds(JdbcContender.h2());
      }
      case "hsqldb" -> {
        return seconds(JdbcContender.hsqldb());
      }
      case "sqlite" -> {
        return seconds(JdbcContender.sqlite());
      }
      case "copy", "batch" -> {}
      default -> throw new IllegalArgumentException("no side is called " + side);
    }
    try (Client client = Client.open(Config.inMemory())) {
      client.execute(CREATE);
      client.execute(INDEX);
      long begin = System.nanoTime();
      if (side.equals("copy")) {
        client.copyIn("COPY item FROM STDIN", new ByteArrayInputStream(text));
      } else {
        batches(client);
      }
      return (System.nanoTime() - begin) / 1e9;
    }
  }

  private double seconds(JdbcContender opened) throws SQLException {
    try (JdbcContender peer = opened) {
      long begin = System.nanoTime();
      peer.load(rows);
      double seconds = (System.nanoTime() - begin) / 1e9;
      peer.dropTable();
      return seconds;
    }
  }

  private void batches(Client client) {
    PreparedStatement insert = client.prepare("INSERT INTO item VALUES ($1, $2, $3, $4, $5)");
    for (int from = 0; from < rows; from += BATCH) {
      insert.executeBatch(new Parameters(from, Math.min(BATCH, rows - from)));
    }
  }

  private static final class Parameters extends AbstractList<Object[]> {
    private final int from;
    private final int size;

    Parameters(int from, int size) {
      this.from = from;
      this.size = size;
    }

    @Override
    public Object[] get(int at) {
      long id = from + at;
      return new Object[] {id, Rows.category(id), Rows.name(id), Rows.quantity(id), Rows.note(id)};
    }

    @Override
    public int size() {
      return size;
    }
  }
}
