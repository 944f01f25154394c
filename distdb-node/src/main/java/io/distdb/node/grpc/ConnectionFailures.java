// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Turns what gRPC's server says of a connection that broke (garbage on the port, above all) from a
 * stack trace on the console into a line of the node's log. gRPC says it through the JDK's logging
 * and in no other way; only its one logger is touched, once in a process.
 */
final class ConnectionFailures extends Handler {
  private static final org.slf4j.Logger LOG =
      org.slf4j.LoggerFactory.getLogger(GrpcTransport.class);

  /** Strangers choose it in part. */
  private static final int TEXT_LENGTH_MAX = 160;

  /** Kept here, since the JDK keeps loggers only weakly. */
  private static final Logger GRPC = Logger.getLogger("io.grpc.netty.NettyServerTransport");

  static {
    GRPC.setUseParentHandlers(false);
    GRPC.addHandler(new ConnectionFailures());
  }

  private ConnectionFailures() {}

  /** The first call does it. */
  static void goToTheLog() {
    // The work is the static initializer's, so that it is done once.
  }

  @Override
  public void publish(LogRecord line) {
    Throwable thrown = line.getThrown();
    String why = thrown == null ? line.getMessage() : String.valueOf(thrown.getMessage());
    String text = why.substring(0, Math.min(why.length(), TEXT_LENGTH_MAX)).strip();
    String readable = text.replaceAll("\\p{Cntrl}", "?");
    if (line.getLevel().intValue() >= Level.INFO.intValue()) {
      LOG.warn("a connection to the port of other nodes broke: {}", readable);
    } else {
      LOG.debug("a connection to the port of other nodes ended: {}", readable);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
