// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.checker.CheckResult;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;

/** Something that many clients do at a time, and what must be true of what they saw. */
interface Workload {
  String name();

  /** The tables; once, before all clients. */
  void create(Connection connection) throws SQLException;

  /**
   * One operation or transaction, recorded.
   *
   * @return whether it was acknowledged
   */
  boolean step(Link link, long process, SeededRandom random);

  /** Reads at the end, through one node, what is to be there. */
  void readAll(Link link, long process) throws SQLException;

  /** When every client has ended. */
  CheckResult check();

  /** A line for each operation. */
  void write(PrintWriter history);
}
