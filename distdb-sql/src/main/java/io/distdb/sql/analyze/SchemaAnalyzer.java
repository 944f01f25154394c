// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.ObjectKind;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.BoundStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Definitions. What is created and dropped most is settled here; the rest goes on as it is, for
 * each of its steps must see the one before.
 */
final class SchemaAnalyzer {
  private final StatementContext context;

  SchemaAnalyzer(StatementContext context) {
    this.context = context;
  }

  BoundStatement analyze(SchemaStatement statement) {
    return switch (statement) {
      case SchemaStatement.CreateTable create -> new CreateTableAnalyzer(context, create).analyze();
      case SchemaStatement.CreateIndex create -> new IndexAnalyzer(context).create(create);
      case SchemaStatement.DropIndex drop -> new IndexAnalyzer(context).drop(drop);
      case SchemaStatement.DropObjects drop when drop.kind() == ObjectKind.TABLE -> dropTable(drop);
      default -> new BoundStatement.Definition(statement);
    };
  }

  private BoundStatement dropTable(SchemaStatement.DropObjects drop) {
    List<Table> tables = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (TableName name : drop.names()) {
      Optional<Table> table = context.names().table(name);
      if (table.isEmpty()) {
        if (!drop.ifExists()) {
          throw undefined(name);
        }
        missing.add("table \"" + name + "\" does not exist, skipping");
      } else if (!tables.contains(table.get())) {
        tables.add(table.get());
      }
    }
    if (tables.isEmpty()) {
      return Skipped.missing("DROP TABLE", missing);
    }
    return new BoundStatement.DropTable(tables, drop.cascade(), missing);
  }

  private DistDbException undefined(TableName name) {
    Optional<String> other = otherKind(name);
    if (other.isPresent()) {
      return new DistDbException(ErrorCode.WRONG_OBJECT_TYPE, "\"" + name + "\" is not a table")
          .withHint("Use DROP " + other.get() + " to remove " + article(other.get()) + ".")
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

  private Optional<String> otherKind(TableName name) {
    if (context.names().index(name).isPresent()) {
      return Optional.of("INDEX");
    }
    if (context.names().view(name).isPresent()) {
      return Optional.of("VIEW");
    }
    return context.names().sequence(name).isPresent() ? Optional.of("SEQUENCE") : Optional.empty();
  }

  private static String article(String kind) {
    return (kind.equals("INDEX") ? "an " : "a ") + kind.toLowerCase(java.util.Locale.ROOT);
  }
}
