// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** WITH: queries that have a name. */
final class WithBuilder {
  private WithBuilder() {}

  static Query.With build(DistDbSqlParser.WithClauseContext context, QueryBuilder queries) {
    List<Query.CommonTable> tables = new ArrayList<>(context.commonTable().size());
    for (DistDbSqlParser.CommonTableContext table : context.commonTable()) {
      tables.add(table(table, queries));
    }
    return new Query.With(Spans.of(context), context.RECURSIVE() != null, tables);
  }

  private static Query.CommonTable table(
      DistDbSqlParser.CommonTableContext context, QueryBuilder queries) {
    if (context.query() == null && context.change() == null) {
      throw notAQuery(context);
    }
    if (context.commonTableExtra() != null) {
      throw Spans.unsupported(
          context.commonTableExtra().getStart().getText().toUpperCase(Locale.ROOT) + " in WITH",
          context.commonTableExtra());
    }
    Optional<Boolean> materialized =
        context.MATERIALIZED() == null ? Optional.empty() : Optional.of(context.NOT() == null);
    return new Query.CommonTable(
        Spans.of(context),
        NameBuilder.name(context.name()),
        context.nameList() == null ? List.of() : NameBuilder.names(context.nameList()),
        materialized,
        statement(context, queries));
  }

  private static Statement statement(
      DistDbSqlParser.CommonTableContext context, QueryBuilder queries) {
    return context.query() != null
        ? new Statement.QueryStatement(Spans.of(context.query()), queries.build(context.query()))
        : queries.change(context.change());
  }

  private static RuntimeException notAQuery(DistDbSqlParser.CommonTableContext context) {
    if (context.balanced().isEmpty()) {
      return SyntaxErrors.at((SqlToken) context.getStop());
    }
    DistDbSqlParser.BalancedContext first = context.balanced().getFirst();
    String word = first.getStart().getText().toUpperCase(Locale.ROOT);
    return switch (word) {
      case "MERGE" -> Spans.unsupported(word + " in WITH", first);
      default -> Spans.syntaxError(first);
    };
  }
}
