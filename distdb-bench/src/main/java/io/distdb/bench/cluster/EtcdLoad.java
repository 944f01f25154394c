// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/** Clients of etcd: each asks again in the very callback that brought its answer. */
final class EtcdLoad implements Load {
  private final List<? extends Channel> channels;
  private final byte[] value = new byte[VALUE_BYTES];

  EtcdLoad(List<? extends Channel> channels) {
    this.channels = channels;
    new SplittableRandom().nextBytes(value);
  }

  @Override
  public Sample run(Kind kind, int clients, long nanos) {
    Notes notes = new Notes();
    CountDownLatch ends = new CountDownLatch(clients);
    List<Client> all =
        java.util.stream.IntStream.range(0, clients)
            .mapToObj(i -> new Client(channels.get(i % channels.size()), kind, notes, nanos, ends))
            .toList();
    all.forEach(Client::ask);
    try {
      ends.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    all.stream()
        .filter(client -> client.failure != null)
        .findFirst()
        .ifPresent(client -> {
          throw new IllegalStateException("refused", client.failure);
        });
    return notes.sample();
  }

  private final class Client implements StreamObserver<byte[]> {
    private final Channel channel;
    private final Kind kind;
    private final Notes notes;
    private final long nanos;
    private final CountDownLatch ends;
    private final SplittableRandom random = new SplittableRandom();
    private long asked;
    private volatile Throwable failure;

    Client(Channel channel, Kind kind, Notes notes, long nanos, CountDownLatch ends) {
      this.channel = channel;
      this.kind = kind;
      this.notes = notes;
      this.nanos = nanos;
      this.ends = ends;
    }

    void ask() {
      long key = random.nextInt(KEYS);
      asked = System.nanoTime();
      ClientCalls.asyncUnaryCall(
          channel.newCall(
              kind == Kind.PUT ? EtcdMethods.PUT : EtcdMethods.RANGE, CallOptions.DEFAULT),
          kind == Kind.PUT ? EtcdMethods.put(key, value) : EtcdMethods.range(key),
          this);
    }

    @Override
    public void onNext(byte[] answer) {
      // The next follows when the call has ended.
    }

    @Override
    public void onError(Throwable why) {
      failure = why;
      ends.countDown();
    }

    @Override
    public void onCompleted() {
      long now = System.nanoTime();
      if (now - notes.began() >= nanos) {
        ends.countDown();
        return;
      }
      synchronized (notes) {
        notes.answered(asked, now);
      }
      ask();
    }
  }
}
