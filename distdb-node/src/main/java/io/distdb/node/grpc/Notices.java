// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of what becomes of peers: a line when it changes, though it is tried again every second
 * on every lane. Thread-safe.
 */
final class Notices {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcTransport.class);

  /** Strangers can make names up: past this many, all are forgotten. */
  private static final int REMEMBERED_MAX = 1024;

  private final ConcurrentHashMap<String, String> last = new ConcurrentHashMap<>();

  /** Something is wrong that does not pass by itself. */
  void warn(String about, String text) {
    if (isNew(about, text)) {
      LOG.warn(text);
    } else {
      LOG.debug(text);
    }
  }

  void inform(String about, String text) {
    if (isNew(about, text)) {
      LOG.info(text);
    } else {
      LOG.debug(text);
    }
  }

  private boolean isNew(String about, String text) {
    if (last.size() >= REMEMBERED_MAX) {
      last.clear();
    }
    return !text.equals(last.put(about, text));
  }
}
