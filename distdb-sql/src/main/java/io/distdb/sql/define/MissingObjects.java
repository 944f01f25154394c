// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.ast.TableName;

/** What is said of a name that is not there, or not of the right kind. */
final class MissingObjects {
  private MissingObjects() {}

  /**
   * @param kind {@code table}, {@code view}, {@code sequence}, {@code index}
   */
  static DistDbException relation(TableName name, NameResolver names, String kind) {
    boolean other =
        names.table(name).isPresent()
            || names.view(name).isPresent()
            || names.sequence(name).isPresent()
            || names.index(name).isPresent();
    if (other) {
      String article = kind.equals("index") ? "an " : "a ";
      return new DistDbException(
              ErrorCode.WRONG_OBJECT_TYPE, "\"" + name.name() + "\" is not " + article + kind)
          .at(name.span().position());
    }
    return new DistDbException(
            ErrorCode.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist")
        .at(name.span().position());
  }

  /** As DROP says it. */
  static DistDbException dropped(TableName name, NameResolver names, String kind) {
    DistDbException error = relation(name, names, kind);
    if (error.code() == ErrorCode.WRONG_OBJECT_TYPE) {
      return error;
    }
    ErrorCode code = kind.equals("index") ? ErrorCode.UNDEFINED_OBJECT : ErrorCode.UNDEFINED_TABLE;
    return new DistDbException(code, kind + " \"" + name + "\" does not exist")
        .at(name.span().position());
  }
}
