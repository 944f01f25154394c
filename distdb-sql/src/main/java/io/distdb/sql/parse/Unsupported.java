// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.SourceSpan;

/** Refuses by name what PostgreSQL has and DistDB has not. */
final class Unsupported {
  private Unsupported() {}

  static DistDbException feature(String feature, SourceSpan span) {
    return new DistDbException(ErrorCode.FEATURE_NOT_SUPPORTED, feature + " is not supported yet")
        .withHint("docs/sql-compatibility.md lists what is.")
        .at(span.position());
  }
}
