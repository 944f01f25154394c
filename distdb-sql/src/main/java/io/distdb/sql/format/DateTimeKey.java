// SPDX-License-Identifier: MIT
package io.distdb.sql.format;

/** Template patterns for dates and times; longer ones before their beginnings. */
enum DateTimeKey {
  MONTH("MONTH"),
  SSSSS("SSSSS"),
  Y_YYY("Y,YYY"),
  AD_DOTTED("A.D."),
  AM_DOTTED("A.M."),
  BC_DOTTED("B.C."),
  PM_DOTTED("P.M."),
  HH24("HH24"),
  HH12("HH12"),
  IDDD("IDDD"),
  IYYY("IYYY"),
  SSSS("SSSS"),
  YYYY("YYYY"),
  DAY("DAY"),
  DDD("DDD"),
  FF1("FF1"),
  FF2("FF2"),
  FF3("FF3"),
  FF4("FF4"),
  FF5("FF5"),
  FF6("FF6"),
  IYY("IYY"),
  MON("MON"),
  TZH("TZH"),
  TZM("TZM"),
  YYY("YYY"),
  AD("AD"),
  AM("AM"),
  BC("BC"),
  CC("CC"),
  DD("DD"),
  DY("DY"),
  HH("HH"),
  ID("ID"),
  IW("IW"),
  IY("IY"),
  MI("MI"),
  MM("MM"),
  MS("MS"),
  OF("OF"),
  PM("PM"),
  RM("RM"),
  SS("SS"),
  TZ("TZ"),
  US("US"),
  WW("WW"),
  YY("YY"),
  D("D"),
  I("I"),
  J("J"),
  Q("Q"),
  W("W"),
  Y("Y");

  private final String name;

  DateTimeKey(String name) {
    this.name = name;
  }

  String text() {
    return name;
  }

  /** Whether it is read as a number, which ends where the next one begins. */
  boolean isNumber() {
    return switch (this) {
      case MONTH,
          AD_DOTTED,
          AM_DOTTED,
          BC_DOTTED,
          PM_DOTTED,
          DAY,
          MON,
          AD,
          AM,
          BC,
          DY,
          OF,
          PM,
          RM,
          TZ ->
          false;
      case SSSSS,
          Y_YYY,
          HH24,
          HH12,
          IDDD,
          IYYY,
          SSSS,
          YYYY,
          DDD,
          FF1,
          FF2,
          FF3,
          FF4,
          FF5,
          FF6,
          IYY,
          TZH,
          TZM,
          YYY,
          CC,
          DD,
          HH,
          ID,
          IW,
          IY,
          MI,
          MM,
          MS,
          SS,
          US,
          WW,
          YY,
          D,
          I,
          J,
          Q,
          W,
          Y ->
          true;
    };
  }

  /** Whether names of its kind are also written with a capital: {@code Month}. */
  boolean hasCapital() {
    return this == MONTH || this == MON || this == DAY || this == DY;
  }
}
