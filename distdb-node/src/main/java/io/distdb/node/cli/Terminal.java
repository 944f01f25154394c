// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.Optional;

/** What the shell asks of the terminal that a person sits before. */
interface Terminal {
  /** Nobody is there: a script runs. */
  Terminal NONE =
      new Terminal() {
        @Override
        public int columns() {
          return 0;
        }

        @Override
        public Optional<Pager> pager() {
          return Optional.empty();
        }

        @Override
        public void edit(ScriptBuffer.Edit edit, String lastStatement) {
          throw new DistDbException(ErrorCode.FEATURE_NOT_SUPPORTED, "\\e needs a terminal");
        }
      };

  /** Characters in a line; 0 for any number. */
  int columns();

  /** Absent: there is no program for it. */
  Optional<Pager> pager();

  /** Lets the user edit a statement, or the last one, and runs what it became. */
  void edit(ScriptBuffer.Edit edit, String lastStatement);
}
