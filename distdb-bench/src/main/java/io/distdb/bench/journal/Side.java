// SPDX-License-Identifier: MIT
package io.distdb.bench.journal;

/** One thing that makes small records durable. Used by several threads at once. */
interface Side extends AutoCloseable {
  String name();

  /** Whether only one thread may use it. */
  default boolean isForOneThread() {
    return false;
  }

  /** Returns once {@code record} is as durable as this side says. */
  void write(byte[] record) throws Exception;

  @Override
  void close() throws Exception;
}
