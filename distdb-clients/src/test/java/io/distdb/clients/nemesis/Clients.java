// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import io.distdb.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that do the workloads, some pinned to a node, some with every node in their URL. */
final class Clients {
  private static final long REST_MILLIS_MAX = 20;
  private static final long UNREACHED_REST_MILLIS = 100;

  /** One client, and when it was last answered. */
  private record Client(String name, Thread thread, AtomicLong answered) {}

  private final Cluster cluster;
  private final Findings findings;
  private final SeededRandom random;
  private final Map<Workload, Tally> tallies = new HashMap<>();
  private final List<Client> clients = new ArrayList<>();
  private volatile boolean stopped;

  Clients(Cluster cluster, Options options, Findings findings) {
    this.cluster = cluster;
    this.findings = findings;
    this.random = new SeededRandom(options.seed()).fork("clients");
  }

  Tally tally(Workload workload) {
    return tallies.computeIfAbsent(workload, absent -> new Tally());
  }

  /** One client pinned to each node, and {@code ofAny} that go wherever they are let in. */
  void start(Workload workload, int ofAny) {
    for (int node = 1; node <= cluster.size(); node++) {
      start(workload, cluster.url(node), workload.name() + " at n" + node);
    }
    for (int i = 0; i < ofAny; i++) {
      start(workload, cluster.urlOfAny(), workload.name() + " anywhere " + i);
    }
  }

  private void start(Workload workload, String url, String name) {
    long process = clients.size();
    Link link = new Link(url, tally(workload));
    AtomicLong answered = new AtomicLong(Long.MIN_VALUE);
    SeededRandom fate = random.fork(name);
    Thread thread =
        Thread.ofPlatform()
            .name(name)
            .unstarted(() -> run(workload, link, process, fate, answered));
    clients.add(new Client(name, thread, answered));
    thread.start();
  }

  private void run(
      Workload workload, Link link, long process, SeededRandom fate, AtomicLong answered) {
    try (link) {
      while (!stopped) {
        boolean done = workload.step(link, process, fate);
        if (done) {
          answered.set(System.nanoTime());
        }
        TimeUnit.MILLISECONDS.sleep(
            done ? fate.below(REST_MILLIS_MAX + 1) : fate.below(UNREACHED_REST_MILLIS + 1));
      }
    } catch (InterruptedException | RuntimeException | Error failure) {
      findings.add("a client of %s ended with %s", workload.name(), failure);
    }
  }

  /** Those that were not answered since {@code nanos}. */
  List<String> waitingSince(long nanos) {
    return clients.stream()
        .filter(client -> client.answered().get() < nanos)
        .map(Client::name)
        .toList();
  }

  void stop() throws InterruptedException {
    stopped = true;
    for (Client client : clients) {
      client.thread().join();
    }
  }
}
