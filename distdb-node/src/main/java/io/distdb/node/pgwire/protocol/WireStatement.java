// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.protocol;

import io.distdb.api.type.SqlType;
import io.distdb.sql.session.Prepared;
import java.util.List;

/** What Parse made. Used by the connection's thread. */
final class WireStatement {
  private final String text;
  private final Prepared prepared;
  private final List<SqlType> parameterTypes;

  WireStatement(String text, Prepared prepared) {
    this.text = text;
    this.prepared = prepared;
    parameterTypes = prepared.parameterTypes();
  }

  String text() {
    return text;
  }

  Prepared prepared() {
    return prepared;
  }

  List<SqlType> parameterTypes() {
    return parameterTypes;
  }
}
