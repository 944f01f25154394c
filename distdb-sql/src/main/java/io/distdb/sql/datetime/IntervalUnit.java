// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import java.util.HashMap;
import java.util.Map;

/** Units of interval input, with every name PostgreSQL knows them by. */
enum IntervalUnit {
  MICROSECOND("us usec usecs usecond useconds microsecond microseconds microsecon"),
  MILLISECOND("ms msec msecs msecond mseconds millisecond milliseconds millisecon"),
  SECOND("s sec secs second seconds"),
  MINUTE("m min mins minute minutes"),
  HOUR("h hr hrs hour hours"),
  DAY("d day days"),
  WEEK("w week weeks"),
  MONTH("mon mons month months"),
  YEAR("y yr yrs year years"),
  DECADE("dec decs decade decades"),
  CENTURY("c cent century centuries"),
  MILLENNIUM("mil mils millennium millennia");

  private static final Map<String, IntervalUnit> BY_NAME = new HashMap<>();

  private final String names;

  IntervalUnit(String names) {
    this.names = names;
  }

  static {
    for (IntervalUnit unit : values()) {
      for (String name : unit.names.split(" ")) {
        BY_NAME.put(name, unit);
      }
    }
  }

  /** The unit of that name in lower case, or null. */
  static IntervalUnit of(String name) {
    return BY_NAME.get(name);
  }
}
