// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.vector.Vector;
import java.util.UUID;

/** What depends on the session: names, settings, chance. */
public final class SessionFunctions {
  private SessionFunctions() {}

  static void addTo(FunctionTable table) {
    for (String name : new String[] {"current_user", "current_role", "user"}) {
      table.addStable(name + "() text", (x, r, i, a) -> r.texts[i] = x.environment().currentUser());
    }
    table.addStable(
        "session_user() text", (x, r, i, a) -> r.texts[i] = x.environment().sessionUser());
    for (String name : new String[] {"current_catalog", "current_database"}) {
      table.addStable(name + "() text", (x, r, i, a) -> r.texts[i] = x.environment().database());
    }
    table.addStable(
        "current_schema() text",
        (x, r, i, a) -> {
          String path = x.environment().setting("search_path");
          r.texts[i] = schema(path);
          r.nulls[i] = r.texts[i] == null;
        });
    table.addStable(
        "version() text",
        (x, r, i, a) ->
            r.texts[i] = "PostgreSQL " + x.environment().setting("server_version") + " on Java");
    table.addStable(
        "current_setting(text) text", (x, r, i, a) -> setting(x, r, i, a[0].texts[i], false));
    table.addStable(
        "current_setting(text,bool) text",
        (x, r, i, a) -> setting(x, r, i, a[0].texts[i], a[1].longs[i] != 0));
    table.addLenient(
        "set_config(text,text,bool) text",
        Volatility.VOLATILE,
        (x, r, i, a) -> {
          if (a[0].nulls[i]) {
            throw new DistDbException(
                ErrorCode.NULL_VALUE_NOT_ALLOWED, "SET requires parameter name");
          }
          boolean local = !a[2].nulls[i] && a[2].longs[i] != 0;
          String value = a[1].nulls[i] ? null : a[1].texts[i];
          x.environment().setSetting(a[0].texts[i], value, local);
          r.texts[i] = x.environment().setting(a[0].texts[i]);
        });
    table.addVolatile(
        "pg_stat_statements_reset() text",
        (x, r, i, a) -> {
          if (!"on".equals(x.environment().setting("is_superuser"))) {
            throw new DistDbException(
                ErrorCode.INSUFFICIENT_PRIVILEGE,
                "permission denied for function pg_stat_statements_reset");
          }
          x.environment().session().resetStatements();
          r.texts[i] = "";
        });
    table.addVolatile(
        "random() float8", (x, r, i, a) -> r.doubles[i] = x.environment().random().nextDouble());
    table.addVolatile(
        "setseed(float8) text",
        (x, r, i, a) -> {
          double seed = a[0].doubles[i];
          if (!(seed >= -1 && seed <= 1)) {
            throw new DistDbException(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "setseed parameter " + seed + " is out of allowed range [-1,1]");
          }
          x.environment().setSeed(seed);
          r.texts[i] = "";
        });
    table.addVolatile(
        "gen_random_uuid() uuid",
        (x, r, i, a) -> {
          long high = x.environment().random().nextLong();
          long low = x.environment().random().nextLong();
          // RFC 9562, version 4
          r.objects[i] =
              new UUID(
                  high & 0xffff_ffff_ffff_0fffL | 0x4000L,
                  low & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L);
        });
  }

  /** The first schema of the path that is no place-holder; null without one. */
  private static String schema(String path) {
    for (String part : path.split(",")) {
      String name = part.strip();
      if (!name.isEmpty() && !name.equals("\"$user\"")) {
        return name.replace("\"", "");
      }
    }
    return null;
  }

  private static void setting(
      Caller caller, Vector result, int row, String name, boolean missingIsNull) {
    String value = caller.environment().setting(name);
    if (value == null && !missingIsNull) {
      throw new DistDbException(
          ErrorCode.UNDEFINED_OBJECT, "unrecognized configuration parameter \"" + name + "\"");
    }
    result.nulls[row] = value == null;
    result.texts[row] = value;
  }
}
