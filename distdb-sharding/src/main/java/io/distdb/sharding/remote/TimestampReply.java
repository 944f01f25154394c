// SPDX-License-Identifier: MIT
package io.distdb.sharding.remote;

import io.distdb.api.Bytes;

/**
 * A timestamp, of a commit or of a snapshot.
 *
 * @param applied the log's index through which it must be applied where this is read: everything
 *     committed at or below the timestamp is
 */
public record TimestampReply(long timestamp, long applied) {
  public Bytes encode() {
    return Fields.end(Fields.begin(2 * Long.BYTES).putLong(timestamp).putLong(applied));
  }

  /**
   * @throws io.distdb.api.error.DistDbException {@code INCOMPATIBLE_FORMAT}, {@code
   *     PROTOCOL_VIOLATION}
   */
  public static TimestampReply decode(Bytes message) {
    return Fields.read(
        "a timestamp", message, source -> new TimestampReply(source.getLong(), source.getLong()));
  }
}
