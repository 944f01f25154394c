// SPDX-License-Identifier: MIT
package io.distdb.sharding.remote;

import io.distdb.api.Bytes;
import io.distdb.api.Varint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Says again which transactions are over: what was told of their ends may have been lost.
 *
 * @param life as in {@link TransactionName}
 * @param transactions their numbers
 */
public record Ended(long life, List<Long> transactions) {
  public Ended {
    transactions = List.copyOf(transactions);
  }

  public Bytes encode() {
    int bytes = Long.BYTES + Varint.size(transactions.size());
    for (long number : transactions) {
      bytes += Varint.size(number);
    }
    ByteBuffer message = Fields.begin(bytes).putLong(life);
    Varint.put(message, transactions.size());
    transactions.forEach(number -> Varint.put(message, number));
    return Fields.end(message);
  }

  /**
   * @throws io.distdb.api.error.DistDbException {@code INCOMPATIBLE_FORMAT}, {@code
   *     PROTOCOL_VIOLATION}
   */
  public static Ended decode(Bytes message) {
    return Fields.read("a list of ends", message, Ended::get);
  }

  private static Ended get(ByteBuffer source) {
    long life = source.getLong();
    int count = Varint.getInt(source);
    if (count > source.remaining()) {
      throw new IllegalArgumentException(count + " transactions");
    }
    List<Long> transactions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      transactions.add(Varint.get(source));
    }
    return new Ended(life, transactions);
  }
}
