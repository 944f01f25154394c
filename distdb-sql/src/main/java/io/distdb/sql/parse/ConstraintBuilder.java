// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.ColumnConstraint;
import io.distdb.sql.ast.SchemaStatement.ReferenceAction;
import io.distdb.sql.ast.SchemaStatement.TableConstraint;
import io.distdb.sql.ast.SchemaStatement.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Constraints, defaults and identities of columns and tables. */
final class ConstraintBuilder {
  private final ExpressionBuilder expressions;
  private final SourceText text;

  ConstraintBuilder(ExpressionBuilder expressions, SourceText text) {
    this.expressions = expressions;
    this.text = text;
  }

  SchemaStatement.ColumnDefinition column(DistDbSqlParser.ColumnDefinitionContext context) {
    Name name = NameBuilder.name(context.name());
    List<ColumnConstraint> constraints = new ArrayList<>();
    List<DistDbSqlParser.ColumnConstraintContext> written = context.columnConstraint();
    for (int i = 0; i < written.size(); i++) {
      if (written.get(i).constraintTiming() != null) {
        // belongs to a constraint before it, which has taken it
        if (i == 0) {
          throw Spans.syntaxError(written.get(i));
        }
        continue;
      }
      List<DistDbSqlParser.ConstraintTimingContext> timing = new ArrayList<>();
      for (int j = i + 1; j < written.size() && written.get(j).constraintTiming() != null; j++) {
        timing.add(written.get(j).constraintTiming());
      }
      constraints.add(constraint(name, written.get(i), timing));
    }
    return new SchemaStatement.ColumnDefinition(
        name,
        NameBuilder.type(context.typeName()),
        Collations.ofColumn(context.collation()),
        constraints);
  }

  private ColumnConstraint constraint(
      Name column,
      DistDbSqlParser.ColumnConstraintContext context,
      List<DistDbSqlParser.ConstraintTimingContext> timing) {
    Optional<Name> name = Optional.ofNullable(context.name()).map(NameBuilder::name);
    if (context.PRIMARY() != null || context.UNIQUE() != null) {
      refuseNullsNotDistinct(context.NULLS() != null && context.NOT() != null, context);
      return new SchemaStatement.Key(
          Spans.of(context), name, context.PRIMARY() != null, List.of(column), keyTiming(timing));
    }
    if (context.CHECK() != null) {
      return check(context, name, context.expression(), timing);
    }
    if (context.REFERENCES() != null) {
      return foreignKey(context, name, List.of(column), context.referenceTarget(), timing);
    }
    if (!timing.isEmpty()) {
      throw Spans.syntaxError(timing.getFirst());
    }
    if (context.DEFAULT() != null) {
      return defaultValue(context.arithmetic(), expressions.build(context.arithmetic()));
    }
    if (context.GENERATED() != null) {
      return identity(context.generated());
    }
    return new SchemaStatement.Nullability(Spans.of(context), context.NOT() != null);
  }

  SchemaStatement.Default defaultValue(ParserRuleContext context, Expr value) {
    return new SchemaStatement.Default(Spans.of(context), text.of(context), value);
  }

  static SchemaStatement.Identity identity(DistDbSqlParser.GeneratedContext context) {
    if (context.IDENTITY() == null) {
      throw Spans.unsupported("GENERATED ALWAYS AS (expression)", context);
    }
    return new SchemaStatement.Identity(
        Spans.of(context),
        context.ALWAYS() != null,
        ObjectBuilder.sequenceOptions(context.sequenceOption()));
  }

  TableConstraint table(
      DistDbSqlParser.TableConstraintContext context,
      Optional<Name> name,
      List<DistDbSqlParser.ConstraintTimingContext> timing) {
    return switch (context) {
      case DistDbSqlParser.PrimaryKeyContext key ->
          key(context, name, true, key.nameList(), key.INDEX(), timing);
      case DistDbSqlParser.UniqueContext key -> {
        refuseNullsNotDistinct(key.NULLS() != null && key.NOT() != null, key);
        yield key(context, name, false, key.nameList(), key.INDEX(), timing);
      }
      case DistDbSqlParser.CheckContext check -> check(check, name, check.expression(), timing);
      case DistDbSqlParser.ForeignKeyContext key ->
          foreignKey(key, name, NameBuilder.names(key.nameList()), key.referenceTarget(), timing);
      default -> throw Spans.unsupported("EXCLUDE constraint", context);
    };
  }

  private static TableConstraint key(
      ParserRuleContext context,
      Optional<Name> name,
      boolean primary,
      DistDbSqlParser.NameListContext columns,
      TerminalNode usingIndex,
      List<DistDbSqlParser.ConstraintTimingContext> timing) {
    if (usingIndex != null) {
      throw Spans.unsupported("a constraint USING INDEX", usingIndex);
    }
    return new SchemaStatement.Key(
        Spans.of(context), name, primary, NameBuilder.names(columns), keyTiming(timing));
  }

  private static void refuseNullsNotDistinct(boolean written, ParserRuleContext context) {
    if (written) {
      throw Spans.unsupported("NULLS NOT DISTINCT", context);
    }
  }

  private TableConstraint check(
      ParserRuleContext context,
      Optional<Name> name,
      DistDbSqlParser.ExpressionContext condition,
      List<DistDbSqlParser.ConstraintTimingContext> timing) {
    for (DistDbSqlParser.ConstraintTimingContext word : timing) {
      if (word.VALID() != null) {
        throw Spans.unsupported("NOT VALID of a CHECK constraint", word);
      }
    }
    refuseDeferrable("CHECK", timing(timing), timing);
    return new SchemaStatement.Check(
        Spans.of(context), name, text.of(condition), expressions.build(condition));
  }

  private static Timing keyTiming(List<DistDbSqlParser.ConstraintTimingContext> words) {
    Timing timing = timing(words);
    if (timing.deferrable()) {
      throw Spans.unsupported("a deferrable constraint", words.getFirst());
    }
    if (timing.notValid()) {
      throw Spans.syntaxError(words.getFirst());
    }
    return timing;
  }

  private static void refuseDeferrable(
      String kind, Timing timing, List<DistDbSqlParser.ConstraintTimingContext> words) {
    if (timing.deferrable()) {
      throw Spans.unsupported(kind + " constraints marked DEFERRABLE", words.getFirst());
    }
  }

  private static TableConstraint foreignKey(
      ParserRuleContext context,
      Optional<Name> name,
      List<Name> columns,
      DistDbSqlParser.ReferenceTargetContext target,
      List<DistDbSqlParser.ConstraintTimingContext> timing) {
    boolean full = false;
    ReferenceAction onDelete = ReferenceAction.NO_ACTION;
    ReferenceAction onUpdate = ReferenceAction.NO_ACTION;
    for (DistDbSqlParser.ReferenceOptionContext option : target.referenceOption()) {
      if (option.MATCH() != null) {
        full = option.FULL() != null;
        String word = full ? "full" : NameBuilder.name(option.name()).text();
        if (word.equals("partial")) {
          throw Spans.unsupported("MATCH PARTIAL", option);
        }
        if (!full && !word.equals("simple")) {
          throw Spans.syntaxError(option.name());
        }
      } else if (option.DELETE() != null) {
        onDelete = action(option.referenceAction());
      } else {
        onUpdate = action(option.referenceAction());
      }
    }
    Timing when = timing(timing);
    return new SchemaStatement.ForeignKey(
        Spans.of(context),
        name,
        columns,
        NameBuilder.table(target.qualifiedName()),
        target.nameList() == null ? List.of() : NameBuilder.names(target.nameList()),
        full,
        onDelete,
        onUpdate,
        when);
  }

  private static ReferenceAction action(DistDbSqlParser.ReferenceActionContext context) {
    if (context.nameList() != null) {
      throw Spans.unsupported("SET NULL or SET DEFAULT of some columns", context.nameList());
    }
    if (context.RESTRICT() != null) {
      return ReferenceAction.RESTRICT;
    }
    if (context.CASCADE() != null) {
      return ReferenceAction.CASCADE;
    }
    if (context.SET() != null) {
      return context.NULL() != null ? ReferenceAction.SET_NULL : ReferenceAction.SET_DEFAULT;
    }
    return ReferenceAction.NO_ACTION;
  }

  private static Timing timing(List<DistDbSqlParser.ConstraintTimingContext> words) {
    boolean deferrable = false;
    boolean notDeferrable = false;
    boolean deferred = false;
    boolean notValid = false;
    for (DistDbSqlParser.ConstraintTimingContext word : words) {
      notValid |= word.VALID() != null;
      deferred |= word.DEFERRED() != null;
      notDeferrable |= word.DEFERRABLE() != null && word.NOT() != null;
      deferrable |= word.DEFERRABLE() != null && word.NOT() == null;
      if (notDeferrable && (deferrable || deferred)) {
        throw Spans.syntaxError(word);
      }
    }
    return new Timing(deferrable || deferred, deferred, notValid);
  }
}
