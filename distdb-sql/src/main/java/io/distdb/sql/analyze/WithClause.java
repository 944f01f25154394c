// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.Query;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** WITH: each query under its name, which those after it and the body may use. */
final class WithClause {
  private final StatementContext context;
  private final Optional<Scope.Outer> outer;
  private final QueryAnalyzer queries;

  WithClause(StatementContext context, Optional<Scope.Outer> outer, QueryAnalyzer queries) {
    this.context = context;
    this.outer = outer;
    this.queries = queries;
  }

  /** Enters the names into the context's scope; the caller leaves it. */
  List<Relation.CommonTable> analyze(Query.With with) {
    checkNames(with);
    refuseForward(with);
    List<Relation.CommonTable> tables = new ArrayList<>(with.tables().size());
    for (Query.CommonTable table : with.tables()) {
      if (table.isChange()) {
        throw new DistDbException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "WITH clause containing a data-modifying statement must be at the top level")
            .at(table.span().position());
      }
      tables.add(query(with, table));
    }
    return tables;
  }

  /** A table that is no change. */
  Relation.CommonTable query(Query.With with, Query.CommonTable table) {
    return with.recursive()
        ? new RecursiveTable(context, outer, queries, this).analyze(table)
        : plain(table);
  }

  /** RECURSIVE lets all names be seen from the start; those of later queries are refused. */
  private void refuseForward(Query.With with) {
    for (Query.CommonTable table :
        with.recursive() ? with.tables() : List.<Query.CommonTable>of()) {
      CommonTables.Entry later =
          new CommonTables.Entry(
              context.newCommonTableId(), false, table.name().text(), context.recursionDepth());
      later.refuse(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "forward reference to WITH query \"" + table.name() + "\" is not supported yet");
      context.enter(context.commonTables().and(later));
    }
  }

  static void checkNames(Query.With with) {
    Set<String> names = new HashSet<>();
    for (Query.CommonTable table : with.tables()) {
      if (!names.add(table.name().text())) {
        throw new DistDbException(
                ErrorCode.DUPLICATE_ALIAS,
                "WITH query name \"" + table.name() + "\" specified more than once")
            .at(table.name().span().position());
      }
    }
  }

  Relation.CommonTable plain(Query.CommonTable table) {
    QueryArm arm = queries.arm(table.query());
    List<SqlType> types = settledTypes(arm);
    Relation relation = new SetOperationAnalyzer(context, outer, queries).convert(arm, types);
    return enter(table, relation, arm.headings(), types);
  }

  static List<SqlType> settledTypes(QueryArm arm) {
    return arm.columns().stream()
        .map(column -> column.type() == null ? settled(column) : column.type())
        .toList();
  }

  private static SqlType settled(Operand column) {
    return ConditionalAnalyzer.commonType("WITH", List.of(column));
  }

  /** Gives {@code relation} its name from here on. */
  Relation.CommonTable enter(
      Query.CommonTable table, Relation relation, List<String> headings, List<SqlType> types) {
    CommonTables.Entry entry =
        new CommonTables.Entry(
            context.newCommonTableId(), false, table.name().text(), context.recursionDepth());
    entry.allow(headings(table, headings), types);
    context.enter(context.commonTables().and(entry));
    List<Variable> columns = relation.output().subList(0, types.size());
    Optional<Boolean> materialized = table.materialized();
    return new Relation.CommonTable(entry.id, table.name().text(), materialized, relation, columns);
  }

  /** The columns' own names after those that the clause gives. */
  static List<String> headings(Query.CommonTable table, List<String> own) {
    if (table.columns().size() > own.size()) {
      throw new DistDbException(
              ErrorCode.INVALID_COLUMN_REFERENCE,
              "WITH query \""
                  + table.name()
                  + "\" has "
                  + own.size()
                  + " columns available but "
                  + table.columns().size()
                  + " columns specified")
          .at(table.span().position());
    }
    List<String> headings = new ArrayList<>();
    table.columns().stream().map(Name::text).forEach(headings::add);
    headings.addAll(own.subList(headings.size(), own.size()));
    return headings;
  }
}
