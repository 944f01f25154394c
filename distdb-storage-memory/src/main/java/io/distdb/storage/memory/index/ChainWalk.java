// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

/** Walks over the versions of one chain, newest first; reused from chain to chain. */
final class ChainWalk {
  private Object link;
  private long baseTimestamp;
  private byte[] value;
  private long timestamp;

  void start(Object head, long chainBaseTimestamp) {
    link = head;
    baseTimestamp = chainBaseTimestamp;
  }

  boolean next() {
    if (link == null) {
      return false;
    }
    if (link instanceof Version version) {
      value = version.value;
      timestamp = version.timestamp;
      link = version.older();
    } else {
      value = (byte[]) link;
      timestamp = baseTimestamp;
      link = null;
    }
    return true;
  }

  byte[] value() {
    return value;
  }

  long timestamp() {
    return timestamp;
  }
}
