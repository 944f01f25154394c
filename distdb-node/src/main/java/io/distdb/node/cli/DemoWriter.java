// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.client.Client;
import io.distdb.client.PreparedStatement;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The demo's victim, in a process of its own: inserts orders, each one a commit, and prints the
 * number of each after it was acknowledged, until it is killed.
 */
public final class DemoWriter {
  private DemoWriter() {}

  /** Arguments: data directory, number of the first order. */
  public static void main(String[] arguments) {
    PrintWriter acknowledged = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    long first = Long.parseLong(arguments[1]);
    try (Client client = Client.open(Path.of(arguments[0]))) {
      PreparedStatement insert = client.prepare(Shop.Load.ORDERS.sql());
      for (long id = first; id < Long.MAX_VALUE; id++) {
        insert.execute(id, 1 + id % Shop.CUSTOMERS, 365, false);
        acknowledged.println(id);
      }
    }
  }
}
