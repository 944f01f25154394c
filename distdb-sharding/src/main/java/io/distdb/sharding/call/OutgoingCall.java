// SPDX-License-Identifier: MIT
package io.distdb.sharding.call;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Waiter;
import java.util.ArrayList;
import java.util.List;

/**
 * A call as its caller sees it. The caller's thread drives it: it sends what is due, waits, and
 * looks again; what comes from the peer is only noted here. Guarded by the lock of its peer.
 *
 * <p>The request is for one life of the peer, whose number is found out before it is sent; so a
 * peer that died and came back does not do again what it had done.
 */
final class OutgoingCall {
  final long id;
  private final String service;
  private final Bytes request;
  private final CallLimits limits;
  private final int pieceBytes;
  private final Waiter waiter;

  /** The life of the peer that it is for; 0: not known yet. */
  private long boundTo;

  /** The peer has all of the request below this. */
  private int received;

  /** All of the request below this was sent, or -1. */
  private int sent = -1;

  private Pieces answer;
  private boolean failed;

  /** All of the answer below this is on its way. */
  private int wanted;

  private int unanswered;
  private boolean begun;
  private boolean heard;
  private long pause;
  private long due;
  private DistDbException broken;

  OutgoingCall(
      long id, String service, Bytes request, CallLimits limits, int pieceBytes, Waiter waiter) {
    this.id = id;
    this.service = service;
    this.request = request;
    this.limits = limits;
    this.pieceBytes = pieceBytes;
    this.waiter = waiter;
    pause = limits.resendNanosMin();
  }

  // --- what comes from the peer ---

  /** The peer lives its life number {@code life}. */
  void peerLives(long life, String peer) {
    if (!isAsked()) {
      boundTo = life;
      hear();
    } else if (boundTo != life) {
      end("node " + peer + " was started anew before it answered");
    }
  }

  void received(int through) {
    received = Math.clamp(through, received, request.length());
    hear();
  }

  void answered(CallFrame.Answer piece) {
    if (answer == null) {
      answer = new Pieces(piece.length());
      failed = piece.failed();
      wanted = Math.min(pieceBytes, piece.length());
    }
    answer.add(piece.length(), piece.offset(), piece.content().whole());
    hear();
  }

  /** No answer will come. */
  void end(String why) {
    broken =
        isAsked()
            ? new DistDbException(
                ErrorCode.COMMIT_OUTCOME_UNKNOWN,
                why + "; whether it did what was asked is not known")
            : new DistDbException(ErrorCode.CANNOT_CONNECT_NOW, why);
    waiter.signal();
  }

  private void hear() {
    heard = true;
    waiter.signal();
  }

  // --- the caller's thread ---

  /** Whether {@link #result} has one. */
  boolean isOver() {
    return broken != null || answer != null && answer.isWhole();
  }

  Bytes result() {
    if (broken != null) {
      throw broken;
    }
    Bytes content = answer.join();
    if (failed) {
      throw ErrorBytes.decode(content);
    }
    return content;
  }

  /** Something that the peer could free before it hears of the next call. */
  boolean leavesMuch() {
    return answer != null && answer.length() > pieceBytes >> 8;
  }

  long boundTo() {
    return boundTo;
  }

  /** Whether the peer may have been asked. */
  private boolean isAsked() {
    return sent >= 0;
  }

  /** When there is something to do though nothing comes. */
  long due() {
    return due;
  }

  /** Nothing came for so long that the peer is given up. */
  boolean isInVain(long now) {
    return !heard && unanswered >= limits.unansweredMax() && now - due >= 0;
  }

  /**
   * What is to be sent now.
   *
   * @param over of the request
   */
  List<CallFrame> next(long now, long over) {
    List<CallFrame> frames = new ArrayList<>();
    if (heard || !begun) {
      begun = true;
      heard = false;
      unanswered = 0;
      pause = limits.resendNanosMin();
      advance(over, frames);
      if (frames.isEmpty() && sent >= 0) {
        // The peer has it, and is at work.
        pause = limits.resendNanosMax();
      }
      due = now + pause;
    }
    if (now - due >= 0) {
      repeat(over, frames);
      unanswered++;
      pause = Math.min(pause * 2, limits.resendNanosMax());
      due = now + pause;
    } else if (!frames.isEmpty()) {
      unanswered = 1;
    }
    return frames;
  }

  private void advance(long over, List<CallFrame> frames) {
    if (boundTo == 0) {
      frames.add(new CallFrame.Hello(true));
    } else if (answer != null) {
      if (answer.through() >= wanted && !answer.isWhole()) {
        frames.add(want());
      }
    } else {
      int end = windowEnd(received);
      if (end > sent) {
        send(Math.max(sent, 0), end, over, frames);
      }
    }
  }

  /** What was sent last, or its answer, is lost. */
  private void repeat(long over, List<CallFrame> frames) {
    if (boundTo == 0) {
      frames.add(new CallFrame.Hello(true));
    } else if (answer != null) {
      frames.add(want());
    } else if (received < request.length() || request.isEmpty()) {
      send(received, windowEnd(received), over, frames);
    } else {
      // The peer answers the last piece by what it knows of the call.
      send((request.length() - 1) / pieceBytes * pieceBytes, request.length(), over, frames);
    }
  }

  private int windowEnd(int from) {
    return (int) Math.min(request.length(), from + (long) pieceBytes * limits.windowPieces());
  }

  private CallFrame want() {
    wanted =
        (int)
            Math.min(answer.length(), answer.through() + (long) pieceBytes * limits.windowPieces());
    return new CallFrame.Want(id, answer.through());
  }

  private void send(int from, int end, long over, List<CallFrame> frames) {
    int offset = from;
    do {
      CallFrame.Slice piece = CallFrame.Slice.of(request, offset, pieceBytes);
      frames.add(new CallFrame.Request(id, over, service, request.length(), offset, piece));
      offset = piece.to();
    } while (offset < end);
    sent = Math.max(sent, end);
  }
}
