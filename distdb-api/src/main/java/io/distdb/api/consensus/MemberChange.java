// SPDX-License-Identifier: MIT
package io.distdb.api.consensus;

import io.distdb.api.NodeId;
import java.util.Objects;

/** A change of who takes part in a group, and how. Asked for again, none of them does harm. */
public sealed interface MemberChange {
  /** The node gets the log and does not vote; one that takes part already stays what it is. */
  record Add(NodeId node) implements MemberChange {
    public Add {
      Objects.requireNonNull(node, "node");
    }
  }

  /** A learner that has nearly all of the log votes from now on. */
  record Promote(NodeId node) implements MemberChange {
    public Promote {
      Objects.requireNonNull(node, "node");
    }
  }

  /** In one step {@code with}, a learner that has nearly all of the log, votes for {@code node}. */
  record Replace(NodeId node, NodeId with) implements MemberChange {
    public Replace {
      Objects.requireNonNull(node, "node");
      Objects.requireNonNull(with, "with");
      if (node.equals(with)) {
        throw new IllegalArgumentException("node " + node + " cannot replace itself");
      }
    }
  }

  /** The node takes no part any more; one that takes none stays away. */
  record Remove(NodeId node) implements MemberChange {
    public Remove {
      Objects.requireNonNull(node, "node");
    }
  }
}
