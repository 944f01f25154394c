// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;

/**
 * Where the results of statements go.
 *
 * @param owned whether it is closed with this
 */
record ResultTarget(PrintWriter writer, boolean owned) implements AutoCloseable {
  /** The shell's own output. */
  ResultTarget(PrintWriter shared) {
    this(shared, false);
  }

  /**
   * A file, which is made or emptied.
   *
   * @throws DistDbException {@code IO_ERROR}; {@code FEATURE_NOT_SUPPORTED}: a pipe
   */
  static ResultTarget file(String name) {
    if (name.startsWith("|")) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED, "sending results to a program is not supported");
    }
    try {
      return new ResultTarget(
          new PrintWriter(Files.newBufferedWriter(MetaCommands.path(name))), true);
    } catch (IOException failure) {
      throw new DistDbException(
          ErrorCode.IO_ERROR, "cannot write " + name + ": " + failure, failure);
    }
  }

  @Override
  public void close() {
    if (owned) {
      writer.close();
    } else {
      writer.flush();
    }
  }
}
