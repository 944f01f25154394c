// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What OVER describes: partition, order and frame, parts of which may come by name. */
final class WindowAnalyzer {
  /** A window without names. */
  record Resolved(WindowCollector.Spec spec, Relation.Frame frame) {}

  private final StatementContext context;
  private final ExpressionAnalyzer expressions;
  private final List<Query.NamedWindow> named;

  WindowAnalyzer(
      StatementContext context,
      Scope scope,
      AggregateCollector aggregates,
      List<Query.NamedWindow> named) {
    this.context = context;
    this.named = named;
    expressions =
        new ExpressionAnalyzer(context, scope, aggregates.withoutWindows("window definitions"));
  }

  /** Looks at every named window, used or not. */
  void checkNamed() {
    for (int i = 0; i < named.size(); i++) {
      Name name = named.get(i).name();
      if (find(name, i).isPresent()) {
        throw windowing("window \"" + name + "\" is already defined", name.span());
      }
      resolve(named.get(i).window(), i);
    }
  }

  Resolved resolve(Query.Window window) {
    return resolve(window, named.size());
  }

  private Optional<Integer> find(Name name, int before) {
    for (int i = 0; i < before; i++) {
      if (named.get(i).name().text().equals(name.text())) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /**
   * @param before how many of the named windows it may build on
   */
  private Resolved resolve(Query.Window window, int before) {
    if (window.base().isEmpty()) {
      return resolve(window, window.partitionBy(), window.orderBy());
    }
    Name name = window.base().get();
    int at =
        find(name, before)
            .orElseThrow(() ->
                new DistDbException(
                        ErrorCode.UNDEFINED_OBJECT, "window \"" + name + "\" does not exist")
                    .at(name.span().position()));
    Query.Window base = named.get(at).window();
    if (!window.parenthesized()) {
      return resolve(base, at);
    }
    Query.Window flat = flatten(base, at);
    checkCopy(window, flat, name);
    return resolve(
        window, flat.partitionBy(), flat.orderBy().isEmpty() ? window.orderBy() : flat.orderBy());
  }

  /** With the clauses that it copies itself. */
  private Query.Window flatten(Query.Window window, int before) {
    if (window.base().isEmpty()) {
      return window;
    }
    Name name = window.base().get();
    int at =
        find(name, before)
            .orElseThrow(() ->
                new DistDbException(
                        ErrorCode.UNDEFINED_OBJECT, "window \"" + name + "\" does not exist")
                    .at(name.span().position()));
    Query.Window base = flatten(named.get(at).window(), at);
    checkCopy(window, base, name);
    return new Query.Window(
        window.span(),
        Optional.empty(),
        true,
        base.partitionBy(),
        base.orderBy().isEmpty() ? window.orderBy() : base.orderBy(),
        window.frame());
  }

  private static void checkCopy(Query.Window window, Query.Window base, Name name) {
    if (!window.partitionBy().isEmpty()) {
      throw windowing(
          "cannot override PARTITION BY clause of window \"" + name + "\"", window.span());
    }
    if (!window.orderBy().isEmpty() && !base.orderBy().isEmpty()) {
      throw windowing("cannot override ORDER BY clause of window \"" + name + "\"", window.span());
    }
    if (base.frame().isPresent()) {
      throw windowing(
          "cannot copy window \"" + name + "\" because it has a frame clause", window.span());
    }
  }

  static DistDbException windowing(String message, SourceSpan span) {
    return new DistDbException(ErrorCode.WINDOWING_ERROR, message).at(span.position());
  }

  private Resolved resolve(
      Query.Window window, List<Expr> partitionBy, List<Query.OrderItem> orderBy) {
    List<Expression> partition = new ArrayList<>();
    partitionBy.forEach(key -> partition.add(expressions.settled(key)));
    List<Relation.Ordered> order = new ArrayList<>();
    for (Query.OrderItem item : orderBy) {
      order.add(
          new Relation.Ordered(
              expressions.settled(item.expression()),
              item.descending(),
              item.nullsFirst().orElse(item.descending())));
    }
    Relation.Frame frame =
        window
            .frame()
            .map(clause -> new FrameClause(context, expressions, order).analyze(clause))
            .orElse(Relation.Frame.DEFAULT);
    return new Resolved(new WindowCollector.Spec(partition, order), frame);
  }
}
