// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.CopyStatement;
import io.distdb.sql.ast.DataStatement;
import io.distdb.sql.ast.RoleStatement;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.Statement;
import java.util.Locale;

/** What may not run in a read-only transaction (PostgreSQL documentation, SET TRANSACTION). */
final class ReadOnly {
  private ReadOnly() {}

  /**
   * @param statement a change ({@link CachedStatement#isChange})
   * @throws DistDbException {@code READ_ONLY_TRANSACTION}: it may change something
   */
  static void refuse(Statement statement) {
    if (statement instanceof SchemaStatement.Analyze
        || statement instanceof CopyStatement copy && !copy.from()) {
      return;
    }
    throw new DistDbException(
        ErrorCode.READ_ONLY_TRANSACTION,
        "cannot execute " + name(statement) + " in a read-only transaction");
  }

  private static String name(Statement statement) {
    return switch (statement) {
      case DataStatement change -> change(change);
      case CopyStatement copy -> "COPY FROM";
      case SchemaStatement definition -> definition(definition);
      case RoleStatement role -> role(role);
      default -> "SELECT";
    };
  }

  private static String change(DataStatement statement) {
    return switch (statement) {
      case DataStatement.Insert insert -> "INSERT";
      case DataStatement.Update update -> "UPDATE";
      case DataStatement.Delete delete -> "DELETE";
      case DataStatement.WithTables with -> change(with.statement());
    };
  }

  private static String definition(SchemaStatement statement) {
    return switch (statement) {
      case SchemaStatement.CreateTable create -> "CREATE TABLE";
      case SchemaStatement.CreateTableAs create -> "CREATE TABLE AS";
      case SchemaStatement.CreateIndex create -> "CREATE INDEX";
      case SchemaStatement.CreateSequence create -> "CREATE SEQUENCE";
      case SchemaStatement.CreateSchema create -> "CREATE SCHEMA";
      case SchemaStatement.CreateView create -> "CREATE VIEW";
      case SchemaStatement.AlterTable alter -> "ALTER TABLE";
      case SchemaStatement.AlterSequence alter -> "ALTER SEQUENCE";
      case SchemaStatement.RenameViewColumn rename -> "ALTER VIEW";
      case SchemaStatement.Rename rename -> "ALTER " + word(rename.kind());
      case SchemaStatement.SetSchema set -> "ALTER " + word(set.kind());
      case SchemaStatement.SetOwner set -> "ALTER " + word(set.kind());
      case SchemaStatement.DropObjects drop -> "DROP " + word(drop.kind());
      case SchemaStatement.DropIndex drop -> "DROP INDEX";
      case SchemaStatement.Truncate truncate -> "TRUNCATE TABLE";
      case SchemaStatement.Analyze analyze -> "ANALYZE";
      case SchemaStatement.Comment comment -> "COMMENT";
    };
  }

  private static String word(SchemaStatement.ObjectKind kind) {
    return kind.word().toUpperCase(Locale.ROOT);
  }

  private static String role(RoleStatement statement) {
    return switch (statement) {
      case RoleStatement.CreateRole create -> "CREATE ROLE";
      case RoleStatement.AlterRole alter -> "ALTER ROLE";
      case RoleStatement.RenameRole rename -> "ALTER ROLE";
      case RoleStatement.AlterRoleSetting set -> "ALTER ROLE";
      case RoleStatement.DropRoles drop -> "DROP ROLE";
      case RoleStatement.GrantRoles grant -> "GRANT ROLE";
      case RoleStatement.RevokeRoles revoke -> "REVOKE ROLE";
      case RoleStatement.ChangePrivileges change -> change.grants() ? "GRANT" : "REVOKE";
      case RoleStatement.ChangeDefaults change -> "ALTER DEFAULT PRIVILEGES";
      case RoleStatement.ReassignOwned reassign -> "REASSIGN OWNED";
      case RoleStatement.DropOwned drop -> "DROP OWNED";
      case RoleStatement.DatabaseOwner owner -> "ALTER DATABASE";
    };
  }
}
