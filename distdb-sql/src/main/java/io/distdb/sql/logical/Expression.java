// SPDX-License-Identifier: MIT
package io.distdb.sql.logical;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.function.ScalarFunction;
import java.util.List;
import java.util.Optional;

/**
 * A typed scalar expression. Operands have exactly the types that their parent asks for: the
 * analyzer has put a {@link Cast} wherever SQL converts silently.
 */
public sealed interface Expression {
  SqlType type();

  /** A constant; {@link Value#NULL} has the type that its place needs. */
  record Literal(Value value, SqlType type) implements Expression {}

  /**
   * Parameter {@code ordinal}, from 0: {@code $1}, or the n-th literal lifted by the plan cache.
   */
  record Parameter(int ordinal, SqlType type) implements Expression {}

  record Reference(Variable variable) implements Expression {
    @Override
    public SqlType type() {
      return variable.type();
    }
  }

  /**
   * A function or arithmetic operator, resolved by its argument types. NULL rules are the
   * function's.
   */
  record Call(ScalarFunction function, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public SqlType type() {
      return function.resultType();
    }
  }

  /**
   * @param explicit whether CAST asked: a text too long for the type is cut off then, else refused
   */
  record Cast(Expression operand, SqlType type, boolean explicit) implements Expression {
    public Cast(Expression operand, SqlType type) {
      this(operand, type, false);
    }

    /** The same cast of another operand. */
    public Cast over(Expression other) {
      return new Cast(other, type, explicit);
    }
  }

  /** Both sides have one type. */
  record Compare(Comparison comparison, Expression left, Expression right) implements Expression {
    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }
  }

  enum Comparison {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    DISTINCT_FROM("IS DISTINCT FROM"),
    NOT_DISTINCT_FROM("IS NOT DISTINCT FROM");

    private final String symbol;

    Comparison(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }

    /** The comparison that holds when the sides are swapped. */
    public Comparison mirrored() {
      return switch (this) {
        case LESS -> GREATER;
        case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
        case GREATER -> LESS;
        case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        case EQUAL, NOT_EQUAL, DISTINCT_FROM, NOT_DISTINCT_FROM -> this;
      };
    }
  }

  /** AND of two or more, three-valued. */
  record And(List<Expression> operands) implements Expression {
    public And {
      operands = List.copyOf(operands);
    }

    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }
  }

  /** OR of two or more, three-valued. */
  record Or(List<Expression> operands) implements Expression {
    public Or {
      operands = List.copyOf(operands);
    }

    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }
  }

  record Not(Expression operand) implements Expression {
    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }
  }

  record IsNull(Expression operand) implements Expression {
    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }
  }

  /** {@code operand IN (items)}, three-valued; all of one type, at least one item. */
  record In(Expression operand, List<Expression> items) implements Expression {
    public In {
      items = List.copyOf(items);
    }

    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }
  }

  /** Searched CASE (the simple form is rewritten to it); no ELSE means NULL. */
  record Case(List<When> whens, Optional<Expression> otherwise, SqlType type)
      implements Expression {
    public Case {
      whens = List.copyOf(whens);
    }
  }

  record When(Expression condition, Expression result) {}

  // --- subqueries ---

  /**
   * A query within an expression. Its relation may refer to variables of the queries around it.
   * Made by {@link Subqueries}, which knows them.
   */
  sealed interface Subquery extends Expression {
    Relation relation();

    /** The variables that it refers to and does not produce, each once. */
    List<Variable> outer();
  }

  /** Whether the query has a row. */
  record Exists(Relation relation, List<Variable> outer) implements Subquery {
    public Exists {
      outer = List.copyOf(outer);
    }

    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }
  }

  /** Column {@code field} of the one row, NULL when there is none; more rows are an error. */
  record ScalarSubquery(Relation relation, int field, List<Variable> outer) implements Subquery {
    public ScalarSubquery {
      outer = List.copyOf(outer);
    }

    @Override
    public SqlType type() {
      return relation.output().get(field).type();
    }
  }

  /**
   * Whether {@code condition}, over the variables around and the query's output, holds for some
   * row: TRUE when for one, else NULL when it is NULL for one, else FALSE. {@code IN}, {@code ANY},
   * and with two negations {@code ALL}.
   */
  record AnySubquery(Relation relation, Expression condition, List<Variable> outer)
      implements Subquery {
    public AnySubquery {
      outer = List.copyOf(outer);
    }

    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }
  }

  /** The only column's values as an array, in the order of the rows. */
  record ArraySubquery(Relation relation, List<Variable> outer) implements Subquery {
    public ArraySubquery {
      outer = List.copyOf(outer);
    }

    @Override
    public SqlType type() {
      SqlType element = relation.output().getFirst().type();
      return element instanceof SqlType.Array ? element : new SqlType.Array(element);
    }
  }

  /**
   * The result of a subquery that has a plan.
   *
   * @param arguments what the plan asks of the row around it, in its order
   * @param field a column of the plan's one row
   */
  record Subplan(PlannedSubquery plan, List<Expression> arguments, int field, SqlType type)
      implements Expression {
    public Subplan {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * The value that {@code variable}, of a query around, has while a subquery runs.
   *
   * @param slot where the run keeps it, from 0
   */
  record Correlation(int slot, Variable variable) implements Expression {
    @Override
    public SqlType type() {
      return variable.type();
    }
  }

  /** What this package knows of a subquery's plan. */
  interface PlannedSubquery {
    /** How EXPLAIN refers to it: {@code SubPlan 1}. */
    String title();
  }

  /** The first argument that is not NULL, evaluated no further than needed. */
  record Coalesce(List<Expression> arguments, SqlType type) implements Expression {
    public Coalesce {
      arguments = List.copyOf(arguments);
    }
  }
}
