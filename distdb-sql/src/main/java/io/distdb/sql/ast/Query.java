// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.WaitPolicy;
import java.util.List;
import java.util.Optional;

/**
 * A query: what may stand before and after its body.
 *
 * @param withTies {@code FETCH FIRST … WITH TIES}; there is a limit then
 */
public record Query(
    SourceSpan span,
    Optional<With> with,
    Body body,
    List<OrderItem> orderBy,
    Optional<Expr> limit,
    Optional<Expr> offset,
    boolean withTies,
    List<Locking> locking) {
  public Query {
    orderBy = List.copyOf(orderBy);
    locking = List.copyOf(locking);
  }

  /** A body and nothing else. */
  public Query(SourceSpan span, Body body) {
    this(
        span,
        Optional.empty(),
        body,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false,
        List.of());
  }

  public Query withoutWith() {
    return new Query(span, Optional.empty(), body, orderBy, limit, offset, withTies, locking);
  }

  /** Whether it has a body and nothing else. */
  public boolean isPlain() {
    return with.isEmpty()
        && orderBy.isEmpty()
        && limit.isEmpty()
        && offset.isEmpty()
        && locking.isEmpty();
  }

  /** {@code WITH [RECURSIVE]}, in the order written. */
  public record With(SourceSpan span, boolean recursive, List<CommonTable> tables) {
    public With {
      tables = List.copyOf(tables);
    }

    public boolean hasChanges() {
      return tables.stream().anyMatch(CommonTable::isChange);
    }
  }

  /**
   * @param materialized absent: materialized when it is used more than once
   * @param statement a query or a change
   */
  public record CommonTable(
      SourceSpan span,
      Name name,
      List<Name> columns,
      Optional<Boolean> materialized,
      Statement statement) {
    public CommonTable {
      columns = List.copyOf(columns);
    }

    /** Whether it is INSERT, UPDATE or DELETE. */
    public boolean isChange() {
      return statement instanceof DataStatement;
    }

    /** What it asks; it is no change. */
    public Query query() {
      return ((Statement.QueryStatement) statement).query();
    }
  }

  /**
   * {@code FOR UPDATE} and its like.
   *
   * @param clause as it is written, for errors: {@code FOR NO KEY UPDATE}
   * @param of tables by alias; empty for all
   */
  public record Locking(
      SourceSpan span, String clause, LockStrength strength, List<Name> of, WaitPolicy policy) {
    public Locking {
      of = List.copyOf(of);
    }
  }

  public sealed interface Body {
    SourceSpan span();
  }

  /**
   * @param distinctOn keys of {@code DISTINCT ON}; {@code distinct} is true then
   */
  public record Select(
      SourceSpan span,
      boolean distinct,
      List<Expr> distinctOn,
      List<SelectItem> items,
      List<FromItem> from,
      Optional<Expr> where,
      List<GroupItem> groupBy,
      boolean groupByDistinct,
      Optional<Expr> having,
      List<NamedWindow> windows)
      implements Body {
    public Select {
      distinctOn = List.copyOf(distinctOn);
      items = List.copyOf(items);
      from = List.copyOf(from);
      groupBy = List.copyOf(groupBy);
      windows = List.copyOf(windows);
    }
  }

  public sealed interface GroupItem {}

  /** One key; or several that go together, or none: {@code (a, b)}, {@code ()}. */
  public record GroupKeys(SourceSpan span, List<Expr> keys) implements GroupItem {
    public GroupKeys {
      keys = List.copyOf(keys);
    }
  }

  /** ROLLUP, CUBE or GROUPING SETS. */
  public record GroupSets(SourceSpan span, GroupKind kind, List<GroupItem> items)
      implements GroupItem {
    public GroupSets {
      items = List.copyOf(items);
    }
  }

  public enum GroupKind {
    ROLLUP,
    CUBE,
    SETS
  }

  /** {@code WINDOW name AS (window)}. */
  public record NamedWindow(Name name, Window window) {}

  /**
   * What OVER names or describes.
   *
   * @param base the window that it copies or, without parentheses, is
   */
  public record Window(
      SourceSpan span,
      Optional<Name> base,
      boolean parenthesized,
      List<Expr> partitionBy,
      List<OrderItem> orderBy,
      Optional<Frame> frame) {
    public Window {
      partitionBy = List.copyOf(partitionBy);
      orderBy = List.copyOf(orderBy);
    }
  }

  /** Absent {@code end}: the current row. */
  public record Frame(
      SourceSpan span,
      WindowFrame.Unit unit,
      FrameBound start,
      Optional<FrameBound> end,
      WindowFrame.Exclusion exclusion) {}

  /**
   * @param offset there for PRECEDING and FOLLOWING alone
   */
  public record FrameBound(SourceSpan span, WindowFrame.BoundKind kind, Optional<Expr> offset) {}

  public enum SetOperator {
    UNION,
    INTERSECT,
    EXCEPT
  }

  /** Two operands or more: chains of one operator are flat. They are combined from the left. */
  public record SetOperation(
      SourceSpan span, SetOperator operator, boolean all, List<Body> operands) implements Body {
    public SetOperation {
      operands = List.copyOf(operands);
    }
  }

  /** A query within parentheses that has clauses of its own. */
  public record Nested(SourceSpan span, Query query) implements Body {}

  /** Rows may contain {@link Expr.Default}, which INSERT alone understands. */
  public record Values(SourceSpan span, List<List<Expr>> rows) implements Body {
    public Values {
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  public sealed interface SelectItem {
    SourceSpan span();
  }

  /** {@code *} or {@code table.*} or {@code schema.table.*}. */
  public record Star(SourceSpan span, Optional<Name> schema, Optional<Name> table)
      implements SelectItem {
    public Star(SourceSpan span, Optional<Name> table) {
      this(span, Optional.empty(), table);
    }
  }

  /** {@code (row).*}. */
  public record FieldsStar(SourceSpan span, Expr row) implements SelectItem {}

  public record Item(SourceSpan span, Expr expression, Optional<Name> alias)
      implements SelectItem {}

  public sealed interface FromItem {
    SourceSpan span();
  }

  public record TableReference(
      SourceSpan span, TableName table, Optional<Name> alias, List<Name> columnAliases)
      implements FromItem {
    public TableReference {
      columnAliases = List.copyOf(columnAliases);
    }
  }

  /** CROSS JOIN is INNER with {@link NoCondition}. */
  public record Join(
      SourceSpan span, JoinType type, FromItem left, FromItem right, JoinCondition condition)
      implements FromItem {}

  public enum JoinType {
    INNER,
    LEFT,
    RIGHT,
    FULL
  }

  /**
   * A subquery in FROM.
   *
   * @param lateral it may refer to the items of FROM before it
   * @param alias absent: its columns have no table name
   */
  public record Derived(
      SourceSpan span, Query query, boolean lateral, Optional<Name> alias, List<Name> columnAliases)
      implements FromItem {
    public Derived {
      columnAliases = List.copyOf(columnAliases);
    }
  }

  /**
   * Functions whose rows go side by side.
   *
   * @param ordinality whether a column with the row's number follows
   */
  public record FunctionItem(
      SourceSpan span,
      List<Expr.Call> calls,
      boolean ordinality,
      Optional<Name> alias,
      List<Name> columnAliases)
      implements FromItem {
    public FunctionItem {
      calls = List.copyOf(calls);
      columnAliases = List.copyOf(columnAliases);
    }
  }

  public sealed interface JoinCondition {}

  public record NoCondition() implements JoinCondition {}

  public record On(Expr predicate) implements JoinCondition {}

  public record Using(List<Name> columns) implements JoinCondition {
    public Using {
      columns = List.copyOf(columns);
    }
  }

  public record Natural(SourceSpan span) implements JoinCondition {}

  /**
   * @param nullsFirst absent: first when descending, as PostgreSQL has it
   */
  public record OrderItem(Expr expression, boolean descending, Optional<Boolean> nullsFirst) {}
}
