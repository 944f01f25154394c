// SPDX-License-Identifier: MIT
package io.distdb.sharding.remote;

import io.distdb.api.Bytes;
import io.distdb.api.Varint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Says that transactions go on, so that their locks stay.
 *
 * @param life as in {@link TransactionName}
 * @param oldestPin the oldest snapshot that is read at, or {@link Long#MAX_VALUE}
 * @param transactions their numbers
 */
public record Ping(long life, long oldestPin, List<Long> transactions) {
  public Ping {
    transactions = List.copyOf(transactions);
  }

  public Bytes encode() {
    int bytes = 2 * Long.BYTES + Varint.size(transactions.size());
    for (long number : transactions) {
      bytes += Varint.size(number);
    }
    ByteBuffer message = Fields.begin(bytes).putLong(life).putLong(oldestPin);
    Varint.put(message, transactions.size());
    transactions.forEach(number -> Varint.put(message, number));
    return Fields.end(message);
  }

  /**
   * @throws io.distdb.api.error.DistDbException {@code INCOMPATIBLE_FORMAT}, {@code
   *     PROTOCOL_VIOLATION}
   */
  public static Ping decode(Bytes message) {
    return Fields.read("a ping", message, Ping::get);
  }

  private static Ping get(ByteBuffer source) {
    long life = source.getLong();
    long oldestPin = source.getLong();
    int count = Varint.getInt(source);
    if (count > source.remaining()) {
      throw new IllegalArgumentException(count + " transactions");
    }
    List<Long> transactions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      transactions.add(Varint.get(source));
    }
    return new Ping(life, oldestPin, transactions);
  }
}
