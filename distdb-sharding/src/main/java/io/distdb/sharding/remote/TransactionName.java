// SPDX-License-Identifier: MIT
package io.distdb.sharding.remote;

import java.nio.ByteBuffer;

/**
 * A transaction of another node, which the transport names.
 *
 * @param life of that node's process: its transactions are counted anew in each
 * @param number within that life
 */
public record TransactionName(long life, long number) {
  static final int BYTES = 2 * Long.BYTES;

  void put(ByteBuffer target) {
    target.putLong(life).putLong(number);
  }

  static TransactionName get(ByteBuffer source) {
    return new TransactionName(source.getLong(), source.getLong());
  }
}
