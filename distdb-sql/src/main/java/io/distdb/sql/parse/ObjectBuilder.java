// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.RoleName;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.CommentKind;
import io.distdb.sql.ast.SchemaStatement.ObjectKind;
import io.distdb.sql.ast.SchemaStatement.SequenceOption;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.ast.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sequences, schemas, DROP, TRUNCATE, COMMENT ON. */
final class ObjectBuilder {
  private ObjectBuilder() {}

  // --- sequences ---

  static SchemaStatement createSequence(DistDbSqlParser.CreateSequenceContext context) {
    if (context.tablePersistence() != null) {
      throw Spans.unsupported("a temporary or unlogged sequence", context.tablePersistence());
    }
    return new SchemaStatement.CreateSequence(
        Spans.of(context),
        NameBuilder.table(context.qualifiedName()),
        sequenceOptions(context.sequenceOption()),
        context.IF() != null);
  }

  static SchemaStatement alterSequence(DistDbSqlParser.AlterSequenceContext context) {
    TableName name = NameBuilder.table(context.qualifiedName());
    SourceSpan span = Spans.of(context);
    boolean ifExists = context.IF() != null;
    if (context.RENAME() != null) {
      Name to = NameBuilder.name(context.name());
      return new SchemaStatement.Rename(span, ObjectKind.SEQUENCE, name, to, ifExists);
    }
    if (context.SCHEMA() != null) {
      Name schema = NameBuilder.name(context.schema);
      return new SchemaStatement.SetSchema(span, ObjectKind.SEQUENCE, name, schema, ifExists);
    }
    if (context.OWNER() != null) {
      return new SchemaStatement.SetOwner(
          span, ObjectKind.SEQUENCE, name, RoleBuilder.name(context.roleName()), ifExists);
    }
    return new SchemaStatement.AlterSequence(
        span, name, sequenceOptions(context.sequenceOption()), ifExists);
  }

  static List<SequenceOption> sequenceOptions(
      List<DistDbSqlParser.SequenceOptionContext> contexts) {
    List<SequenceOption> options = new ArrayList<>(contexts.size());
    for (DistDbSqlParser.SequenceOptionContext context : contexts) {
      SequenceOption option = sequenceOption(context);
      for (SequenceOption earlier : options) {
        if (earlier.getClass() == option.getClass()) {
          throw new DistDbException(ErrorCode.SYNTAX_ERROR, "conflicting or redundant options")
              .at(Spans.of(context).position());
        }
      }
      options.add(option);
    }
    return options;
  }

  static SequenceOption sequenceOption(DistDbSqlParser.SequenceOptionContext context) {
    Optional<Long> number = Optional.ofNullable(context.signedNumber()).map(ObjectBuilder::number);
    if (context.AS() != null) {
      return new SchemaStatement.SequenceType(NameBuilder.type(context.typeName()));
    }
    if (context.INCREMENT() != null) {
      return new SchemaStatement.IncrementBy(number.orElseThrow());
    }
    if (context.MINVALUE() != null) {
      return new SchemaStatement.MinValue(number);
    }
    if (context.MAXVALUE() != null) {
      return new SchemaStatement.MaxValue(number);
    }
    if (context.START() != null) {
      return new SchemaStatement.StartWith(number.orElseThrow());
    }
    if (context.RESTART() != null) {
      return new SchemaStatement.RestartWith(number);
    }
    if (context.CACHE() != null) {
      return new SchemaStatement.CacheSize(number.orElseThrow());
    }
    if (context.OWNED() != null) {
      return ownedBy(context.qualifiedName());
    }
    if (context.SEQUENCE() != null) {
      return sequenceName(context);
    }
    return new SchemaStatement.Cycle(context.NO() == null);
  }

  /** {@code SEQUENCE NAME name}: NAME is a name everywhere else. */
  private static SequenceOption sequenceName(DistDbSqlParser.SequenceOptionContext context) {
    if (!context.IDENTIFIER().getText().equalsIgnoreCase("name")) {
      throw Spans.syntaxError(context);
    }
    return new SchemaStatement.SequenceName(NameBuilder.table(context.qualifiedName()));
  }

  private static SequenceOption ownedBy(DistDbSqlParser.QualifiedNameContext context) {
    List<DistDbSqlParser.NameContext> parts = context.name();
    if (parts.size() == 1) {
      if (NameBuilder.name(parts.getFirst()).text().equals("none")) {
        return new SchemaStatement.OwnedBy(Optional.empty(), Optional.empty());
      }
      throw new DistDbException(ErrorCode.SYNTAX_ERROR, "invalid OWNED BY option")
          .withHint("Specify OWNED BY table.column or OWNED BY NONE.")
          .at(Spans.of(context).position());
    }
    return new SchemaStatement.OwnedBy(
        Optional.of(allButLast(context)), Optional.of(NameBuilder.name(parts.getLast())));
  }

  /** The table of {@code [schema.]table.column}. */
  private static TableName allButLast(DistDbSqlParser.QualifiedNameContext context) {
    List<DistDbSqlParser.NameContext> parts = context.name();
    if (parts.size() < 2) {
      throw Spans.syntaxError(context);
    }
    if (parts.size() > 3) {
      throw Spans.unsupported("a name with more than three parts", context);
    }
    Optional<Name> schema =
        parts.size() == 3 ? Optional.of(NameBuilder.name(parts.get(0))) : Optional.empty();
    return new TableName(Spans.of(context), schema, NameBuilder.name(parts.get(parts.size() - 2)));
  }

  static long number(DistDbSqlParser.SignedNumberContext context) {
    String digits = context.INTEGER_NUMBER().getText();
    try {
      return Long.parseLong((context.MINUS() != null ? "-" : "") + digits);
    } catch (NumberFormatException e) {
      throw new DistDbException(
              ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
              "value \"" + digits + "\" is out of range for type bigint",
              e)
          .at(Spans.of(context).position());
    }
  }

  // --- schemas ---

  static SchemaStatement createSchema(DistDbSqlParser.CreateSchemaContext context) {
    Optional<RoleName> owner = Optional.ofNullable(context.holder).map(RoleBuilder::name);
    Optional<Name> name = Optional.ofNullable(context.name()).map(NameBuilder::name);
    if (name.isEmpty() && owner.isEmpty()) {
      throw Spans.syntaxError(context);
    }
    return new SchemaStatement.CreateSchema(Spans.of(context), name, owner, context.IF() != null);
  }

  static SchemaStatement alterSchema(DistDbSqlParser.AlterSchemaContext context) {
    Name name = NameBuilder.name(context.name(0));
    TableName object = new TableName(name.span(), Optional.empty(), name);
    return context.to == null
        ? new SchemaStatement.SetOwner(
            Spans.of(context),
            ObjectKind.SCHEMA,
            object,
            RoleBuilder.name(context.roleName()),
            false)
        : new SchemaStatement.Rename(
            Spans.of(context), ObjectKind.SCHEMA, object, NameBuilder.name(context.to), false);
  }

  // --- DROP, TRUNCATE, COMMENT ON ---

  static SchemaStatement drop(DistDbSqlParser.DropObjectsContext context) {
    ObjectKind kind = kind(context.objectKind());
    if (context.CONCURRENTLY() != null) {
      if (kind != ObjectKind.INDEX) {
        throw SyntaxErrors.at(Spans.token(context.CONCURRENTLY()));
      }
      throw Spans.unsupported("DROP INDEX CONCURRENTLY", context.CONCURRENTLY());
    }
    if (context.table != null && kind != ObjectKind.INDEX) {
      throw SyntaxErrors.at(Spans.token(context.ON()));
    }
    List<TableName> names = new ArrayList<>();
    context.qualifiedName().stream()
        .filter(name -> name != context.table)
        .forEach(name -> names.add(NameBuilder.table(name)));
    boolean cascade = cascades(context.dropBehavior());
    boolean ifExists = context.IF() != null;
    SourceSpan span = Spans.of(context);
    return kind == ObjectKind.INDEX
        ? new SchemaStatement.DropIndex(
            span,
            names,
            Optional.ofNullable(context.table).map(NameBuilder::table),
            ifExists,
            cascade)
        : new SchemaStatement.DropObjects(span, kind, names, ifExists, cascade);
  }

  static boolean cascades(DistDbSqlParser.DropBehaviorContext behavior) {
    return behavior != null && behavior.CASCADE() != null;
  }

  static ObjectKind kind(DistDbSqlParser.ObjectKindContext context) {
    return ObjectKind.valueOf(context.getText().toUpperCase(Locale.ROOT));
  }

  static SchemaStatement truncate(DistDbSqlParser.TruncateContext context) {
    List<TableName> tables = new ArrayList<>();
    context.qualifiedName().forEach(name -> tables.add(NameBuilder.table(name)));
    return new SchemaStatement.Truncate(
        Spans.of(context), tables, context.RESTART() != null, cascades(context.dropBehavior()));
  }

  static SchemaStatement comment(DistDbSqlParser.CommentOnContext context) {
    Optional<String> text =
        Optional.ofNullable(context.STRING()).map(string -> Spans.token(string).content());
    SourceSpan span = Spans.of(context);
    if (context.CONSTRAINT() != null) {
      return new SchemaStatement.Comment(
          span,
          CommentKind.CONSTRAINT,
          NameBuilder.table(context.qualifiedName()),
          Optional.of(NameBuilder.name(context.name())),
          text);
    }
    if (context.COLUMN() != null) {
      Name column = NameBuilder.name(context.qualifiedName().name().getLast());
      return new SchemaStatement.Comment(
          span, CommentKind.COLUMN, allButLast(context.qualifiedName()), Optional.of(column), text);
    }
    return new SchemaStatement.Comment(
        span,
        CommentKind.valueOf(kind(context.objectKind()).name()),
        NameBuilder.table(context.qualifiedName()),
        Optional.empty(),
        text);
  }
}
