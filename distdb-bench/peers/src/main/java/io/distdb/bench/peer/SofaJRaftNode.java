// SPDX-License-Identifier: MIT
package io.distdb.bench.peer;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Iterator;
import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.RaftGroupService;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.closure.ReadIndexClosure;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.StateMachineAdapter;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.Task;
import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.option.ReadOnlyOption;
import io.distdb.bench.cluster.door.Door;
import io.distdb.bench.cluster.door.NodeArguments;
import io.distdb.bench.cluster.door.Register;
import io.distdb.bench.cluster.door.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Map;

/** Its defaults, which force the log and the term before they are acknowledged. */
final class SofaJRaftNode extends StateMachineAdapter implements Register {
  private final Table table = new Table();
  private final Map<String, Integer> peers;
  private Node node;

  private SofaJRaftNode(Map<String, Integer> peers) {
    this.peers = peers;
  }

  public static void main(String[] words) throws IOException {
    NodeArguments arguments = NodeArguments.read(words);
    Files.createDirectories(arguments.directory());
    SofaJRaftNode self = new SofaJRaftNode(arguments.peers());
    self.start(arguments);
    Door.serve(arguments.doorPort(), self);
  }

  private void start(NodeArguments arguments) {
    Configuration members = new Configuration();
    peers.values().forEach(port -> members.addPeer(new PeerId("127.0.0.1", port)));
    NodeOptions options = new NodeOptions();
    options.setFsm(this);
    options.setInitialConf(members);
    options.setLogUri(arguments.directory().resolve("log").toString());
    options.setRaftMetaUri(arguments.directory().resolve("meta").toString());
    options.setDisableCli(true);
    if (arguments.leases()) {
      options.getRaftOptions().setReadOnlyOptions(ReadOnlyOption.ReadOnlyLeaseBased);
    }
    if (!options.getRaftOptions().isSync() || !options.getRaftOptions().isSyncMeta()) {
      throw new IllegalStateException("it does not force");
    }
    PeerId self = new PeerId("127.0.0.1", arguments.port());
    node = new RaftGroupService("register", self, options).start();
  }

  private record Waiting(Table.Put put, Answer answer) implements Closure {
    @Override
    public void run(Status status) {
      if (status.isOk()) {
        answer.done(null);
      } else {
        answer.failed(status.toString());
      }
    }
  }

  @Override
  public void put(Table.Put put, boolean alone, Answer answer) {
    node.apply(new Task(ByteBuffer.wrap(put.encoded()), new Waiting(put, answer)));
  }

  @Override
  public void get(long key, boolean alone, Answer answer) {
    node.readIndex(
        new byte[0],
        new ReadIndexClosure() {
          @Override
          public void run(Status status, long index, byte[] context) {
            if (status.isOk()) {
              answer.done(table.get(key));
            } else {
              answer.failed(status.toString());
            }
          }
        });
  }

  @Override
  public String leader() {
    PeerId leader = node.getLeaderId();
    return leader == null
        ? ""
        : peers.entrySet().stream()
            .filter(peer -> peer.getValue() == leader.getPort())
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse("");
  }

  @Override
  public void onApply(Iterator entries) {
    while (entries.hasNext()) {
      Closure done = entries.done();
      table.apply(
          done instanceof Waiting waiting ? waiting.put() : Table.Put.decode(entries.getData()));
      if (done != null) {
        done.run(Status.OK());
      }
      entries.next();
    }
  }
}
