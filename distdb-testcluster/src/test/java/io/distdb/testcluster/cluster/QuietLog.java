// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Nodes that are broken on purpose complain a thousand times: not while this is open. */
final class QuietLog implements AutoCloseable {
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.distdb");
  private final Level before = logger.getLevel();

  QuietLog() {
    if (System.getProperty("distdb.seed") == null) {
      logger.setLevel(Level.OFF);
    }
  }

  @Override
  public void close() {
    logger.setLevel(before);
  }
}
