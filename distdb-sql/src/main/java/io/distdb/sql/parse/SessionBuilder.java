// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SessionStatement;
import io.distdb.sql.ast.Statement;
import io.distdb.sql.ast.TypeName;
import java.util.List;
import java.util.Optional;

/** PREPARE, EXECUTE, DEALLOCATE, DISCARD. */
final class SessionBuilder {
  private SessionBuilder() {}

  static SessionStatement prepare(DistDbSqlParser.PrepareContext context, Statement prepared) {
    List<TypeName> types = context.typeName().stream().map(NameBuilder::type).toList();
    return new SessionStatement.Prepare(
        Spans.of(context), NameBuilder.name(context.name()), types, prepared);
  }

  static SessionStatement execute(
      DistDbSqlParser.ExecuteContext context, ExpressionBuilder expressions) {
    return new SessionStatement.Execute(
        Spans.of(context),
        NameBuilder.name(context.name()),
        context.expressionList() == null ? List.of() : expressions.build(context.expressionList()));
  }

  static SessionStatement deallocate(DistDbSqlParser.DeallocateContext context) {
    Optional<Name> name = Optional.ofNullable(context.name()).map(NameBuilder::name);
    return new SessionStatement.Deallocate(Spans.of(context), name);
  }

  static SessionStatement discard(DistDbSqlParser.DiscardContext context) {
    return new SessionStatement.Discard(Spans.of(context), discarded(context));
  }

  private static SessionStatement.Discarded discarded(DistDbSqlParser.DiscardContext context) {
    if (context.ALL() != null) {
      return SessionStatement.Discarded.ALL;
    }
    if (context.name() == null) {
      return SessionStatement.Discarded.TEMP;
    }
    return switch (NameBuilder.name(context.name()).text()) {
      case "plans" -> SessionStatement.Discarded.PLANS;
      case "sequences" -> SessionStatement.Discarded.SEQUENCES;
      default -> throw Spans.syntaxError(context.name());
    };
  }
}
