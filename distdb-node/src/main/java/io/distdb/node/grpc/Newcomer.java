// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import io.distdb.api.NodeId;

/**
 * What the members of a cluster call a node that is in none, so that whatever such a node says of
 * itself takes nothing from the member of the same name: not its connections, nor its calls.
 */
final class Newcomer {
  /** No node id has it. */
  private static final String MARK = "+new";

  private Newcomer() {}

  static NodeId called(NodeId node) {
    return new NodeId(node.value() + MARK);
  }

  /** What it calls itself. */
  static NodeId own(NodeId node) {
    String name = node.value();
    return name.endsWith(MARK)
        ? new NodeId(name.substring(0, name.length() - MARK.length()))
        : node;
  }
}
