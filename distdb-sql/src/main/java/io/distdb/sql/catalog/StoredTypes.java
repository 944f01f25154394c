// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;

/** Types as the catalog keeps them: by {@link SqlType#sqlName}. */
final class StoredTypes {
  private StoredTypes() {}

  /**
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: a newer version's type
   */
  static SqlType type(String name) {
    return SqlType.named(name)
        .orElseThrow(() ->
            new DistDbException(
                ErrorCode.INCOMPATIBLE_FORMAT,
                "the catalog has a column of type \""
                    + name
                    + "\", which this version does not know"));
  }
}
