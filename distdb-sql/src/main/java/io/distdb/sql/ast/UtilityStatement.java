// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

import io.distdb.api.storage.Compression;
import io.distdb.api.txn.LockStrength;
import java.util.List;
import java.util.Optional;

/** EXPLAIN, SET, SHOW, CHECKPOINT, BACKUP. */
public sealed interface UtilityStatement extends Statement {
  /** The setting that SET ROLE sets. */
  String ROLE = "role";

  /** The setting that SET SESSION AUTHORIZATION sets. */
  String SESSION_AUTHORIZATION = "session_authorization";

  /** No statement: blanks, comments, semicolons. */
  record Empty(SourceSpan span) implements UtilityStatement {}

  record Explain(SourceSpan span, Statement statement, ExplainOptions options)
      implements UtilityStatement {}

  /**
   * @param name folded, parts separated by points
   * @param value as text; absent: the default
   */
  record SetSetting(SourceSpan span, String name, Optional<String> value, boolean local)
      implements UtilityStatement {}

  /**
   * @param name absent: all
   */
  record ResetSetting(SourceSpan span, Optional<String> name) implements UtilityStatement {}

  /** What transactions of the session are from now on. */
  record SetCharacteristics(SourceSpan span, TransactionStatement.Modes modes)
      implements UtilityStatement {}

  /**
   * @param constraints empty: all
   */
  record SetConstraints(SourceSpan span, List<TableName> constraints, boolean deferred)
      implements UtilityStatement {
    public SetConstraints {
      constraints = List.copyOf(constraints);
    }
  }

  /**
   * @param strength SHARED: beside writers; EXCLUSIVE: without them
   */
  record LockTable(SourceSpan span, List<TableName> tables, LockStrength strength, boolean waits)
      implements UtilityStatement {
    public LockTable {
      tables = List.copyOf(tables);
    }
  }

  record ShowSetting(SourceSpan span, String name) implements UtilityStatement {}

  record Checkpoint(SourceSpan span) implements UtilityStatement {}

  /**
   * @param parent the directory of the backup that this one continues
   */
  record Backup(SourceSpan span, String directory, Optional<String> parent, Compression compression)
      implements UtilityStatement {}
}
