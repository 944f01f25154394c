// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import java.util.ArrayList;
import java.util.List;

/** What one step asks for. */
final class Outbox {
  /** A message of this step; whether it may go at once is decided at its end. */
  record Mail(NodeId to, Message message) {}

  private final List<Effect> effects = new ArrayList<>();
  final List<Mail> mail = new ArrayList<>();

  void add(Effect effect) {
    effects.add(effect);
  }

  void send(NodeId to, Message message) {
    mail.add(new Mail(to, message));
  }

  List<Effect> effects() {
    return effects;
  }
}
