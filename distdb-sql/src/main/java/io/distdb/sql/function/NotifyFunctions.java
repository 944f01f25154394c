// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.sql.vector.Vector;
import java.util.Iterator;

/** pg_notify and what tells of it (PostgreSQL's documentation, NOTIFY and 9.26). */
final class NotifyFunctions {
  private NotifyFunctions() {}

  /** Texts that are there already. */
  private record Listed(Iterator<String> texts) implements Series {
    @Override
    public boolean next(Vector target, int at) {
      boolean more = texts.hasNext();
      if (more) {
        target.nulls[at] = false;
        target.texts[at] = texts.next();
      }
      return more;
    }
  }

  static void addTo(FunctionTable table) {
    table.addLenient(
        "pg_notify(text,text) text",
        Volatility.VOLATILE,
        (x, r, i, a) -> {
          String channel = a[0].nulls[i] ? "" : a[0].texts[i];
          String payload = a[1].nulls[i] ? "" : a[1].texts[i];
          x.environment().session().notify(channel, payload);
          r.nulls[i] = false;
          r.texts[i] = "";
        });
    table.addVolatile(
        "pg_notification_queue_usage() float8",
        (x, r, i, a) -> r.doubles[i] = x.environment().session().notificationUsage());
    table.addRows(
        "pg_listening_channels() text",
        (a, e) -> new Listed(e.session().listeningChannels().iterator()));
  }
}
