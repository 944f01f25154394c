// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.message;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Bytes to and from one client. Read and written by one thread each; closed by any. */
public interface Channel extends AutoCloseable {
  /**
   * Waits for bytes, at least one.
   *
   * @return how many were read into {@code target} from {@code offset}; -1: the client has ended
   * @throws java.net.SocketTimeoutException {@link #timeout} ran out; reading may go on
   */
  int read(byte[] target, int offset, int length) throws IOException;

  /** Where the client is; null: within this process. */
  default InetSocketAddress peer() {
    return null;
  }

  /** Waits until all are taken. */
  void write(byte[] source, int offset, int length) throws IOException;

  /** Longest wait of the next reads, in milliseconds; 0 is no limit. */
  void timeout(int millis) throws IOException;

  /**
   * Speaks TLS from now on, as the server.
   *
   * @throws IOException the client could not agree
   */
  default void encrypt(SSLContext context) throws IOException {
    throw new IOException("this connection cannot be encrypted");
  }

  /** What the server's certificate hashes to (RFC 5929); empty: the channel is not encrypted. */
  default Optional<byte[]> endPoint() {
    return Optional.empty();
  }

  /** Ends reads and writes that wait. Never fails; may be called twice. */
  @Override
  void close();
}
