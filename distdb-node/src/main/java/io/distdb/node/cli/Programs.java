// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Programs that the shell starts for its user. */
final class Programs {
  private Programs() {}

  /** The exit code. */
  static int waitFor(Process program) throws IOException {
    try {
      return program.waitFor();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a program ran");
    }
  }
}
