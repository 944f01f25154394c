// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What {@code nemesis/run} says.
 *
 * @param seconds how long there are faults
 * @param seed of the faults and of what the clients do
 * @param nodes 1, 3 or 5
 * @param kinds faults to choose from
 * @param heap of each node, such as 384m
 * @param net the second number of the addresses
 * @param settings of every session, {@code name=value,…}; may be empty
 * @param keep whether the directory stays though everything held
 * @param distdb the program whose nodes are tested
 * @param world the script that makes networks and disks
 * @param work an empty directory for configurations, disks, logs and histories
 */
record Options(
    int seconds,
    long seed,
    int nodes,
    Set<FaultKind> kinds,
    String heap,
    String storage,
    int net,
    String settings,
    boolean keep,
    Path distdb,
    Path world,
    Path work) {

  /** From words {@code name=value}. */
  static Options of(String... words) {
    Map<String, String> values = new HashMap<>();
    for (String word : words) {
      values.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
    }
    int nodes = Integer.parseInt(values.get("nodes"));
    return new Options(
        Integer.parseInt(values.get("seconds")),
        Long.parseLong(values.get("seed")),
        nodes,
        kinds(values.get("faults"), nodes),
        values.get("heap"),
        values.get("storage"),
        Integer.parseInt(values.get("net")),
        values.get("settings"),
        !values.get("keep").isEmpty(),
        Path.of(values.get("distdb")),
        Path.of(values.get("world")),
        Path.of(values.get("work")));
  }

  private static Set<FaultKind> kinds(String names, int nodes) {
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    if (names.isEmpty()) {
      kinds.addAll(Arrays.asList(FaultKind.values()));
    } else {
      for (String name : names.split(",")) {
        kinds.add(FaultKind.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
      }
    }
    kinds.removeIf(kind -> nodes == 1 && kind.needsOthers());
    return kinds;
  }
}
