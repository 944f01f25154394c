// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

/** How dates and times are written (PostgreSQL's documentation, 8.5.2). */
public enum DateStyle {
  ISO("ISO"),
  SQL("SQL"),
  POSTGRES("Postgres"),
  GERMAN("German");

  private final String settingName;

  DateStyle(String settingName) {
    this.settingName = settingName;
  }

  /** As {@code SHOW datestyle} spells it. */
  public String settingName() {
    return settingName;
  }
}
