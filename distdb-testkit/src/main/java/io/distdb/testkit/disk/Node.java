// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

/** What a name leads to. */
sealed interface Node permits Node.Directory, FileNode {
  /** Directories have no state: what is in one is told by the names. */
  enum Directory implements Node {
    INSTANCE
  }
}
