// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.protocol;

import io.distdb.api.type.SqlType;
import io.distdb.node.pgwire.type.RowFormat;
import io.distdb.sql.session.ServerPrepared;
import java.util.Arrays;
import java.util.List;

/** What Parse or PREPARE made, as it is sent. Used by the connection's thread. */
final class WireStatement {
  private final ServerPrepared prepared;
  private final List<SqlType> parameterTypes;
  private short[] formatsKept;
  private RowFormat format;

  WireStatement(ServerPrepared prepared) {
    this.prepared = prepared;
    parameterTypes = prepared.parameterTypes();
  }

  ServerPrepared prepared() {
    return prepared;
  }

  /**
   * How its rows are sent; kept, since clients ask the same each time.
   *
   * @throws io.distdb.api.error.DistDbException as {@link RowFormat} for formats that do not fit
   */
  RowFormat format(short[] formats) {
    if (format == null || !Arrays.equals(formats, formatsKept)) {
      format = new RowFormat(prepared.columns(), formats);
      formatsKept = formats;
    }
    return format;
  }

  List<SqlType> parameterTypes() {
    return parameterTypes;
  }
}
