// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

import java.util.Locale;

/** Who may set it, and when: the contexts of {@code pg_settings}. */
public enum SettingContext {
  /** Nobody: it tells what the program is. */
  INTERNAL,
  /** The configuration, before the start. */
  POSTMASTER,
  /** The configuration. */
  SIGHUP,
  /** A superuser, in a session. */
  SUPERUSER,
  /** Everybody, in a session. */
  USER;

  public String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
