// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Networks and disks, through {@code nemesis/world}. A call that fails ends the run. */
final class World {
  /** The clients, where a call wants a node. */
  static final int CLIENTS = 254;

  private final Options options;

  World(Options options) {
    this.options = options;
  }

  void up(int diskMegabytes) {
    down();
    call("up", options.nodes(), options.work(), diskMegabytes);
  }

  void down() {
    call("down", options.nodes(), options.work());
  }

  /** Node {@code to} hears nothing more of {@code from}. */
  void cut(int from, int to) {
    call("cut", from, to);
  }

  void cutBoth(int one, int other) {
    cut(one, other);
    cut(other, one);
  }

  void heal() {
    call("heal", options.nodes());
  }

  void fill(int node) {
    run(List.of(options.world().toString(), "fill", disk(node).toString()));
  }

  void free(int node) {
    run(List.of(options.world().toString(), "free", disk(node).toString()));
  }

  /** Deletes what is on the disk of a node that does not run. */
  void wipe(int node) {
    run(List.of("rm", "-rf", disk(node).resolve("data").toString()));
  }

  Path disk(int node) {
    return options.work().resolve("disk-" + node);
  }

  /** What runs {@code command} in a node's network. */
  List<String> within(int node, List<String> command) {
    List<String> words =
        new ArrayList<>(List.of("ip", "netns", "exec", "db" + options.net() + "-" + node));
    words.addAll(command);
    return words;
  }

  String address(int node) {
    return "10." + options.net() + ".0." + node;
  }

  private void call(String verb, Object... arguments) {
    List<String> command = new ArrayList<>(List.of(options.world().toString(), verb));
    command.add(Integer.toString(options.net()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    run(command);
  }

  static void run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(command + " ended with " + code + ": " + said);
      }
    } catch (IOException failure) {
      throw new IllegalStateException(command + " cannot be run", failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stop);
    }
  }
}
