// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import io.distdb.api.journal.Durability;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import java.io.PrintStream;
import java.nio.file.Path;

/** The child of {@link CreateTableBench}: creates tables, prints nanoseconds, and ends. */
public final class CreateTableProcess {
  private CreateTableProcess() {}

  /** Where the database is, and what an acknowledged statement survives. */
  enum Place {
    MEMORY("in memory"),
    UNFORCED("on disk, durability none"),
    SYNCED("on disk, durability sync");

    final String title;

    Place(String title) {
      this.title = title;
    }

    Config config(Path directory) {
      return switch (this) {
        case MEMORY -> Config.inMemory();
        case UNFORCED -> Config.at(directory).withDurability(Durability.NONE);
        case SYNCED -> Config.at(directory).withDurability(Durability.SYNC);
      };
    }
  }

  /**
   * Arguments: place, directory, tables. Prints the time of the first statement; the median, the
   * 99th percentile and the longest of the others.
   */
  public static void main(String[] arguments) {
    PrintStream answers = System.out;
    System.setOut(System.err);
    Place place = Place.valueOf(arguments[0]);
    int tables = Integer.parseInt(arguments[2]);
    try (Client client = Client.open(place.config(Path.of(arguments[1])))) {
      long first = create(client, 0);
      double[] nanos = new double[tables];
      for (int i = 0; i < tables; i++) {
        nanos[i] = create(client, i + 1);
      }
      Sample sample = new Sample(nanos);
      answers.printf(
          "%d %d %d %d%n",
          first, (long) sample.median(), (long) sample.quantile(0.99), (long) sample.most());
    }
  }

  private static long create(Client client, int number) {
    long began = System.nanoTime();
    client.execute(
        "CREATE TABLE item_"
            + number
            + " (id BIGINT PRIMARY KEY, category INTEGER NOT NULL, name TEXT,"
            + " quantity INTEGER DEFAULT 0, note TEXT)");
    return System.nanoTime() - began;
  }
}
