// SPDX-License-Identifier: MIT
package io.distdb.sql.live;

import io.distdb.api.type.Value;
import io.distdb.sql.activity.SessionRow;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;
import java.util.List;

/**
 * {@code pg_stat_activity} (PostgreSQL's documentation, 28.2.3). Of other users' sessions one who
 * is no superuser sees that they are there.
 */
final class PgStatActivity implements LiveTable {
  private static final List<View.Column> COLUMNS =
      LiveColumns.of(
          "datid oid, datname name, pid int4, leader_pid int4, usesysid oid, usename name,"
              + " application_name text, client_addr inet, client_hostname text, client_port int4,"
              + " backend_start timestamptz, xact_start timestamptz, query_start timestamptz,"
              + " state_change timestamptz, wait_event_type text, wait_event text, state text,"
              + " backend_xid xid, backend_xmin xid, query_id int8, query text, backend_type text");

  @Override
  public String schema() {
    return LiveTables.PG_CATALOG;
  }

  @Override
  public String name() {
    return "pg_stat_activity";
  }

  @Override
  public List<View.Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<List<Value>> rows(Environment environment) {
    boolean all = "on".equals(environment.setting("is_superuser"));
    String user = environment.setting("session_authorization");
    return environment.session().sessions().stream()
        .map(row -> row(row, all || row.user().equals(user)))
        .toList();
  }

  private static List<Value> row(SessionRow row, boolean shown) {
    LiveRow out =
        new LiveRow()
            .nothing()
            .text(row.database())
            .integer(row.processId())
            .nothing(2)
            .text(row.user());
    if (!shown) {
      return out.text("").nothing(13).text("<insufficient privilege>").nothing().values();
    }
    SessionRow.Client client = row.client();
    SessionRow.WaitEvent wait = row.waitEvent();
    out.text(row.application()).text(client == null ? null : client.address()).nothing();
    return (client == null ? out.nothing() : out.integer(client.port()))
        .moment(row.startMicros())
        .moment(row.transactionMicros())
        .moment(row.queryMicros())
        .moment(row.stateMicros())
        .text(wait == null ? null : wait.type())
        .text(wait == null ? null : wait.event())
        .text(row.state().sqlName())
        .nothing(3)
        .text(row.query())
        .text("client backend")
        .values();
  }
}
