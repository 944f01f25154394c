// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.BoundStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CREATE and DROP: sends each to its clause, and drops tables. */
final class SchemaAnalyzer {
  private final StatementContext context;

  SchemaAnalyzer(StatementContext context) {
    this.context = context;
  }

  BoundStatement analyze(SchemaStatement statement) {
    return switch (statement) {
      case SchemaStatement.CreateTable create -> new CreateTableAnalyzer(context).analyze(create);
      case SchemaStatement.DropTable drop -> dropTable(drop);
      case SchemaStatement.CreateIndex create -> new IndexAnalyzer(context).create(create);
      case SchemaStatement.DropIndex drop -> new IndexAnalyzer(context).drop(drop);
    };
  }

  private BoundStatement dropTable(SchemaStatement.DropTable drop) {
    List<Table> tables = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (TableName name : drop.tables()) {
      Optional<Table> table = Tables.find(name, context.catalog());
      if (table.isEmpty()) {
        if (!drop.ifExists()) {
          throw undefined(name);
        }
        missing.add("table \"" + name + "\" does not exist, skipping");
      } else if (!tables.contains(table.get())) {
        tables.add(table.get());
      }
    }
    return tables.isEmpty()
        ? new BoundStatement.Nothing("DROP TABLE", String.join("; ", missing))
        : new BoundStatement.DropTable(tables);
  }

  private DistDbException undefined(TableName name) {
    if (context.catalog().index(name.name().text()).isPresent()) {
      return new DistDbException(ErrorCode.WRONG_OBJECT_TYPE, "\"" + name + "\" is not a table")
          .withHint("Use DROP INDEX to remove an index.")
          .at(name.span().position());
    }
    DistDbException error =
        new DistDbException(ErrorCode.UNDEFINED_TABLE, "table \"" + name + "\" does not exist")
            .at(name.span().position());
    List<String> names = context.catalog().tables().stream().map(Table::name).sorted().toList();
    return Suggestion.nearest(name.name().text(), names)
        .map(near -> error.withHint("Perhaps you meant \"" + near + "\"."))
        .orElse(error);
  }

  /** Refuses schemas other than the one there is. */
  static void requirePublic(TableName name) {
    if (!Tables.isPublic(name)) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              "schema \"" + name.schema().orElseThrow() + "\" is not supported yet")
          .withHint("The only schema is " + Tables.SCHEMA + ".")
          .at(name.span().position());
    }
  }
}
