// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

import java.util.List;
import java.util.Optional;

/** SELECT or VALUES with what may follow either. */
public record Query(
    SourceSpan span,
    Body body,
    List<OrderItem> orderBy,
    Optional<Expr> limit,
    Optional<Expr> offset) {
  public Query {
    orderBy = List.copyOf(orderBy);
  }

  public sealed interface Body {
    SourceSpan span();
  }

  public record Select(
      SourceSpan span,
      boolean distinct,
      List<SelectItem> items,
      List<FromItem> from,
      Optional<Expr> where,
      List<Expr> groupBy,
      Optional<Expr> having)
      implements Body {
    public Select {
      items = List.copyOf(items);
      from = List.copyOf(from);
      groupBy = List.copyOf(groupBy);
    }
  }

  /** Rows may contain {@link Expr.Default}, which INSERT alone understands. */
  public record Values(SourceSpan span, List<List<Expr>> rows) implements Body {
    public Values {
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  public sealed interface SelectItem {
    SourceSpan span();
  }

  /** {@code *} or {@code table.*}. */
  public record Star(SourceSpan span, Optional<Name> table) implements SelectItem {}

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
