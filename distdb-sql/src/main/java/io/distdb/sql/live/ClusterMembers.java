// SPDX-License-Identifier: MIT
package io.distdb.sql.live;

import io.distdb.api.cluster.MemberView;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;
import java.util.List;
import java.util.Locale;

/** {@code distdb.cluster_members}: the nodes of the cluster, as the session's node sees them. */
final class ClusterMembers implements LiveTable {
  @Override
  public String schema() {
    return LiveTables.SCHEMA;
  }

  @Override
  public String name() {
    return "cluster_members";
  }

  @Override
  public List<View.Column> columns() {
    return List.of(
        new View.Column("node", SqlType.TEXT),
        new View.Column("address", SqlType.TEXT),
        new View.Column("state", SqlType.TEXT),
        new View.Column("read_replica", SqlType.BOOLEAN),
        new View.Column("leads", SqlType.BOOLEAN),
        new View.Column("answers", SqlType.BOOLEAN),
        new View.Column("entries_behind", SqlType.BIGINT),
        new View.Column("clock_ahead_millis", SqlType.BIGINT),
        new View.Column("clock_agrees", SqlType.BOOLEAN));
  }

  @Override
  public List<List<Value>> rows(Environment environment) {
    return environment.members().all().stream().map(ClusterMembers::row).toList();
  }

  private static List<Value> row(MemberView member) {
    return List.of(
        Value.of(member.node().value()),
        Value.of(member.address()),
        Value.of(member.state().name().toLowerCase(Locale.ROOT)),
        Value.of(member.readReplica()),
        Value.of(member.leads()),
        Value.of(member.answers()),
        member.behind().isPresent() ? Value.of(member.behind().getAsLong()) : Value.NULL,
        member.clock().map(clock -> Value.of(clock.aheadMicros() / 1_000)).orElse(Value.NULL),
        member.clock().map(clock -> Value.of(clock.agrees())).orElse(Value.NULL));
  }
}
