// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What the nodes of this process write to their log from INFO on, while this is open. */
final class NodeLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.distdb.node");
  private final Level before = logger.getLevel();
  private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();

  NodeLog() {
    start();
    logger.setLevel(Level.INFO);
    logger.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent line) {
    lines.add(line);
  }

  /** Warnings, in order. */
  List<String> warnings() {
    return lines.stream()
        .filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  /** Whether a warning has all of these. */
  boolean hasWarned(String... parts) {
    return warnings().stream().anyMatch(line -> List.of(parts).stream().allMatch(line::contains));
  }

  /** All lines, in order. */
  List<String> lines() {
    return lines.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.setLevel(before);
  }
}
