// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

import java.util.List;
import java.util.Optional;

/** A scalar expression as it was written. Parentheses are gone; their shape remains. */
public sealed interface Expr {
  SourceSpan span();

  // --- constants and parameters ---

  record Null(SourceSpan span) implements Expr {}

  record BooleanConstant(SourceSpan span, boolean value) implements Expr {}

  record NumberConstant(SourceSpan span, NumberText number) implements Expr {}

  record StringConstant(SourceSpan span, String value) implements Expr {}

  /** A constant that the plan cache made a parameter; analyzed as the constant would be. */
  record Lifted(SourceSpan span, int ordinal, LiteralKind kind) implements Expr {}

  /** {@code $n} or the n-th {@code ?}; {@code ordinal} counts from 0. */
  record Parameter(SourceSpan span, int ordinal) implements Expr {}

  // --- names ---

  /**
   * @param schema there with a table alone
   */
  record Column(SourceSpan span, Optional<Name> schema, Optional<Name> table, Name name)
      implements Expr {
    public Column(SourceSpan span, Optional<Name> table, Name name) {
      this(span, Optional.empty(), table, name);
    }
  }

  // --- operators ---

  record Unary(SourceSpan span, SourceSpan operatorSpan, String operator, Expr operand)
      implements Expr {}

  /** Arithmetic, comparison, {@code ||} and any other operator of two operands. */
  record Binary(SourceSpan span, SourceSpan operatorSpan, String operator, Expr left, Expr right)
      implements Expr {}

  /** Two operands or more: chains are flat, so that their length costs no depth. */
  record And(SourceSpan span, List<Expr> operands) implements Expr {
    public And {
      operands = List.copyOf(operands);
    }
  }

  /** Two operands or more. */
  record Or(SourceSpan span, List<Expr> operands) implements Expr {
    public Or {
      operands = List.copyOf(operands);
    }
  }

  record Not(SourceSpan span, Expr operand) implements Expr {}

  // --- predicates ---

  record IsNull(SourceSpan span, Expr operand, boolean negated) implements Expr {}

  /** {@code IS [NOT] TRUE | FALSE}; absent {@code expected} is UNKNOWN. */
  record IsTruth(SourceSpan span, Expr operand, Optional<Boolean> expected, boolean negated)
      implements Expr {}

  record IsDistinct(
      SourceSpan span, SourceSpan operatorSpan, Expr left, Expr right, boolean negated)
      implements Expr {}

  record Between(
      SourceSpan span,
      SourceSpan operatorSpan,
      Expr operand,
      Expr low,
      Expr high,
      boolean symmetric,
      boolean negated)
      implements Expr {}

  record InList(
      SourceSpan span, SourceSpan operatorSpan, Expr operand, List<Expr> items, boolean negated)
      implements Expr {
    public InList {
      items = List.copyOf(items);
    }
  }

  record Like(
      SourceSpan span,
      SourceSpan operatorSpan,
      Expr operand,
      Expr pattern,
      Optional<Expr> escape,
      boolean ignoreCase,
      boolean negated)
      implements Expr {}

  // --- conditionals, casts, calls ---

  record Case(SourceSpan span, Optional<Expr> operand, List<When> whens, Optional<Expr> otherwise)
      implements Expr {
    public Case {
      whens = List.copyOf(whens);
    }
  }

  record When(Expr condition, Expr result) {}

  record Coalesce(SourceSpan span, List<Expr> arguments) implements Expr {
    public Coalesce {
      arguments = List.copyOf(arguments);
    }
  }

  record NullIf(SourceSpan span, Expr left, Expr right) implements Expr {}

  record Cast(SourceSpan span, Expr operand, TypeName type) implements Expr {}

  /**
   * @param star {@code count(*)}
   */
  record Call(
      SourceSpan span,
      Name function,
      List<Expr> arguments,
      boolean star,
      boolean distinct,
      CallClauses clauses)
      implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }

    public Call(
        SourceSpan span, Name function, List<Expr> arguments, boolean star, boolean distinct) {
      this(span, function, arguments, star, distinct, CallClauses.NONE);
    }
  }

  /**
   * What may surround the arguments of an aggregate or window function.
   *
   * @param withinGroup whether {@code orderBy} stands in WITHIN GROUP, not among the arguments
   */
  record CallClauses(
      List<Query.OrderItem> orderBy,
      boolean withinGroup,
      Optional<Expr> filter,
      Optional<Query.Window> over) {
    public static final CallClauses NONE =
        new CallClauses(List.of(), false, Optional.empty(), Optional.empty());

    public CallClauses {
      orderBy = List.copyOf(orderBy);
    }
  }

  /** {@code GROUPING(a, b)}. */
  record Grouping(SourceSpan span, List<Expr> arguments) implements Expr {
    public Grouping {
      arguments = List.copyOf(arguments);
    }
  }

  // --- arrays ---

  /** {@code ARRAY[a, b]}; items in brackets of their own are arrays again. */
  record Array(SourceSpan span, List<Expr> items) implements Expr {
    public Array {
      items = List.copyOf(items);
    }
  }

  /** {@code operand[1][2:3]}: one entry for each pair of brackets. */
  record Subscript(SourceSpan span, Expr operand, List<Bounds> bounds) implements Expr {
    public Subscript {
      bounds = List.copyOf(bounds);
    }
  }

  /**
   * @param slice whether there is a colon; without one {@code lower} is the subscript
   */
  record Bounds(Optional<Expr> lower, Optional<Expr> upper, boolean slice) {}

  // --- rows and subqueries ---

  /** {@code (a, b)} or {@code ROW(a, b)}. */
  record Row(SourceSpan span, List<Expr> fields) implements Expr {
    public Row {
      fields = List.copyOf(fields);
    }
  }

  /** {@code (row).name}. */
  record Field(SourceSpan span, Expr row, Name name) implements Expr {}

  record Exists(SourceSpan span, Query query) implements Expr {}

  /** A query of one column and at most one row, as a value. */
  record ScalarSubquery(SourceSpan span, Query query) implements Expr {}

  /**
   * Column {@code field}, from 0, of a query of at most one row. Several may share one query, which
   * is then one and the same object and runs once.
   *
   * @param width columns that the query must have
   */
  record SubqueryField(SourceSpan span, Query query, int field, int width) implements Expr {}

  record InSubquery(
      SourceSpan span, SourceSpan operatorSpan, Expr operand, Query query, boolean negated)
      implements Expr {}

  /** {@code operand operator ANY | ALL (array)}. */
  record QuantifiedArray(
      SourceSpan span,
      SourceSpan operatorSpan,
      Expr operand,
      String operator,
      boolean all,
      Expr array)
      implements Expr {}

  /** {@code operand operator ANY | ALL (query)}. */
  record Quantified(
      SourceSpan span,
      SourceSpan operatorSpan,
      Expr operand,
      String operator,
      boolean all,
      Query query)
      implements Expr {}

  /** {@code ARRAY(query)}. */
  record ArraySubquery(SourceSpan span, Query query) implements Expr {}

  /** {@code DEFAULT} among the values of INSERT and UPDATE. */
  record Default(SourceSpan span) implements Expr {}
}
