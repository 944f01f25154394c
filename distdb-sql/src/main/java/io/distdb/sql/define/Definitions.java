// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.logical.BoundStatement;

/** Runs definitions: sends each to its family. */
public final class Definitions {
  private final Definer definer;

  public Definitions(Definer definer) {
    this.definer = definer;
  }

  /**
   * @throws DistDbException what is wrong with the statement; the transaction is the caller's to
   *     roll back
   */
  public Done run(BoundStatement definition) {
    return switch (definition) {
      case BoundStatement.CreateTable create -> new TableDefinitions(definer).create(create);
      case BoundStatement.CreateIndex create -> new TableDefinitions(definer).createIndex(create);
      case BoundStatement.DropTable drop -> new ObjectDefinitions(definer).dropTables(drop);
      case BoundStatement.DropIndex drop -> new ObjectDefinitions(definer).dropIndexes(drop);
      case BoundStatement.Definition other -> run(other.statement());
      default ->
          throw new DistDbException(
              ErrorCode.INTERNAL_ERROR, "no way to run " + definition.getClass());
    };
  }

  private Done run(SchemaStatement statement) {
    return switch (statement) {
      case SchemaStatement.CreateSequence create -> new SequenceDefinitions(definer).create(create);
      case SchemaStatement.AlterSequence alter -> new SequenceDefinitions(definer).alter(alter);
      case SchemaStatement.CreateSchema create ->
          new ObjectDefinitions(definer).createSchema(create);
      case SchemaStatement.DropObjects drop -> new ObjectDefinitions(definer).drop(drop);
      default ->
          throw new DistDbException(
                  ErrorCode.FEATURE_NOT_SUPPORTED,
                  statement.getClass().getSimpleName() + " is not supported yet")
              .withHint("docs/sql-compatibility.md lists what is.");
    };
  }
}
