// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.IOException;
import java.sql.SQLException;

/** A COPY between the server and a stream of the caller's. */
interface RemoteCopy {
  /** How many rows were copied. */
  long run() throws SQLException, IOException;

  /**
   * Runs {@code copy}, whose statement is {@code text}.
   *
   * @param idle whether no block is open
   * @throws DistDbException {@code WRONG_OBJECT_TYPE}: it is no COPY; {@code IO_ERROR}: the stream
   *     failed; else as {@link Exchange#run}
   */
  static long run(RemoteCopy copy, StatementText text, boolean idle, Exchange exchange) {
    if (!text.firstWord().equals("COPY")) {
      throw new DistDbException(
          ErrorCode.WRONG_OBJECT_TYPE, "the statement is no COPY: " + text.firstWord());
    }
    long[] rows = new long[1];
    exchange.run(
        text,
        idle,
        () -> {
          try {
            rows[0] = copy.run();
          } catch (IOException failure) {
            throw new DistDbException(
                ErrorCode.IO_ERROR, "COPY was given up: " + failure.getMessage(), failure);
          }
        });
    return rows[0];
  }
}
