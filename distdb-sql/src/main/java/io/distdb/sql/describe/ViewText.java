// SPDX-License-Identifier: MIT
package io.distdb.sql.describe;

import io.distdb.sql.analyze.StoredAnalysis;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.View;
import io.distdb.sql.text.Texts;
import java.util.List;
import java.util.stream.Collectors;

/** Queries of views as they were written. */
final class ViewText {
  private ViewText() {}

  /** With a blank before it and a semicolon after it, as PostgreSQL gives it. */
  static String of(View view, CatalogView catalog) {
    List<String> columns = view.columns().stream().map(View.Column::name).toList();
    return columns.equals(StoredAnalysis.headings(view, catalog))
        ? " " + view.text() + ";"
        : " SELECT *\n   FROM ( " + view.text() + ") " + alias(view, columns) + ";";
  }

  private static String alias(View view, List<String> columns) {
    return Texts.identifier(view.name())
        + columns.stream().map(Texts::identifier).collect(Collectors.joining(", ", "(", ")"));
  }
}
