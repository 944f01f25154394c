// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

import java.util.Optional;

/** Statements about whole databases: they run outside transaction blocks. */
public sealed interface DatabaseStatement extends Statement {
  Name name();

  /**
   * @param owner absent: the role that creates it
   */
  record CreateDatabase(SourceSpan span, Name name, Optional<RoleName> owner)
      implements DatabaseStatement {}

  record DropDatabase(SourceSpan span, Name name, boolean ifExists) implements DatabaseStatement {}
}
