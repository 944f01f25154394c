// SPDX-License-Identifier: MIT
package io.distdb.sql.live;

import io.distdb.api.cluster.LinkView;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;
import java.util.List;

/** {@code distdb.cluster_links}: the session's node's traffic with the others, peer and lane. */
final class ClusterLinks implements LiveTable {
  @Override
  public String schema() {
    return LiveTables.SCHEMA;
  }

  @Override
  public String name() {
    return "cluster_links";
  }

  @Override
  public List<View.Column> columns() {
    return List.of(
        new View.Column("peer", SqlType.TEXT),
        new View.Column("lane", SqlType.TEXT),
        new View.Column("protocol", SqlType.INTEGER),
        new View.Column("connects", SqlType.BIGINT),
        new View.Column("sent_messages", SqlType.BIGINT),
        new View.Column("sent_bytes", SqlType.BIGINT),
        new View.Column("received_messages", SqlType.BIGINT),
        new View.Column("received_bytes", SqlType.BIGINT),
        new View.Column("dropped_messages", SqlType.BIGINT),
        new View.Column("queued_messages", SqlType.BIGINT),
        new View.Column("queued_bytes", SqlType.BIGINT));
  }

  @Override
  public List<List<Value>> rows(Environment environment) {
    return environment.members().links().stream().map(ClusterLinks::row).toList();
  }

  private static List<Value> row(LinkView link) {
    return List.of(
        Value.of(link.peer().value()),
        Value.of(link.lane()),
        link.protocol() == 0 ? Value.NULL : Value.of(link.protocol()),
        Value.of(link.connects()),
        Value.of(link.sentMessages()),
        Value.of(link.sentBytes()),
        Value.of(link.receivedMessages()),
        Value.of(link.receivedBytes()),
        Value.of(link.droppedMessages()),
        Value.of(link.queuedMessages()),
        Value.of(link.queuedBytes()));
  }
}
