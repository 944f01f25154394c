// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A query of WITH RECURSIVE, which may name itself in the last operand of its UNION (PostgreSQL
 * documentation, 7.8.2). The operands before it settle names and types.
 */
final class RecursiveTable {
  private final StatementContext context;
  private final Optional<Scope.Outer> outer;
  private final QueryAnalyzer queries;
  private final WithClause with;

  RecursiveTable(
      StatementContext context,
      Optional<Scope.Outer> outer,
      QueryAnalyzer queries,
      WithClause with) {
    this.context = context;
    this.outer = outer;
    this.queries = queries;
    this.with = with;
  }

  Relation.CommonTable analyze(Query.CommonTable table) {
    CommonTables around = context.commonTables();
    CommonTables.Entry self =
        new CommonTables.Entry(
            context.newCommonTableId(), true, table.name().text(), context.recursionDepth());
    context.enter(around.and(self));
    Optional<Bound> recursive;
    try {
      recursive = context.attempt(() -> bind(table, self));
    } finally {
      context.enter(around);
    }
    return recursive.isPresent()
        ? with.enter(
            table, recursive.get().relation, recursive.get().headings, recursive.get().types)
        : with.plain(table);
  }

  private record Bound(Relation relation, List<String> headings, List<SqlType> types) {}

  /** Absent: the query does not name itself. */
  private Optional<Bound> bind(Query.CommonTable table, CommonTables.Entry self) {
    Query query = table.query();
    if (!(query.body() instanceof Query.SetOperation set)
        || set.operator() != Query.SetOperator.UNION) {
      self.refuse(
          "recursive query \""
              + self.name
              + "\" does not have the form non-recursive-term UNION [ALL] recursive-term");
      queries.arm(query);
      return Optional.empty();
    }
    List<Relation.CommonTable> inner =
        query.with().isPresent()
            ? new WithClause(context, outer, queries).analyze(query.with().get())
            : List.of();
    self.refuse(
        "recursive reference to query \""
            + self.name
            + "\" must not appear within its non-recursive term");
    Bound base = base(set);
    List<String> headings = WithClause.headings(table, base.headings);
    self.allow(headings, base.types);
    Query.Body last = set.operands().getLast();
    QueryArm step = new SetOperationAnalyzer(context, outer, queries).arm(last);
    if (self.uses() == 0) {
      return Optional.empty();
    }
    refuseClauses(query);
    Relation union = union(self, set.all(), base, headings, step, last.span());
    return Optional.of(
        new Bound(inner.isEmpty() ? union : new Relation.With(inner, union), headings, base.types));
  }

  /** All operands but the last; what is unknown becomes text. */
  private Bound base(Query.SetOperation set) {
    SetOperationAnalyzer sets = new SetOperationAnalyzer(context, outer, queries);
    List<Query.Body> operands = set.operands().subList(0, set.operands().size() - 1);
    List<QueryArm> arms = new ArrayList<>();
    operands.forEach(operand -> arms.add(sets.arm(operand)));
    QueryArm arm =
        arms.size() == 1
            ? arms.getFirst()
            : sets.combine(set.operator(), set.all(), arms, SetOperationAnalyzer.spans(operands));
    List<SqlType> types = WithClause.settledTypes(arm);
    return new Bound(sets.convert(arm, types), arm.headings(), types);
  }

  private Relation union(
      CommonTables.Entry self,
      boolean all,
      Bound base,
      List<String> headings,
      QueryArm step,
      SourceSpan stepSpan) {
    int width = base.types.size();
    if (step.columns().size() != width) {
      throw new DistDbException(
              ErrorCode.SYNTAX_ERROR, "each UNION query must have the same number of columns")
          .at(stepSpan.position());
    }
    for (int i = 0; i < width; i++) {
      checkType(self, i, base.types.get(i), step.columns().get(i));
    }
    Relation converted =
        new SetOperationAnalyzer(context, outer, queries).convert(step, base.types);
    List<Variable> output = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      output.add(context.newVariable(headings.get(i), base.types.get(i)));
    }
    return new Relation.RecursiveUnion(
        self.id,
        !all,
        base.relation,
        base.relation.output().subList(0, width),
        converted,
        converted.output().subList(0, width),
        output);
  }

  /** The first rows decide the types, because the steps read them. */
  private static void checkType(
      CommonTables.Entry self, int column, SqlType base, Operand stepColumn) {
    SqlType overall =
        ConditionalAnalyzer.commonType(
            "UNION", List.of(QueryArm.ofType(stepColumn, base), stepColumn));
    if (!overall.equals(base)) {
      throw new DistDbException(
              ErrorCode.DATATYPE_MISMATCH,
              "recursive query \""
                  + self.name
                  + "\" column "
                  + (column + 1)
                  + " has type "
                  + base.sqlName()
                  + " in non-recursive term but type "
                  + overall.sqlName()
                  + " overall")
          .withHint("Cast the output of the non-recursive term to the correct type.")
          .at(stepColumn.span().position());
    }
  }

  private static void refuseClauses(Query query) {
    String clause =
        !query.orderBy().isEmpty()
            ? "ORDER BY"
            : query.offset().isPresent()
                ? "OFFSET"
                : query.limit().isPresent()
                    ? "LIMIT"
                    : query.locking().isEmpty() ? null : "FOR UPDATE/SHARE";
    if (clause != null) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED, clause + " in a recursive query is not implemented")
          .at(query.span().position());
    }
  }
}
