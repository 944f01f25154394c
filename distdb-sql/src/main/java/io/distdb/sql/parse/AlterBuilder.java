// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.AlterAction;
import io.distdb.sql.ast.SchemaStatement.ObjectKind;
import io.distdb.sql.ast.SchemaStatement.SequenceOption;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.ast.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ALTER TABLE, ALTER VIEW, ALTER INDEX. */
final class AlterBuilder {
  private final ExpressionBuilder expressions;
  private final ConstraintBuilder constraints;

  AlterBuilder(ExpressionBuilder expressions, ConstraintBuilder constraints) {
    this.expressions = expressions;
    this.constraints = constraints;
  }

  SchemaStatement table(DistDbSqlParser.AlterTableContext context) {
    TableName table = NameBuilder.table(context.qualifiedName());
    SourceSpan span = Spans.of(context);
    boolean ifExists = context.IF() != null;
    if (context.SCHEMA() != null) {
      return new SchemaStatement.SetSchema(
          span, ObjectKind.TABLE, table, NameBuilder.name(context.name()), ifExists);
    }
    DistDbSqlParser.RenamingContext renaming = context.renaming();
    if (renaming == null
        && context.alterAction().size() == 1
        && context.alterAction(0) instanceof DistDbSqlParser.OwnerToContext owner) {
      return new SchemaStatement.SetOwner(
          span, ObjectKind.TABLE, table, RoleBuilder.name(owner.roleName()), ifExists);
    }
    if (renaming == null) {
      List<AlterAction> actions = new ArrayList<>(context.alterAction().size());
      context.alterAction().forEach(action -> actions.add(action(action)));
      return new SchemaStatement.AlterTable(span, table, ifExists, actions);
    }
    Name to = NameBuilder.name(renaming.to);
    if (renaming.from == null) {
      return new SchemaStatement.Rename(span, ObjectKind.TABLE, table, to, ifExists);
    }
    Name from = NameBuilder.name(renaming.from);
    AlterAction action =
        renaming.CONSTRAINT() != null
            ? new SchemaStatement.RenameConstraint(from, to)
            : new SchemaStatement.RenameColumn(from, to);
    return new SchemaStatement.AlterTable(span, table, ifExists, List.of(action));
  }

  private AlterAction action(DistDbSqlParser.AlterActionContext context) {
    return switch (context) {
      case DistDbSqlParser.AddColumnContext add ->
          new SchemaStatement.AddColumn(
              constraints.column(add.columnDefinition()), add.IF() != null);
      case DistDbSqlParser.AddConstraintContext add ->
          new SchemaStatement.AddConstraint(
              constraints.table(
                  add.tableConstraint(),
                  Optional.ofNullable(add.name()).map(NameBuilder::name),
                  add.constraintTiming()));
      case DistDbSqlParser.DropColumnContext drop ->
          new SchemaStatement.DropColumn(
              NameBuilder.name(drop.name()),
              drop.IF() != null,
              ObjectBuilder.cascades(drop.dropBehavior()));
      case DistDbSqlParser.DropConstraintContext drop ->
          new SchemaStatement.DropConstraint(
              NameBuilder.name(drop.name()),
              drop.IF() != null,
              ObjectBuilder.cascades(drop.dropBehavior()));
      case DistDbSqlParser.ValidateConstraintContext validate ->
          new SchemaStatement.ValidateConstraint(NameBuilder.name(validate.name()));
      case DistDbSqlParser.OwnerToContext owner ->
          new SchemaStatement.OwnerTo(RoleBuilder.name(owner.roleName()));
      default -> column(context);
    };
  }

  private AlterAction column(DistDbSqlParser.AlterActionContext context) {
    return switch (context) {
      case DistDbSqlParser.AlterTypeContext type -> {
        yield new SchemaStatement.AlterType(
            NameBuilder.name(type.name()),
            NameBuilder.type(type.typeName()),
            Collations.ofColumn(type.collation()),
            Optional.ofNullable(type.expression())
                .map(using -> constraints.defaultValue(using, expressions.build(using))));
      }
      case DistDbSqlParser.SetDefaultContext set ->
          new SchemaStatement.SetDefault(
              NameBuilder.name(set.name()),
              Optional.of(
                  constraints.defaultValue(set.expression(), expressions.build(set.expression()))));
      case DistDbSqlParser.DropDefaultContext drop ->
          new SchemaStatement.SetDefault(NameBuilder.name(drop.name()), Optional.empty());
      case DistDbSqlParser.AlterNotNullContext alter ->
          new SchemaStatement.SetNotNull(NameBuilder.name(alter.name()), alter.SET() != null);
      case DistDbSqlParser.AddIdentityContext add ->
          new SchemaStatement.AddIdentity(
              NameBuilder.name(add.name()), ConstraintBuilder.identity(add.generated()));
      case DistDbSqlParser.AlterIdentityContext alter -> identity(alter);
      case DistDbSqlParser.DropIdentityContext drop ->
          new SchemaStatement.DropIdentity(NameBuilder.name(drop.name()), drop.IF() != null);
      default -> throw Spans.syntaxError(context);
    };
  }

  private static AlterAction identity(DistDbSqlParser.AlterIdentityContext context) {
    Optional<Boolean> always = Optional.empty();
    List<SequenceOption> options = new ArrayList<>();
    for (DistDbSqlParser.IdentityChangeContext change : context.identityChange()) {
      if (change.GENERATED() != null) {
        always = Optional.of(change.ALWAYS() != null);
      } else if (change.sequenceOption() != null) {
        options.add(ObjectBuilder.sequenceOption(change.sequenceOption()));
      } else {
        options.add(
            new SchemaStatement.RestartWith(
                Optional.ofNullable(change.signedNumber()).map(ObjectBuilder::number)));
      }
    }
    return new SchemaStatement.AlterIdentity(NameBuilder.name(context.name()), always, options);
  }

  static SchemaStatement view(DistDbSqlParser.AlterViewContext context) {
    TableName view = NameBuilder.table(context.qualifiedName());
    SourceSpan span = Spans.of(context);
    boolean ifExists = context.IF() != null;
    if (context.SCHEMA() != null) {
      return new SchemaStatement.SetSchema(
          span, ObjectKind.VIEW, view, NameBuilder.name(context.schema), ifExists);
    }
    if (context.OWNER() != null) {
      return new SchemaStatement.SetOwner(
          span, ObjectKind.VIEW, view, RoleBuilder.name(context.roleName()), ifExists);
    }
    DistDbSqlParser.RenamingContext renaming = context.renaming();
    if (renaming.CONSTRAINT() != null) {
      throw SyntaxErrors.at(Spans.token(renaming.CONSTRAINT()));
    }
    Name to = NameBuilder.name(renaming.to);
    return renaming.from == null
        ? new SchemaStatement.Rename(span, ObjectKind.VIEW, view, to, ifExists)
        : new SchemaStatement.RenameViewColumn(
            span, view, NameBuilder.name(renaming.from), to, ifExists);
  }

  static SchemaStatement index(DistDbSqlParser.AlterIndexContext context) {
    return new SchemaStatement.Rename(
        Spans.of(context),
        ObjectKind.INDEX,
        NameBuilder.table(context.qualifiedName()),
        NameBuilder.name(context.name()),
        context.IF() != null);
  }
}
