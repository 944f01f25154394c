// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

/** Statements about whole databases: they run outside transaction blocks. */
public sealed interface DatabaseStatement extends Statement {
  Name name();

  record CreateDatabase(SourceSpan span, Name name) implements DatabaseStatement {}

  record DropDatabase(SourceSpan span, Name name, boolean ifExists) implements DatabaseStatement {}
}
