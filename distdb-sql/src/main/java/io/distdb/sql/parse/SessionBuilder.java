// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SessionStatement;
import io.distdb.sql.ast.Statement;
import io.distdb.sql.ast.TypeName;
import java.util.List;
import java.util.Optional;

/** PREPARE, EXECUTE, DEALLOCATE, DISCARD; LISTEN, NOTIFY, UNLISTEN. */
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

  static SessionStatement listen(DistDbSqlParser.ListenContext context) {
    return new SessionStatement.Listen(Spans.of(context), NameBuilder.name(context.name()));
  }

  static SessionStatement notify(DistDbSqlParser.NotifyChannelContext context) {
    String payload = context.STRING() == null ? "" : Spans.token(context.STRING()).content();
    return new SessionStatement.Notify(
        Spans.of(context), NameBuilder.name(context.name()), payload);
  }

  static SessionStatement unlisten(DistDbSqlParser.UnlistenContext context) {
    Optional<Name> channel = Optional.ofNullable(context.name()).map(NameBuilder::name);
    return new SessionStatement.Unlisten(Spans.of(context), channel);
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
