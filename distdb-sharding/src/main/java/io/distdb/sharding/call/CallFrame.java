// SPDX-License-Identifier: MIT
package io.distdb.sharding.call;

import io.distdb.api.Bytes;
import java.nio.ByteBuffer;
import java.util.List;

/** What one message says; docs/formats/calls.md has its bytes. */
sealed interface CallFrame {
  /**
   * Which lives it is between.
   *
   * @param sender incarnation of the node that says it, from 1 on
   * @param receiver incarnation that it is for; 0: any, which only hellos and tells are
   */
  record Lives(long sender, long receiver) {}

  /** This is my incarnation. {@code asks}: and what is yours? */
  record Hello(boolean asks) implements CallFrame {}

  /**
   * A piece of a request.
   *
   * @param over the sender is done with all its calls below this one
   * @param length of the whole request
   */
  record Request(long call, long over, String service, int length, int offset, Slice content)
      implements CallFrame {}

  /** All of the request below this offset is here. */
  record Received(long call, int through) implements CallFrame {}

  /**
   * A piece of an answer.
   *
   * @param failed the answer is an error
   * @param length of the whole answer
   */
  record Answer(long call, boolean failed, int length, int offset, Slice content)
      implements CallFrame {}

  /** Send the answer from here on. */
  record Want(long call, int offset) implements CallFrame {}

  /** The sender is done with all its calls below this one. */
  record Over(long over) implements CallFrame {}

  /**
   * The sender is done with all its calls below one but these: for when one of them takes so long
   * that {@link Over} says little.
   *
   * @param open ascending
   */
  record Settled(long below, List<Long> open) implements CallFrame {
    public Settled {
      open = List.copyOf(open);
    }
  }

  /** Nobody answers this. */
  record Tell(String service, Bytes content) implements CallFrame {}

  /** A part of something longer, which is not copied until it is written. */
  record Slice(Bytes whole, int from, int to) {
    static Slice of(Bytes whole, int from, int lengthMax) {
      return new Slice(whole, from, Math.min(whole.length(), from + lengthMax));
    }

    int length() {
      return to - from;
    }

    void put(ByteBuffer target) {
      target.put(whole.array(), from, to - from);
    }
  }
}
