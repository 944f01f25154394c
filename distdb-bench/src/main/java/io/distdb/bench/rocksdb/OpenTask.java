// SPDX-License-Identifier: MIT
package io.distdb.bench.rocksdb;

import io.distdb.api.journal.Durability;
import io.distdb.node.config.Config;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * The child of {@link OpenSides}. Arguments: {@code load} or {@code open}; {@code rocksdb}, {@code
 * memory} or {@code sqlite}; directory; rows. Prints a line, then waits for one, or to be killed.
 */
public final class OpenTask {
  private OpenTask() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err);
    Path directory = Path.of(arguments[2]);
    long rows = Long.parseLong(arguments[3]);
    long began = System.nanoTime();
    try (SqlSide side = side(arguments[1], directory)) {
      if (arguments[0].equals("load")) {
        side.create();
        if (arguments[1].equals("memory") && side instanceof DistDbSide memory) {
          memory.loadOneByOne(rows);
        } else {
          side.loadRows(rows);
        }
        answers.println("loaded");
      } else if (side.select(rows / 2) > 0) {
        answers.println(System.nanoTime() - began);
      }
      if (System.in.read() < 0) {
        return;
      }
    }
  }

  private static SqlSide side(String name, Path directory) throws Exception {
    return switch (name) {
      case "sqlite" -> new SqliteSide(directory.resolve("sqlite"));
      case "rocksdb" ->
          new DistDbSide(Config.builder().directory(directory).storage("rocksdb").build());
      case "memory" -> new DistDbSide(Config.at(directory).withDurability(Durability.NONE));
      default -> throw new IllegalArgumentException("no side is called " + name);
    };
  }
}
