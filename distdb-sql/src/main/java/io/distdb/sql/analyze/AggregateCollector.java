// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.function.AggregateFunction;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The aggregate and window calls of one SELECT, or the reason why there may be none here. */
final class AggregateCollector {
  private final StatementContext context;
  private final Optional<String> forbidden;
  private final Map<Key, Relation.AggregateCall> calls;
  private final List<GroupingRequest> groupings;
  private final Optional<WindowCollector> windows;
  private final DistDbException noWindows;
  private final Optional<SeriesCollector> series;

  /** What makes two calls equal. */
  private record Key(
      AggregateFunction function,
      List<Expression> arguments,
      boolean distinct,
      Optional<Expression> filter,
      List<Relation.Ordered> order) {}

  /** GROUPING over expressions that must turn out to be keys. */
  record GroupingRequest(Variable variable, List<Expression> arguments, SourceSpan span) {}

  private AggregateCollector(
      StatementContext context,
      Optional<String> forbidden,
      Map<Key, Relation.AggregateCall> calls,
      List<GroupingRequest> groupings,
      Optional<WindowCollector> windows,
      DistDbException noWindows,
      Optional<SeriesCollector> series) {
    this.series = series;
    this.context = context;
    this.forbidden = forbidden;
    this.calls = calls;
    this.groupings = groupings;
    this.windows = windows;
    this.noWindows = noWindows;
  }

  /** For the select list and ORDER BY: window calls go to {@code windows}. */
  static AggregateCollector allowed(StatementContext context, WindowCollector windows) {
    return new AggregateCollector(
        context,
        Optional.empty(),
        new LinkedHashMap<>(),
        new ArrayList<>(),
        Optional.of(windows),
        null,
        Optional.of(new SeriesCollector(context)));
  }

  /** Collects to the same calls, where windows may not be. */
  AggregateCollector withoutWindows(String clause) {
    return new AggregateCollector(
        context,
        forbidden,
        calls,
        groupings,
        Optional.empty(),
        windowsForbidden(clause),
        Optional.empty());
  }

  /**
   * @param message what is said of an aggregate that is there nevertheless
   */
  static AggregateCollector forbidden(StatementContext context, String message) {
    return new AggregateCollector(
        context,
        Optional.of(message),
        new LinkedHashMap<>(),
        new ArrayList<>(),
        Optional.empty(),
        new DistDbException(
            ErrorCode.GROUPING_ERROR,
            "aggregate function calls cannot contain window function calls"),
        Optional.empty());
  }

  static AggregateCollector forbiddenIn(StatementContext context, String clause) {
    return new AggregateCollector(
        context,
        Optional.of("aggregate functions are not allowed in " + clause),
        new LinkedHashMap<>(),
        new ArrayList<>(),
        Optional.empty(),
        windowsForbidden(clause),
        Optional.empty());
  }

  private static DistDbException windowsForbidden(String clause) {
    return new DistDbException(
        ErrorCode.WINDOWING_ERROR, "window functions are not allowed in " + clause);
  }

  /** Collects to the same calls, within the arguments of a window function. */
  AggregateCollector withinWindow() {
    return new AggregateCollector(
        context,
        forbidden,
        calls,
        groupings,
        Optional.empty(),
        new DistDbException(ErrorCode.WINDOWING_ERROR, "window function calls cannot be nested"),
        Optional.empty());
  }

  /** The column that has the aggregate's result; equal calls share one. */
  Variable add(AggregateAnalyzer.Bound bound) {
    return calls
        .computeIfAbsent(
            new Key(
                bound.function(),
                bound.arguments(),
                bound.distinct(),
                bound.filter(),
                bound.order()),
            key ->
                new Relation.AggregateCall(
                    context.newVariable(bound.function().name(), bound.function().resultType()),
                    bound.function(),
                    bound.arguments(),
                    bound.distinct(),
                    bound.filter(),
                    bound.order()))
        .variable();
  }

  /** The column that has the result of GROUPING. */
  Variable addGrouping(List<Expression> arguments, SourceSpan span) {
    if (forbidden.isPresent()) {
      String message =
          forbidden.get().replace("aggregate functions are", "grouping operations are");
      throw new DistDbException(ErrorCode.GROUPING_ERROR, message).at(span.position());
    }
    Variable variable = context.newVariable("grouping", SqlType.INTEGER);
    groupings.add(new GroupingRequest(variable, arguments, span));
    return variable;
  }

  /**
   * @throws DistDbException window calls are not allowed here
   */
  WindowCollector windows(SourceSpan span) {
    return windows.orElseThrow(() -> noWindows.at(span.position()));
  }

  /**
   * @throws DistDbException functions that return rows are not allowed here
   */
  SeriesCollector series(SourceSpan span) {
    return series.orElseThrow(() -> {
      String where =
          forbidden
              .filter(text -> text.contains(" in "))
              .map(text -> text.substring(text.indexOf(" in ") + 1))
              .orElse("here");
      return new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED, "set-returning functions are not allowed " + where)
          .at(span.position());
    });
  }

  /** How many functions that return rows there are so far. */
  int seriesCount() {
    return series.map(SeriesCollector::count).orElse(0);
  }

  void check(SourceSpan span) {
    if (forbidden.isPresent()) {
      throw new DistDbException(ErrorCode.GROUPING_ERROR, forbidden.get()).at(span.position());
    }
  }

  List<Relation.AggregateCall> calls() {
    return List.copyOf(calls.values());
  }

  List<GroupingRequest> groupings() {
    return List.copyOf(groupings);
  }
}
