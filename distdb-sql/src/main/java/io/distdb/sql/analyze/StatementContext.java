// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Variable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What the analysis of one statement shares: catalog, parameters, variables given out. */
final class StatementContext {
  private final CatalogView catalog;
  private final Parameters parameters;
  private final Map<Expression.Reference, SourceSpan> spans = new IdentityHashMap<>();
  private final NameResolver names;
  private int variables;

  StatementContext(CatalogView catalog, Parameters parameters) {
    this(catalog, parameters, NameResolver.DEFAULT_PATH);
  }

  /**
   * @param searchPath schemas that names without one are looked for in, in order
   */
  StatementContext(CatalogView catalog, Parameters parameters, List<String> searchPath) {
    this.catalog = catalog;
    this.parameters = parameters;
    names = new NameResolver(catalog, searchPath);
  }

  NameResolver names() {
    return names;
  }

  CatalogView catalog() {
    return catalog;
  }

  Parameters parameters() {
    return parameters;
  }

  Variable newVariable(String name, SqlType type) {
    return new Variable(variables++, name, type);
  }

  /**
   * A reference that remembers where it was written, for grouping errors that show up only when the
   * whole SELECT is known.
   */
  Expression.Reference reference(Variable variable, SourceSpan span) {
    Expression.Reference reference = new Expression.Reference(variable);
    spans.put(reference, span);
    return reference;
  }

  /** Looked up and never iterated, so identity does no harm. */
  SourceSpan spanOf(Expression.Reference reference) {
    return spans.get(reference);
  }
}
