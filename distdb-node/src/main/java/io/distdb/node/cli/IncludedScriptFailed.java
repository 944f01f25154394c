// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

/** Ends the including script too; what went wrong has been printed. */
final class IncludedScriptFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IncludedScriptFailed() {
    super("an included script failed", null, false, false);
  }
}
