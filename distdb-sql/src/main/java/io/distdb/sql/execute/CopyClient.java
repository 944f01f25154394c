// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import java.io.InputStream;

/**
 * Where the data of COPY FROM STDIN comes from and that of COPY TO STDOUT goes to, when it is one
 * place for all statements of a session: the program at the other end of a connection.
 */
public interface CopyClient {
  /**
   * A COPY FROM STDIN begins to read. Its reads throw a {@link io.distdb.api.error.DistDbException}
   * when the client has given up; it is closed when all rows were read and the statement goes on,
   * not when it has failed.
   */
  InputStream input(CopyShape shape);

  /** A COPY TO STDOUT begins to write. */
  CopyTarget output(CopyShape shape);
}
