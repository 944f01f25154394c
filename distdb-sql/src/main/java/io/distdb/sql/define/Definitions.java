// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.RoleStatement;
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
      case BoundStatement.RoleDefinition role -> run(role.statement());
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

  private Done run(RoleStatement statement) {
    return switch (statement) {
      case RoleStatement.CreateRole create -> new RoleDefinitions(definer).create(create);
      case RoleStatement.AlterRole alter -> new RoleDefinitions(definer).alter(alter);
      case RoleStatement.RenameRole rename -> new RoleDefinitions(definer).rename(rename);
      case RoleStatement.AlterRoleSetting set -> new RoleDefinitions(definer).setting(set);
      case RoleStatement.DropRoles drop -> new RoleDefinitions(definer).drop(drop);
      case RoleStatement.GrantRoles grant -> new Memberships(definer, definer.roles()).grant(grant);
      case RoleStatement.RevokeRoles revoke ->
          new Memberships(definer, definer.roles()).revoke(revoke);
      case RoleStatement.ChangePrivileges change -> new Grants(definer).change(change);
      case RoleStatement.ChangeDefaults change -> new DefaultGrants(definer, change).change();
      case RoleStatement.ReassignOwned reassign -> new Owners(definer).reassign(reassign);
      case RoleStatement.DropOwned drop -> new Owners(definer).dropOwned(drop);
      case RoleStatement.DatabaseOwner owner -> new Owners(definer).database(owner);
    };
  }

  private static DistDbException analyzed(SchemaStatement statement) {
    return new DistDbException(
        ErrorCode.INTERNAL_ERROR, statement.getClass() + " has a form of its own");
  }
}
