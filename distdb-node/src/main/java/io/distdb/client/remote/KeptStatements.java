// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import java.util.LinkedHashMap;
import java.util.Map;

/** Statements of one session, by their text; the one that was not used for longest goes first. */
final class KeptStatements extends LinkedHashMap<String, RemotePrepared> {
  private static final long serialVersionUID = 1L;
  private static final int COUNT_MAX = 256;

  KeptStatements() {
    super(16, 0.75f, true);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<String, RemotePrepared> eldest) {
    if (size() > COUNT_MAX) {
      eldest.getValue().forget();
      return true;
    }
    return false;
  }
}
