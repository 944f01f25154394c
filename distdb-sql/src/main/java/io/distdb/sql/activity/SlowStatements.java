// SPDX-License-Identifier: MIT
package io.distdb.sql.activity;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of statements that took longer than {@code log_min_duration_statement}. */
public final class SlowStatements {
  private static final Logger LOG = LoggerFactory.getLogger("io.distdb.slow");

  private SlowStatements() {}

  /**
   * Writes one line.
   *
   * @param statement masked here
   * @param parameters their texts between commas; empty: they are not to be logged
   */
  public static void log(
      long nanos,
      String database,
      String user,
      String application,
      String statement,
      String parameters) {
    LOG.info(
        "duration: {} ms  database: {}  user: {}  application: {}  statement: {}{}",
        String.format(Locale.ROOT, "%.3f", nanos / 1e6),
        database,
        user,
        application.isEmpty() ? "-" : application,
        oneLine(Secrets.masked(statement)),
        parameters.isEmpty() ? "" : "  parameters: " + oneLine(parameters));
  }

  private static String oneLine(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }
}
