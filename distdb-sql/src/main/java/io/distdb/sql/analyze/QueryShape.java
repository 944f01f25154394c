// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Query;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.View;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a query answers with, and what it reads.
 *
 * @param uses ids of the tables and views that it names, those within views left aside
 * @param bareNames where it names them without their schemas
 */
public record QueryShape(List<View.Column> columns, List<Long> uses, List<BareName> bareNames) {
  public QueryShape {
    columns = List.copyOf(columns);
    uses = List.copyOf(uses);
    bareNames = List.copyOf(bareNames);
  }

  /**
   * @throws io.distdb.api.error.DistDbException what is wrong with the query
   */
  public static QueryShape of(Query query, CatalogView catalog, List<String> searchPath) {
    StatementContext context = new StatementContext(catalog, new Parameters(List.of()), searchPath);
    BoundStatement.Query bound = new QueryAnalyzer(context).analyze(query);
    if (!context.parameters().settledTypes().isEmpty()) {
      throw new DistDbException(ErrorCode.UNDEFINED_PARAMETER, "there is no parameter $1")
          .at(query.span().position());
    }
    List<Variable> output = bound.relation().output();
    List<View.Column> columns = new ArrayList<>(output.size());
    for (int i = 0; i < output.size(); i++) {
      columns.add(new View.Column(bound.headings().get(i), output.get(i).type()));
    }
    return new QueryShape(columns, context.uses(), context.bareNames());
  }
}
