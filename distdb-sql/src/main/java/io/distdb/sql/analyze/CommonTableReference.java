// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.Query;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** An item of FROM that names a query of WITH. */
final class CommonTableReference {
  private final StatementContext context;

  CommonTableReference(StatementContext context) {
    this.context = context;
  }

  FromClause.Bound bind(Query.TableReference reference, CommonTables.Entry entry) {
    entry.use(reference.span(), context.recursionRefusal(entry.depth));
    if (entry.working) {
      context.meetRecursion();
    }
    int width = entry.types().size();
    if (reference.columnAliases().size() > width) {
      throw new DistDbException(
              ErrorCode.INVALID_COLUMN_REFERENCE,
              "table \""
                  + entry.name
                  + "\" has "
                  + width
                  + " columns available but "
                  + reference.columnAliases().size()
                  + " columns specified")
          .at(reference.span().position());
    }
    String alias = reference.alias().map(Name::text).orElse(entry.name);
    List<Variable> variables = new ArrayList<>(width);
    List<ScopeColumn> columns = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      String name =
          i < reference.columnAliases().size()
              ? reference.columnAliases().get(i).text()
              : entry.headings().get(i);
      Variable variable = context.newVariable(name, entry.types().get(i));
      variables.add(variable);
      columns.add(new ScopeColumn(alias, name, new Expression.Reference(variable)));
    }
    Relation scan =
        new Relation.CommonTableScan(
            entry.id,
            entry.working,
            entry.name,
            alias,
            variables,
            IntStream.range(0, width).boxed().toList());
    return new FromClause.Bound(
        scan, Scope.of(new ScopeTable(alias, Optional.empty(), variables, columns)));
  }
}
