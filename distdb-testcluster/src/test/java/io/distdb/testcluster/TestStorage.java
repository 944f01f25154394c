// SPDX-License-Identifier: MIT
package io.distdb.testcluster;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.distdb.api.journal.Journal;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Surroundings;
import io.distdb.storage.memory.disk.FileDisk;
import io.distdb.testcluster.simulation.SimulatedDatabase;
import io.distdb.testkit.simulation.SimulatedNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The storage engine that this run tests: {@code memory}, or what {@code -Ddistdb.test.storage}
 * says. {@code mvn verify} runs the tests that ask here a second time, on RocksDB, and a third time
 * as {@code cluster3}: on three simulated nodes with the in-memory engine, sessions and statements
 * spread over them. Tests that know of one node only are left out then.
 */
public final class TestStorage {
  private static final String NAME = System.getProperty("distdb.test.storage", "memory");

  private TestStorage() {}

  /** The engine's name, for reports. */
  public static String name() {
    return NAME;
  }

  /** Whether sessions are to be those of several nodes. */
  public static boolean isCluster() {
    return NAME.equals("cluster3");
  }

  /** How many nodes that are. */
  public static final int NODES = 3;

  /** Skips a test whose database is one of a single node. */
  public static void assumeOneNode() {
    assumeFalse(isCluster(), "only on one node");
  }

  /** Skips a test that is about the in-memory engine, or simulates the disk. */
  public static void assumeMemory() {
    assumeTrue(NAME.equals("memory"), "only on the in-memory engine");
  }

  /** A database in {@code directory}, which is made when it is missing. */
  public static Client open(Path directory) {
    assumeOneNode();
    return Client.open(Config.builder().directory(directory).storage(NAME).build());
  }

  /**
   * A database on the node's clock and threads, closed afterwards. Its disk is simulated too,
   * unless the engine opens files by itself: then it is a directory that is deleted in the end.
   */
  public static void with(SimulatedNode node, Consumer<Client> action) {
    assumeOneNode();
    if (NAME.equals("memory")) {
      try (Client client = SimulatedDatabase.open(node)) {
        action.accept(client);
      }
      return;
    }
    inTemporaryDirectory(directory -> {
      Surroundings surroundings =
          new Surroundings(
              node.clock(),
              node.scheduler(),
              Optional.of(new FileDisk(directory, node.clock())),
              Optional.empty(),
              "a simulation",
              Journal.Progress.SILENT,
              Surroundings::place);
      Config config = Config.builder().directory(directory).storage(NAME).build();
      try (Client client = Client.open(config, surroundings)) {
        action.accept(client);
      }
    });
  }

  /** A database of its own, in memory when the engine can. */
  public static void with(Consumer<Client> action) {
    assumeOneNode();
    if (NAME.equals("memory")) {
      try (Client client = Client.open()) {
        action.accept(client);
      }
      return;
    }
    inTemporaryDirectory(directory -> {
      try (Client client = open(directory.resolve("data"))) {
        action.accept(client);
      }
    });
  }

  private static void inTemporaryDirectory(Consumer<Path> action) {
    try {
      Path directory = Files.createTempDirectory("distdb-test-");
      try {
        action.accept(directory);
      } finally {
        delete(directory);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(directory)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}
