// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.api.Bytes;
import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.storage.LogPosition;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Another state machine; who extends it changes some of its calls. */
class ForwardingMachine implements StateMachine {
  final StateMachine machine;

  ForwardingMachine(StateMachine machine) {
    this.machine = machine;
  }

  @Override
  public LogPosition applied() {
    return machine.applied();
  }

  @Override
  public Object apply(LogPosition position, Command command) {
    return machine.apply(position, command);
  }

  @Override
  public void replaying(boolean underWay) {
    machine.replaying(underWay);
  }

  @Override
  public Command decode(Bytes payload) {
    return machine.decode(payload);
  }

  @Override
  public LogPosition exportSnapshot(Consumer<ByteBuffer> sink) {
    return machine.exportSnapshot(sink);
  }

  @Override
  public void installSnapshot(LogPosition position, Iterable<ByteBuffer> chunks) {
    machine.installSnapshot(position, chunks);
  }

  @Override
  public void leading(long term) {
    machine.leading(term);
  }

  @Override
  public void following(long term) {
    machine.following(term);
  }
}
