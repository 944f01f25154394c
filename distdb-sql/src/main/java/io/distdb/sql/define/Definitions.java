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
      case SchemaStatement.AlterTable alter -> new AlterTables(definer).alter(alter);
      case SchemaStatement.Rename rename -> new Renames(definer).rename(rename);
      case SchemaStatement.SetSchema set -> new Renames(definer).setSchema(set);
      case SchemaStatement.SetOwner set -> new Renames(definer).setOwner(set);
      case SchemaStatement.Truncate truncate -> new Truncates(definer).truncate(truncate);
      case SchemaStatement.Analyze analyze -> new AnalyzedTables(definer).analyze(analyze);
      case SchemaStatement.Comment comment -> new Comments(definer).comment(comment);
      case SchemaStatement.CreateTableAs create ->
          new QueryDefinitions(definer).createTable(create);
      case SchemaStatement.CreateView create -> new QueryDefinitions(definer).createView(create);
      case SchemaStatement.RenameViewColumn rename ->
          new QueryDefinitions(definer).renameColumn(rename);
      case SchemaStatement.CreateTable ignored -> throw analyzed(statement);
      case SchemaStatement.CreateIndex ignored -> throw analyzed(statement);
      case SchemaStatement.DropIndex ignored -> throw analyzed(statement);
    };
  }

  private static DistDbException analyzed(SchemaStatement statement) {
    return new DistDbException(
        ErrorCode.INTERNAL_ERROR, statement.getClass() + " has a form of its own");
  }
}
