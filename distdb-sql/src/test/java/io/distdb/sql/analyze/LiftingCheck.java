// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.function.Environment;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.parse.LiftedLiterals;
import io.distdb.sql.parse.SqlParser;
import io.distdb.sql.parse.StatementScanner;
import java.util.ArrayList;
import java.util.List;

/**
 * A statement means the same with its literals lifted: the tree with parameters, once the lifted
 * values stand in for them, reads as the tree with literals; and what fails, fails alike.
 */
final class LiftingCheck {
  private final StatementScanner scanner = new StatementScanner();

  /** How many literals were lifted. */
  int check(String sql, CatalogView catalog) {
    String plain = plain(sql, catalog);
    if (!scanner.scan(sql)) {
      return 0;
    }
    String lifted = lifted(sql, catalog);
    if (plain.startsWith("error 22")) {
      // a literal that is no such value is found when it is bound: any other mistake comes first
      assertThat(lifted).as(sql).startsWith("error ");
    } else {
      assertThat(lifted).as(sql).isEqualTo(plain);
    }
    return scanner.literals().count();
  }

  private static String plain(String sql, CatalogView catalog) {
    try {
      return TreeText.of(Analyzer.analyze(SqlParser.parse(sql), catalog, List.of()).statement());
    } catch (DistDbException e) {
      return error(e);
    }
  }

  private static String error(DistDbException e) {
    return "error " + e.sqlState() + " " + e.getMessage() + " at " + e.position();
  }

  private String lifted(String sql, CatalogView catalog) {
    LiftedLiterals literals = scanner.literals();
    try {
      Analyzed analyzed =
          Analyzer.analyze(SqlParser.parse(sql, literals, () -> {}), catalog, List.of());
      List<Value> values = new ArrayList<>();
      List<SqlType> types = analyzed.parameterTypes();
      if (!scanner.hasParameters()) {
        assertThat(types).as(sql).hasSize(literals.count());
        for (int i = 0; i < types.size(); i++) {
          values.add(literals.value(i, types.get(i), Environment.NONE));
        }
      }
      BoundStatement statement = analyzed.statement();
      return TreeText.of(statement, values);
    } catch (DistDbException e) {
      return error(e);
    }
  }
}
