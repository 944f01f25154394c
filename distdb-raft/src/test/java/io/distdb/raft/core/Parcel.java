// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import io.distdb.api.storage.LogPosition;

/** What is on its way between two nodes. */
sealed interface Parcel {
  NodeId from();

  NodeId to();

  record Mail(NodeId from, NodeId to, Message message) implements Parcel {
    @Override
    public String toString() {
      return from + ">" + to + " " + message;
    }
  }

  /** A whole snapshot of the sender's state machine. */
  record Snapshot(NodeId from, NodeId to, long term, LogPosition position, Membership membership)
      implements Parcel {}

  /** The sender of a snapshot to {@code from} learns what became of it. Never lost. */
  record Receipt(NodeId from, NodeId to, boolean arrived) implements Parcel {}
}
