// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

import java.util.Optional;

/** The name of a table or index, perhaps with its schema. */
public record TableName(SourceSpan span, Optional<Name> schema, Name name) {
  @Override
  public String toString() {
    return schema.map(s -> s + ".").orElse("") + name;
  }
}
