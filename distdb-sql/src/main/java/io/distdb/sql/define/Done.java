// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.ErrorCode;
import java.util.List;
import java.util.Optional;

/**
 * How a definition ended.
 *
 * @param rows rows that it wrote, or {@link #NO_COUNT}
 */
public record Done(String tag, long rows, List<Message> messages) {
  public static final long NO_COUNT = -1;

  /**
   * What the user should know.
   *
   * @param sqlState of class 01 for a warning
   */
  public record Message(String sqlState, String text, Optional<String> detail) {
    static Message notice(String text) {
      return new Message("00000", text, Optional.empty());
    }

    /** A column is there already. */
    static Message ofColumn(String text) {
      return new Message(ErrorCode.DUPLICATE_COLUMN.sqlState(), text, Optional.empty());
    }

    static Message warning(String text) {
      return new Message("01000", text, Optional.empty());
    }

    Message withDetail(String more) {
      return new Message(sqlState, text, Optional.of(more));
    }
  }

  public Done {
    messages = List.copyOf(messages);
  }

  static Done of(String tag) {
    return new Done(tag, NO_COUNT, List.of());
  }

  static Done noticed(String tag, Optional<String> notice) {
    return noticed(tag, notice.stream().toList());
  }

  /** Each is a notice of its own. */
  static Done noticed(String tag, List<String> notices) {
    return told(tag, notices.stream().map(Message::notice).toList());
  }

  static Done told(String tag, List<Message> messages) {
    return new Done(tag, NO_COUNT, messages);
  }

  /** {@code IF NOT EXISTS} found one. */
  static Done skipped(String tag, ErrorCode code, String text) {
    Message skipped = new Message(code.sqlState(), text + ", skipping", Optional.empty());
    return new Done(tag, NO_COUNT, List.of(skipped));
  }
}
