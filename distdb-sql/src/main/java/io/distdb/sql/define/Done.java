// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.ErrorCode;
import java.util.Optional;

/**
 * How a definition ended.
 *
 * @param rows rows that it wrote, or {@link #NO_COUNT}
 */
public record Done(String tag, long rows, Optional<Message> notice) {
  public static final long NO_COUNT = -1;

  /** What the user should know. */
  public record Message(String sqlState, String text) {}

  static Done of(String tag) {
    return new Done(tag, NO_COUNT, Optional.empty());
  }

  static Done noticed(String tag, Optional<String> notice) {
    return new Done(tag, NO_COUNT, notice.map(text -> new Message("00000", text)));
  }

  /** {@code IF NOT EXISTS} found one. */
  static Done skipped(String tag, ErrorCode code, String text) {
    return new Done(tag, NO_COUNT, Optional.of(new Message(code.sqlState(), text + ", skipping")));
  }
}
