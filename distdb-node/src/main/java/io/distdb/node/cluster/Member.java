// SPDX-License-Identifier: MIT
package io.distdb.node.cluster;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.Varint;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A node as the system shard knows it.
 *
 * @param role what it is to be
 * @param host where the others reach it
 * @param directory of its data, the only one that may speak for it; empty: the first that asks will
 * @param knows the newest {@link ClusterVersion} that it knows; 0: it has not said yet
 */
public record Member(NodeId id, Role role, String host, int port, String directory, int knows) {
  private static final byte VERSION = 1;

  /** What a member is to be; what it is now, the group knows. */
  public enum Role {
    /** Counts in quorums. */
    VOTER,
    /** Gets the log, and serves bounded staleness. */
    READ_REPLICA,
    /** Was one, and is none any more. */
    REMOVED
  }

  public Member {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(directory, "directory");
  }

  /** It has come in, and is to vote as soon as it has nearly all of the log. */
  public boolean isToVote() {
    return role == Role.VOTER && !directory.isEmpty();
  }

  boolean isRemoved() {
    return role == Role.REMOVED;
  }

  /** Which directory speaks for it; it is a replica if either it or who added it says so. */
  Member ofDirectory(String name, boolean replica, int version) {
    return new Member(id, replica ? Role.READ_REPLICA : role, host, port, name, version);
  }

  Member knowing(int version) {
    return new Member(id, role, host, port, directory, version);
  }

  Member as(Role newRole) {
    return new Member(id, newRole, host, port, directory, knows);
  }

  public String address() {
    return host + ":" + port;
  }

  /** Version, role, port, what it knows, then host and directory as length and UTF-8. */
  Bytes encode() {
    Bytes hostBytes = Bytes.utf8(host);
    Bytes directoryBytes = Bytes.utf8(directory);
    ByteBuffer target =
        ByteBuffer.allocate(
            2
                + Varint.size(port)
                + Varint.size(knows)
                + Varint.size(hostBytes)
                + Varint.size(directoryBytes));
    target.put(VERSION).put((byte) role.ordinal());
    Varint.put(target, port);
    Varint.put(target, knows);
    Varint.putBytes(target, hostBytes);
    Varint.putBytes(target, directoryBytes);
    return Bytes.wrap(target.array());
  }

  static Member decode(NodeId id, Bytes value) {
    ByteBuffer source = ByteBuffer.wrap(value.array());
    try {
      byte version = source.get();
      if (version != VERSION) {
        throw new DistDbException(
            ErrorCode.INCOMPATIBLE_FORMAT,
            "the member " + id + " was written by a newer DistDB, in version " + version);
      }
      Role role = Role.values()[source.get()];
      int port = Varint.getInt(source);
      int knows = Varint.getInt(source);
      String host = Varint.getBytes(source).toUtf8();
      return new Member(id, role, host, port, Varint.getBytes(source).toUtf8(), knows);
    } catch (BufferUnderflowException
        | IllegalArgumentException
        | ArrayIndexOutOfBoundsException wrong) {
      throw new DistDbException(
          ErrorCode.DATA_CORRUPTED, "the member " + id + " cannot be read", wrong);
    }
  }
}
