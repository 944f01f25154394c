// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.Encodable;
import io.distdb.api.storage.LogPosition;
import java.util.Objects;

/** One entry of a group's log. */
public record Entry(LogPosition position, Content content) {
  /** What an entry costs in limits beside its command. */
  private static final int OVERHEAD_BYTES = 24;

  public Entry {
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(content, "content");
  }

  public long term() {
    return position.term();
  }

  public long index() {
    return position.index();
  }

  /** What it counts for in limits of bytes. */
  public int bytes() {
    return OVERHEAD_BYTES + (content instanceof Data data ? data.bytes() : 0);
  }

  @Override
  public String toString() {
    return term() + "." + index() + " " + content;
  }

  /** What an entry says. */
  public sealed interface Content permits Nothing, Data, Membership {}

  /** The first entry of a leader: it commits what came before. */
  public record Nothing() implements Content {
    public static final Nothing NOTHING = new Nothing();

    @Override
    public String toString() {
      return "nothing";
    }
  }

  /**
   * A command of the state machine; never looked into.
   *
   * @param bytes its encoded size
   */
  public record Data(Encodable command, int bytes) implements Content {
    public Data {
      Objects.requireNonNull(command, "command");
    }

    public static Data of(Encodable command) {
      return new Data(command, command.encodedSize());
    }

    @Override
    public String toString() {
      return command.toString();
    }
  }
}
