// SPDX-License-Identifier: MIT
package io.distdb.sharding.call;

import io.distdb.api.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * A call as the node sees it that is asked: it comes in pieces, runs once, and its answer is kept
 * until the caller says that it is done with it. Guarded by the lock of its peer.
 */
final class IncomingCall {
  private final long id;

  /** Null once it is taken to be run. */
  private Pieces request;

  /** All of the request below this is here. */
  private int through;

  private boolean running;
  private Bytes answer;
  private boolean failed;
  private long touched;

  IncomingCall(long id, int length) {
    this.id = id;
    request = new Pieces(length);
  }

  /**
   * @return whether the request is whole now, and is to be run by whoever asked this
   * @throws IllegalArgumentException the piece does not fit the others
   */
  boolean take(CallFrame.Request piece, long now) {
    touched = now;
    if (running) {
      return false;
    }
    request.add(piece.length(), piece.offset(), piece.content().whole());
    through = request.through();
    running = request.isWhole();
    return running;
  }

  /**
   * For whoever runs it, once; to be joined outside of the lock: nothing is added any more. It is
   * not kept here, however long the answer is.
   */
  Pieces takeRequest() {
    Pieces whole = request;
    request = null;
    return whole;
  }

  void answer(Bytes content, boolean isError) {
    answer = content;
    failed = isError;
  }

  /** Still coming, but nothing came for long. */
  boolean isAbandoned(long now, long abandonedNanos) {
    return !running && now - touched > abandonedNanos;
  }

  /** What the caller is told when it sends what is known already, or a piece of several. */
  CallFrame state(int pieceBytes) {
    return answer == null ? new CallFrame.Received(id, through) : piece(0, pieceBytes);
  }

  /** A window of the answer, from {@code offset} on; nothing while there is none. */
  List<CallFrame> answer(int offset, int pieceBytes, int pieces) {
    List<CallFrame> frames = new ArrayList<>();
    if (answer == null) {
      return frames;
    }
    int from = offset;
    while (from < answer.length() && frames.size() < pieces) {
      CallFrame.Answer piece = piece(from, pieceBytes);
      frames.add(piece);
      from = piece.content().to();
    }
    return frames;
  }

  private CallFrame.Answer piece(int offset, int pieceBytes) {
    CallFrame.Slice content = CallFrame.Slice.of(answer, offset, pieceBytes);
    return new CallFrame.Answer(id, failed, answer.length(), offset, content);
  }
}
