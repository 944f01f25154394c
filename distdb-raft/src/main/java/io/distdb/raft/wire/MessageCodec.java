// SPDX-License-Identifier: MIT
package io.distdb.raft.wire;

import io.distdb.api.Varint;
import io.distdb.api.storage.LogPosition;
import io.distdb.raft.core.Entry;
import io.distdb.raft.core.Message;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A message: one byte that says which, its term, then what it has, in varints. */
public final class MessageCodec {
  private static final byte PRE_VOTE_REQUEST = 1;
  private static final byte PRE_VOTE_REPLY = 2;
  private static final byte VOTE_REQUEST = 3;
  private static final byte VOTE_REPLY = 4;
  private static final byte APPEND = 5;
  private static final byte APPENDED = 6;
  private static final byte APPEND_REJECTED = 7;
  private static final byte HEARTBEAT = 8;
  private static final byte HEARTBEAT_REPLY = 9;
  private static final byte TIMEOUT_NOW = 10;
  private static final byte COMMITTED = 11;

  private MessageCodec() {}

  /** Exact number of bytes that {@link #put} writes. */
  public static int size(Message message) {
    return 1 + Varint.size(message.term()) + bodySize(message);
  }

  private static int bodySize(Message message) {
    return switch (message) {
      case Message.PreVoteRequest request -> EntryCodec.size(request.last());
      case Message.PreVoteReply reply -> 1;
      case Message.VoteRequest request -> EntryCodec.size(request.last()) + 1;
      case Message.VoteReply reply -> 1;
      case Message.Append append -> {
        int bytes = EntryCodec.size(append.previous()) + Varint.size(append.commit());
        bytes += Varint.size(append.entries().size());
        for (Entry entry : append.entries()) {
          bytes += EntryCodec.size(entry);
        }
        yield bytes;
      }
      case Message.Appended appended -> Varint.size(appended.match());
      case Message.AppendRejected rejected ->
          Varint.size(rejected.rejected()) + EntryCodec.size(rejected.hint());
      case Message.Heartbeat heartbeat ->
          Varint.size(heartbeat.commit()) + Varint.size(heartbeat.round());
      case Message.HeartbeatReply reply -> Varint.size(reply.round());
      case Message.TimeoutNow now -> 0;
      case Message.Committed committed ->
          EntryCodec.size(committed.previous()) + Varint.size(committed.commit());
    };
  }

  public static void put(ByteBuffer target, Message message) {
    target.put(kind(message));
    Varint.put(target, message.term());
    switch (message) {
      case Message.PreVoteRequest request -> EntryCodec.put(target, request.last());
      case Message.PreVoteReply reply -> putFlag(target, reply.granted());
      case Message.VoteRequest request -> {
        EntryCodec.put(target, request.last());
        putFlag(target, request.transfer());
      }
      case Message.VoteReply reply -> putFlag(target, reply.granted());
      case Message.Append append -> {
        EntryCodec.put(target, append.previous());
        Varint.put(target, append.commit());
        Varint.put(target, append.entries().size());
        append.entries().forEach(entry -> EntryCodec.put(target, entry));
      }
      case Message.Appended appended -> Varint.put(target, appended.match());
      case Message.AppendRejected rejected -> {
        Varint.put(target, rejected.rejected());
        EntryCodec.put(target, rejected.hint());
      }
      case Message.Heartbeat heartbeat -> {
        Varint.put(target, heartbeat.commit());
        Varint.put(target, heartbeat.round());
      }
      case Message.HeartbeatReply reply -> Varint.put(target, reply.round());
      case Message.TimeoutNow now -> {}
      case Message.Committed committed -> {
        EntryCodec.put(target, committed.previous());
        Varint.put(target, committed.commit());
      }
    }
  }

  private static byte kind(Message message) {
    return switch (message) {
      case Message.PreVoteRequest request -> PRE_VOTE_REQUEST;
      case Message.PreVoteReply reply -> PRE_VOTE_REPLY;
      case Message.VoteRequest request -> VOTE_REQUEST;
      case Message.VoteReply reply -> VOTE_REPLY;
      case Message.Append append -> APPEND;
      case Message.Appended appended -> APPENDED;
      case Message.AppendRejected rejected -> APPEND_REJECTED;
      case Message.Heartbeat heartbeat -> HEARTBEAT;
      case Message.HeartbeatReply reply -> HEARTBEAT_REPLY;
      case Message.TimeoutNow now -> TIMEOUT_NOW;
      case Message.Committed committed -> COMMITTED;
    };
  }

  static void putFlag(ByteBuffer target, boolean flag) {
    target.put((byte) (flag ? 1 : 0));
  }

  static boolean flag(ByteBuffer source) {
    byte value = source.get();
    if (value != 0 && value != 1) {
      throw new IllegalArgumentException("a flag is 0 or 1, this one is " + value);
    }
    return value == 1;
  }

  /**
   * Reads one message at the position of {@code source}.
   *
   * @throws IllegalArgumentException nobody writes such bytes
   */
  public static Message read(ByteBuffer source) {
    try {
      byte kind = source.get();
      long term = EntryCodec.number(source);
      return switch (kind) {
        case PRE_VOTE_REQUEST -> new Message.PreVoteRequest(term, EntryCodec.position(source));
        case PRE_VOTE_REPLY -> new Message.PreVoteReply(term, flag(source));
        case VOTE_REQUEST ->
            new Message.VoteRequest(term, EntryCodec.position(source), flag(source));
        case VOTE_REPLY -> new Message.VoteReply(term, flag(source));
        case APPEND -> append(term, source);
        case APPENDED -> new Message.Appended(term, EntryCodec.number(source));
        case APPEND_REJECTED ->
            new Message.AppendRejected(
                term, EntryCodec.number(source), EntryCodec.position(source));
        case HEARTBEAT ->
            new Message.Heartbeat(term, EntryCodec.number(source), EntryCodec.number(source));
        case HEARTBEAT_REPLY -> new Message.HeartbeatReply(term, EntryCodec.number(source));
        case COMMITTED ->
            new Message.Committed(term, EntryCodec.position(source), EntryCodec.number(source));
        case TIMEOUT_NOW -> new Message.TimeoutNow(term);
        default -> throw new IllegalArgumentException("no message has the kind " + kind);
      };
    } catch (BufferUnderflowException cut) {
      throw new IllegalArgumentException("a message that is cut off", cut);
    }
  }

  private static Message append(long term, ByteBuffer source) {
    LogPosition previous = EntryCodec.position(source);
    long commit = EntryCodec.number(source);
    int count = Varint.getInt(source);
    List<Entry> entries = new ArrayList<>();
    LogPosition last = previous;
    for (int i = 0; i < count; i++) {
      Entry entry = EntryCodec.entry(source);
      if (entry.index() != last.index() + 1 || entry.term() < last.term() || entry.term() > term) {
        throw new IllegalArgumentException(
            "an entry at %s behind %s in term %d".formatted(entry.position(), last, term));
      }
      entries.add(entry);
      last = entry.position();
    }
    return new Message.Append(term, previous, entries, commit);
  }
}
