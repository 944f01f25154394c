// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sql.ast.DataStatement;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.NumberText;
import io.distdb.sql.ast.Query;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Queries: what surrounds SELECT and VALUES, and what combines them. */
final class QueryBuilder {
  private final ExpressionBuilder expressions;
  private final SelectBuilder selects;
  private final Constants constants;

  /** The one SELECT that may have INTO, or null. */
  private DistDbSqlParser.SelectContext into;

  QueryBuilder(ExpressionBuilder expressions, Constants constants) {
    this.expressions = expressions;
    this.constants = constants;
    this.selects = new SelectBuilder(expressions);
  }

  /** INSERT, UPDATE or DELETE within WITH. */
  DataStatement change(DistDbSqlParser.ChangeContext context) {
    DataManipulationBuilder changes = new DataManipulationBuilder(expressions, this);
    if (context.insert() != null) {
      return changes.insert(context.insert());
    }
    return context.update() != null
        ? changes.update(context.update())
        : changes.delete(context.delete());
  }

  /** A statement whose SELECT {@code into} may have INTO. */
  Query buildInto(DistDbSqlParser.QueryContext context, DistDbSqlParser.SelectContext selectInto) {
    into = selectInto;
    return build(context);
  }

  Query build(DistDbSqlParser.QueryContext context) {
    Optional<Query.With> with =
        Optional.ofNullable(context.withClause()).map(clause -> WithBuilder.build(clause, this));
    Query.Body body = term(context.queryTerm());
    List<Query.OrderItem> order = WindowBuilder.orderBy(context.orderByClause(), expressions);
    Tail tail = tail(context.queryTail());
    Query query =
        new Query(
            Spans.of(context), with, body, order, tail.limit, tail.offset, tail.ties, tail.locking);
    return body instanceof Query.Nested nested ? NestedQuery.merge(query, nested.query()) : query;
  }

  /** What RETURNING lists, as SELECT would. */
  List<Query.SelectItem> items(DistDbSqlParser.SelectItemsContext context) {
    return selects.items(context);
  }

  /** The tables of UPDATE … FROM and DELETE … USING. */
  List<Query.FromItem> from(List<DistDbSqlParser.FromItemContext> contexts) {
    return selects.from(contexts);
  }

  /** Chains lean left; they are walked in a loop, and links of one operator become one node. */
  private Query.Body term(DistDbSqlParser.QueryTermContext context) {
    Deque<DistDbSqlParser.QueryTermContext> spine = new ArrayDeque<>();
    DistDbSqlParser.QueryTermContext at = context;
    while (!(at instanceof DistDbSqlParser.SingleTermContext)) {
      spine.push(at);
      at = operand(at, 0);
    }
    int levels = 1;
    Query.Body result = primary(((DistDbSqlParser.SingleTermContext) at).queryPrimary());
    while (!spine.isEmpty()) {
      DistDbSqlParser.QueryTermContext link = spine.pop();
      List<Query.Body> operands = new ArrayList<>();
      operands.add(result);
      expressions.enter(++levels, context);
      operands.add(term(operand(link, 1)));
      DistDbSqlParser.QueryTermContext last = link;
      while (!spine.isEmpty() && chains(link, spine.peek())) {
        last = spine.pop();
        operands.add(term(operand(last, 1)));
      }
      expressions.leave(levels);
      result = new Query.SetOperation(Spans.of(last), operator(link), isAll(link), operands);
    }
    return result;
  }

  private static DistDbSqlParser.QueryTermContext operand(
      DistDbSqlParser.QueryTermContext context, int which) {
    return switch (context) {
      case DistDbSqlParser.UnionContext union -> union.queryTerm(which);
      case DistDbSqlParser.IntersectContext intersect -> intersect.queryTerm(which);
      default -> throw Invariant.unreachable("no such query");
    };
  }

  /** Whether the next link combines one more operand in the same way, from the left. */
  private static boolean chains(
      DistDbSqlParser.QueryTermContext link, DistDbSqlParser.QueryTermContext next) {
    return operator(link) == operator(next) && isAll(link) == isAll(next);
  }

  private static Query.SetOperator operator(DistDbSqlParser.QueryTermContext context) {
    return switch (context) {
      case DistDbSqlParser.UnionContext union ->
          union.UNION() != null ? Query.SetOperator.UNION : Query.SetOperator.EXCEPT;
      default -> Query.SetOperator.INTERSECT;
    };
  }

  private static boolean isAll(DistDbSqlParser.QueryTermContext context) {
    return switch (context) {
      case DistDbSqlParser.UnionContext union -> union.ALL() != null;
      case DistDbSqlParser.IntersectContext intersect -> intersect.ALL() != null;
      default -> false;
    };
  }

  private void refuseInto(DistDbSqlParser.SelectContext select) {
    if (select.INTO() != null && select != into) {
      throw new DistDbException(ErrorCode.SYNTAX_ERROR, "SELECT ... INTO is not allowed here")
          .at(Spans.of(select.qualifiedName()).position());
    }
  }

  private Query.Body primary(DistDbSqlParser.QueryPrimaryContext context) {
    return switch (context) {
      case DistDbSqlParser.SelectTermContext select -> {
        refuseInto(select.select());
        yield selects.build(select.select());
      }
      case DistDbSqlParser.ValuesTermContext values ->
          new Query.Values(Spans.of(values), rows(values.valuesRow()));
      case DistDbSqlParser.TableTermContext table -> selects.table(table);
      case DistDbSqlParser.ParenthesizedQueryContext inner -> {
        Query query = build(inner.query());
        yield query.isPlain() ? query.body() : new Query.Nested(Spans.of(inner), query);
      }
      default -> throw Invariant.unreachable("no such query");
    };
  }

  private List<List<Expr>> rows(List<DistDbSqlParser.ValuesRowContext> contexts) {
    List<List<Expr>> rows = new ArrayList<>(contexts.size());
    for (DistDbSqlParser.ValuesRowContext row : contexts) {
      List<Expr> values = new ArrayList<>(row.valueOrDefault().size());
      row.valueOrDefault().forEach(value -> values.add(expressions.build(value)));
      if (row.subquery() != null) {
        values.add(onlyValue(row.subquery()));
      }
      rows.add(values);
    }
    return rows;
  }

  /** The subquery of {@code VALUES (1), ((SELECT 2))}; without the outer pair it is no row. */
  private Expr onlyValue(DistDbSqlParser.SubqueryContext context) {
    if (context.query().getStart().getType() != DistDbSqlParser.OPEN_QUERY) {
      throw Spans.syntaxError(context.query());
    }
    return new Expr.ScalarSubquery(Spans.of(context), expressions.build(context));
  }

  // --- after the body ---

  private record Tail(
      Optional<Expr> limit, Optional<Expr> offset, boolean ties, List<Query.Locking> locking) {}

  private Tail tail(List<DistDbSqlParser.QueryTailContext> parts) {
    Optional<Expr> limit = Optional.empty();
    Optional<Expr> offset = Optional.empty();
    boolean limited = false;
    boolean ties = false;
    List<Query.Locking> locking = new ArrayList<>();
    for (DistDbSqlParser.QueryTailContext part : parts) {
      switch (part) {
        case DistDbSqlParser.OffsetContext clause -> {
          if (offset.isPresent()) {
            throw Spans.syntaxError(clause);
          }
          offset = Optional.of(expressions.build(clause.expression()));
        }
        case DistDbSqlParser.LockingContext lock -> locking.add(locking(lock));
        default -> {
          if (limited) {
            throw Spans.syntaxError(part);
          }
          limited = true;
          limit = limit(part);
          ties = part instanceof DistDbSqlParser.FetchContext fetch && fetch.TIES() != null;
        }
      }
    }
    return new Tail(limit, offset, ties, locking);
  }

  private static Query.Locking locking(DistDbSqlParser.LockingContext context) {
    boolean exclusive = context.UPDATE() != null;
    String clause =
        exclusive
            ? context.NO() != null ? "FOR NO KEY UPDATE" : "FOR UPDATE"
            : context.KEY() != null ? "FOR KEY SHARE" : "FOR SHARE";
    return new Query.Locking(
        Spans.of(context),
        clause,
        exclusive ? LockStrength.EXCLUSIVE : LockStrength.SHARED,
        context.nameList() == null ? List.of() : NameBuilder.names(context.nameList()),
        context.NOWAIT() != null
            ? WaitPolicy.NO_WAIT
            : context.LOCKED() != null ? WaitPolicy.SKIP : WaitPolicy.WAIT);
  }

  private Optional<Expr> limit(DistDbSqlParser.QueryTailContext context) {
    return switch (context) {
      case DistDbSqlParser.LimitContext limit -> {
        if (limit.COMMA() != null) {
          throw SyntaxErrors.at(Spans.token(limit.COMMA()))
              .withHint("Write LIMIT count OFFSET start.");
        }
        yield limit.ALL() != null
            ? Optional.empty()
            : Optional.of(expressions.build(limit.expression(0)));
      }
      case DistDbSqlParser.FetchContext fetch -> Optional.of(fetchCount(fetch));
      default -> throw Invariant.unreachable("no such clause");
    };
  }

  private Expr fetchCount(DistDbSqlParser.FetchContext fetch) {
    DistDbSqlParser.FetchCountContext count = fetch.fetchCount();
    if (count == null) {
      return new Expr.NumberConstant(Spans.of(fetch), new NumberText("1", false));
    }
    if (count.expression() != null) {
      return expressions.build(count.expression());
    }
    SqlToken token = Spans.first(count.constant());
    if (count.MINUS() != null && PrimaryBuilder.isNumber(count.constant())) {
      SqlToken minus = Spans.token(count.MINUS());
      Expr number = constants.negativeNumber(minus, token);
      return number != null
          ? number
          : new Expr.Unary(Spans.of(count), minus.span(), "-", constants.number(token));
    }
    if (!PrimaryBuilder.isNumber(count.constant())
        && !token.getText().toLowerCase(Locale.ROOT).matches("\\?|\\$\\d+")) {
      throw SyntaxErrors.at(token);
    }
    return PrimaryBuilder.isNumber(count.constant())
        ? constants.number(token)
        : constants.parameter(token);
  }
}
