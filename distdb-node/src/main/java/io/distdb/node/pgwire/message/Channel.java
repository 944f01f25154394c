// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.message;

import java.io.IOException;

/** Bytes to and from one client. Read and written by one thread each; closed by any. */
public interface Channel extends AutoCloseable {
  /**
   * Waits for bytes, at least one.
   *
   * @return how many were read into {@code target} from {@code offset}; -1: the client has ended
   * @throws java.net.SocketTimeoutException {@link #timeout} ran out; reading may go on
   */
  int read(byte[] target, int offset, int length) throws IOException;

  /** Waits until all are taken. */
  void write(byte[] source, int offset, int length) throws IOException;

  /** Longest wait of the next reads, in milliseconds; 0 is no limit. */
  void timeout(int millis) throws IOException;

  /** Ends reads and writes that wait. Never fails; may be called twice. */
  @Override
  void close();
}
