// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What one part of the nodes writes to its log from INFO on, while this is open. */
final class NodeLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger logger;
  private final Level before;
  private final List<ILoggingEvent> lines = new ArrayList<>();

  /**
   * @param part a package or a class
   */
  NodeLines(String part) {
    logger = (Logger) LoggerFactory.getLogger(part);
    before = logger.getLevel();
    start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent line) {
    lines.add(line);
  }

  /** What was said since the last time, from {@code least} on. */
  synchronized List<String> said(Level least) {
    List<String> said =
        lines.stream()
            .filter(line -> line.getLevel().isGreaterOrEqual(least))
            .map(ILoggingEvent::getFormattedMessage)
            .toList();
    lines.clear();
    return said;
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.setAdditive(true);
    logger.setLevel(before);
  }
}
