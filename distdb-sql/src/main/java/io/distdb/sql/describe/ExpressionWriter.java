// SPDX-License-Identifier: MIT
package io.distdb.sql.describe;

import io.distdb.api.type.SqlType;
import io.distdb.sql.function.ArrayFunctions;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import io.distdb.sql.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Typed expressions as SQL, in the shape in which PostgreSQL prints a default or a check: every
 * operation in parentheses, every constant with its type; pretty with no more of them than needed.
 */
final class ExpressionWriter {
  /** Whether parentheses are left out, by what is around (PostgreSQL's is the example). */
  private enum Around {
    OPERATOR,
    CONNECTIVE_AND,
    CONNECTIVE_OR,
    TEST,
    CAST,
    /** Commas and keywords separate enough. */
    LIST
  }

  /** Written as words without parentheses. */
  private static final Set<String> SESSION_VALUES =
      Set.of(
          "current_catalog",
          "current_date",
          "current_role",
          "current_schema",
          "current_timestamp",
          "current_user",
          "localtime",
          "localtimestamp",
          "session_user");

  private static final Set<String> OF_SEQUENCES = Set.of("nextval", "currval", "setval");

  private final VisibleNames names;
  private final boolean pretty;

  ExpressionWriter(VisibleNames names, boolean pretty) {
    this.names = names;
    this.pretty = pretty;
  }

  /** Casts that the outermost place would make by itself are not written. */
  String text(Expression expression) {
    Expression bare = expression;
    while (bare instanceof Expression.Cast cast && !cast.explicit()) {
      bare = cast.operand();
    }
    return bare instanceof Expression.Literal literal
        ? Constants.bare(literal)
        : write(bare, Around.LIST);
  }

  private String write(Expression expression, Around around) {
    return switch (expression) {
      case Expression.Literal literal -> Constants.typed(literal, pretty);
      case Expression.Reference reference -> Texts.identifier(reference.variable().name());
      case Expression.Parameter parameter -> "$" + (parameter.ordinal() + 1);
      case Expression.Call call -> call(call, around);
      case Expression.Cast cast -> cast(cast);
      case Expression.Compare compare -> compare(compare, around);
      case Expression.And and ->
          grouped(
              joined(and.operands(), " AND ", Around.CONNECTIVE_AND),
              around != Around.LIST
                  && around != Around.CONNECTIVE_AND
                  && around != Around.CONNECTIVE_OR);
      case Expression.Or or ->
          grouped(
              joined(or.operands(), " OR ", Around.CONNECTIVE_OR),
              around != Around.LIST && around != Around.CONNECTIVE_OR);
      case Expression.Not not -> negated(not, around);
      case Expression.IsNull test ->
          operation(write(test.operand(), Around.TEST) + " IS NULL", around);
      case Expression.In in -> in(in, false, around);
      case Expression.Case choice -> choice(choice);
      case Expression.Coalesce coalesce -> "COALESCE(" + list(coalesce.arguments()) + ")";
      case Expression.Subquery ignored -> throw notStored(expression);
      case Expression.Correlation ignored -> throw notStored(expression);
      case Expression.Subplan ignored -> throw notStored(expression);
    };
  }

  private static IllegalArgumentException notStored(Expression expression) {
    return new IllegalArgumentException("no stored expression has " + expression.getClass());
  }

  private String list(List<Expression> expressions) {
    return joined(expressions, ", ", Around.LIST);
  }

  private String joined(List<Expression> expressions, String separator, Around around) {
    return expressions.stream()
        .map(expression -> write(expression, around))
        .collect(Collectors.joining(separator));
  }

  /** What is always in parentheses unless pretty, and then where {@code needed}. */
  private String grouped(String text, boolean needed) {
    return pretty && !needed ? text : "(" + text + ")";
  }

  private String operation(String text, Around around) {
    boolean needed = around == Around.OPERATOR || around == Around.TEST || around == Around.CAST;
    return grouped(text, needed);
  }

  // --- comparisons ---

  private String compare(Expression.Compare compare, Around around) {
    Comparison comparison = compare.comparison();
    if (comparison == Comparison.NOT_DISTINCT_FROM || comparison == Comparison.DISTINCT_FROM) {
      boolean truth =
          compare.right() instanceof Expression.Literal literal
              && literal.type() == SqlType.BOOLEAN;
      boolean not = comparison == Comparison.DISTINCT_FROM;
      if (truth) {
        String test = " IS " + (not ? "NOT " : "") + write(compare.right(), Around.LIST);
        return operation(
            write(compare.left(), Around.TEST) + test.toUpperCase(Locale.ROOT), around);
      }
      String distinct = operand(compare.left()) + " IS DISTINCT FROM " + operand(compare.right());
      return not ? operation(distinct, around) : not(operation(distinct, Around.TEST), around);
    }
    return operation(
        operand(compare.left()) + " " + comparison.symbol() + " " + operand(compare.right()),
        around);
  }

  /** An operand of an operator; there are none over VARCHAR, so that it is read as TEXT. */
  private String operand(Expression expression) {
    if (expression.type().unmodified() != SqlType.VARCHAR) {
      return write(expression, Around.OPERATOR);
    }
    return expression instanceof Expression.Literal literal
        ? Constants.typed(new Expression.Literal(literal.value(), SqlType.TEXT), pretty)
        : castTo(expression, "text");
  }

  private String not(String test, Around around) {
    boolean needed = around == Around.OPERATOR || around == Around.TEST || around == Around.CAST;
    return grouped("NOT " + test, needed);
  }

  private String negated(Expression.Not not, Around around) {
    return switch (not.operand()) {
      case Expression.IsNull test ->
          operation(write(test.operand(), Around.TEST) + " IS NOT NULL", around);
      case Expression.In in -> in(in, true, around);
      case Expression.Call call when isLike(call) ->
          operation(
              operand(call.arguments().getFirst())
                  + " !"
                  + call.function().name()
                  + " "
                  + operand(call.arguments().getLast()),
              around);
      default -> not(write(not.operand(), Around.TEST), around);
    };
  }

  private static boolean isLike(Expression.Call call) {
    String name = call.function().name();
    return call.function().operator() && (name.equals("~~") || name.equals("~~*"));
  }

  /** {@code = ANY (ARRAY[…])}, and an equality when there is one item. */
  private String in(Expression.In in, boolean negated, Around around) {
    String left = operand(in.operand());
    if (in.items().size() == 1) {
      return operation(left + (negated ? " <> " : " = ") + operand(in.items().getFirst()), around);
    }
    String array = array(in.items());
    if (in.operand().type().unmodified() == SqlType.VARCHAR) {
      array = pretty ? array + "::text[]" : "(" + array + ")::text[]";
    }
    String test = left + (negated ? " <> ALL (" : " = ANY (") + array + ")";
    return grouped(test, around != Around.LIST);
  }

  private String array(List<Expression> items) {
    return items.stream().map(this::item).collect(Collectors.joining(", ", "ARRAY[", "]"));
  }

  /** An item is of the type of the array, which a whole number alone is not always. */
  private String item(Expression item) {
    String text = write(item, Around.LIST);
    SqlType type = item.type().unmodified();
    boolean wider = type == SqlType.BIGINT || type == SqlType.SMALLINT;
    return item instanceof Expression.Literal && wider && text.indexOf(':') < 0
        ? castTo(item, type.sqlName())
        : text;
  }

  // --- casts, CASE ---

  private String cast(Expression.Cast cast) {
    if (cast.operand() instanceof Expression.Literal literal
        && literal.type().unmodified() == SqlType.TEXT) {
      return Constants.quoted(literal) + "::" + Constants.typeName(cast.type());
    }
    return castTo(cast.operand(), Constants.typeName(cast.type()));
  }

  private String castTo(Expression operand, String type) {
    String inner = write(operand, Around.CAST);
    return (pretty ? inner : "(" + inner + ")") + "::" + type;
  }

  private String choice(Expression.Case choice) {
    StringBuilder text = new StringBuilder("\nCASE");
    for (Expression.When when : choice.whens()) {
      text.append("\n    WHEN ").append(write(when.condition(), Around.LIST));
      text.append(" THEN ").append(write(when.result(), Around.LIST));
    }
    String otherwise =
        choice
            .otherwise()
            .map(value -> write(value, Around.LIST))
            .orElseGet(() -> "NULL::" + Constants.typeName(choice.type()));
    return text.append("\n    ELSE ").append(otherwise).append("\nEND").toString();
  }

  // --- calls ---

  private String call(Expression.Call call, Around around) {
    String name = call.function().name();
    List<Expression> arguments = call.arguments();
    if (call.function().operator() || !Character.isLetter(name.charAt(0))) {
      return operator(name, arguments, around);
    }
    if (arguments.isEmpty() && SESSION_VALUES.contains(name)) {
      return name.toUpperCase(Locale.ROOT);
    }
    return switch (name) {
      case ArrayFunctions.CONSTRUCT -> array(arguments);
      case ArrayFunctions.SUBSCRIPT -> subscript(arguments);
      case ArrayFunctions.SLICE -> slice(arguments);
      default -> function(name, arguments);
    };
  }

  private String function(String name, List<Expression> arguments) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (name.equals("greatest") || name.equals("least")) {
      return upper + "(" + list(arguments) + ")";
    }
    if (SESSION_VALUES.contains(name)) {
      return upper + "(" + list(arguments) + ")";
    }
    Optional<String> sequence =
        OF_SEQUENCES.contains(name)
            ? Constants.sequence(arguments.getFirst(), names)
            : Optional.empty();
    List<String> written = new ArrayList<>();
    for (Expression argument : arguments) {
      written.add(write(argument, Around.LIST));
    }
    sequence.ifPresent(quoted -> written.set(0, quoted));
    return Texts.identifier(name) + "(" + String.join(", ", written) + ")";
  }

  private String operator(String name, List<Expression> arguments, Around around) {
    if (name.endsWith(ArrayFunctions.ANY_OF) || name.endsWith(ArrayFunctions.ALL_OF)) {
      String array = write(arguments.getLast(), Around.LIST);
      return grouped(
          operand(arguments.getFirst()) + " " + name + " (" + array + ")", around != Around.LIST);
    }
    String text =
        arguments.size() == 1
            ? name + " " + operand(arguments.getFirst())
            : operand(arguments.getFirst()) + " " + name + " " + operand(arguments.getLast());
    return operation(text, around);
  }

  private String subscript(List<Expression> arguments) {
    StringBuilder text = new StringBuilder(subscripted(arguments.getFirst()));
    for (Expression index : arguments.subList(1, arguments.size())) {
      text.append('[').append(write(index, Around.LIST)).append(']');
    }
    return text.toString();
  }

  private String slice(List<Expression> arguments) {
    StringBuilder text = new StringBuilder(subscripted(arguments.getFirst()));
    for (int i = 1; i < arguments.size(); i += 2) {
      text.append('[').append(write(arguments.get(i), Around.LIST)).append(':');
      text.append(write(arguments.get(i + 1), Around.LIST)).append(']');
    }
    return text.toString();
  }

  private String subscripted(Expression array) {
    String text = write(array, Around.LIST);
    return array instanceof Expression.Reference ? text : "(" + text + ")";
  }
}
