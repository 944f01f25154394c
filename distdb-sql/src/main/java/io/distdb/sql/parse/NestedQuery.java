// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.SourceSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code (SELECT … ORDER BY x) LIMIT 1}: a query in parentheses with clauses inside and outside is
 * one query that has both, as long as none is there twice.
 */
final class NestedQuery {
  private NestedQuery() {}

  static Query merge(Query outer, Query inner) {
    refuse(outer.with().isPresent() && inner.with().isPresent(), "WITH", outer.span());
    refuse(!outer.orderBy().isEmpty() && !inner.orderBy().isEmpty(), "ORDER BY", outer.span());
    refuse(outer.offset().isPresent() && inner.offset().isPresent(), "OFFSET", outer.span());
    refuse(outer.limit().isPresent() && inner.limit().isPresent(), "LIMIT", outer.span());
    List<Query.Locking> locking = new ArrayList<>(inner.locking());
    locking.addAll(outer.locking());
    return new Query(
        outer.span(),
        outer.with().or(inner::with),
        inner.body(),
        outer.orderBy().isEmpty() ? inner.orderBy() : outer.orderBy(),
        outer.limit().or(inner::limit),
        outer.offset().or(inner::offset),
        outer.withTies() || inner.withTies(),
        locking);
  }

  private static void refuse(boolean twice, String clause, SourceSpan span) {
    if (twice) {
      throw new DistDbException(
              ErrorCode.SYNTAX_ERROR, "multiple " + clause + " clauses not allowed")
          .at(span.position());
    }
  }
}
