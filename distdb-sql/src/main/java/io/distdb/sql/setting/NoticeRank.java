// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

/** How loud messages are: the values of {@code client_min_messages} in their order. */
public final class NoticeRank {
  private NoticeRank() {}

  /**
   * @param level in lower case
   */
  public static int of(String level) {
    return switch (level) {
      case "debug5" -> 0;
      case "debug4" -> 1;
      case "debug3" -> 2;
      case "debug2" -> 3;
      case "debug1" -> 4;
      case "log" -> 5;
      case "notice" -> 6;
      case "warning" -> 7;
      case "error" -> 8;
      default -> throw new IllegalArgumentException(level);
    };
  }
}
