// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.api.type.Interval;
import io.distdb.api.type.Value;
import io.distdb.sql.function.Environment;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.TreeSet;

/** {@code pg_timezone_names}: the zones that Java knows, as they are at the moment. */
final class PgTimezoneNames {
  private static final long MICROS = 1_000_000;

  private PgTimezoneNames() {}

  static void addTo(PgRows rows, Environment environment) {
    long seconds = Math.floorDiv(environment.nowMicros(), MICROS);
    Instant now = Instant.ofEpochSecond(seconds);
    for (String name : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      ZoneRules rules = ZoneId.of(name).getRules();
      ZoneOffset offset = rules.getOffset(now);
      long micros = offset.getTotalSeconds() * MICROS;
      rows.add()
          .set("name", name)
          .set("abbrev", abbreviation(offset))
          .set("utc_offset", new Value.IntervalValue(new Interval(0, 0, micros)))
          .set("is_dst", rules.isDaylightSavings(now));
    }
  }

  /** As PostgreSQL names a zone without letters of its own. */
  private static String abbreviation(ZoneOffset offset) {
    return offset.getTotalSeconds() == 0
        ? "UTC"
        : offset.getDisplayName(TextStyle.NARROW, Locale.ROOT).replace(":", "");
  }
}
